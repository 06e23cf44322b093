import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { overlap } from "../../../electron/engine/lib/boxes.ts";
import { turnedUnitBox } from "../../../electron/engine/lib/turns.ts";
import type { FaceView, PhotoView } from "../../../electron/contract/views.ts";
import { checkLibrary } from "../3-keep/check-library.ts";

const photographs = "../shared/goldens/faces/photos";
const modelsDir = "models/onnx";

describe.skipIf(!existsSync(photographs))("a photo that lies on its side (needs the real photographs)", () => {
  let dir = "";
  let engine: Engine;
  const photos = (): string => join(dir, "photos");
  const sideways = (): string => join(photos(), "scan.jpg");

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "familiar-turning-"));
    mkdirSync(photos());
    // Turned to the left, as a scanner lays it, and with nothing that says so.
    await sharp(join(photographs, "sitcom-1.png")).rotate(270).jpeg({ quality: 95 }).toFile(sideways());
    await open();
    await engine.request("index", { folders: [photos()] });
  }, 60_000);
  afterEach(async () => {
    await engine.close();
    checkLibrary(join(dir, "library"));
    rmSync(dir, { recursive: true, force: true });
  });

  async function open(): Promise<void> {
    engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir });
  }
  async function reopen(): Promise<void> {
    await engine.close();
    await open();
  }
  async function photo(): Promise<PhotoView> {
    const [first] = (await engine.request("photos.list", {})).items;
    return engine.request("photo.get", { photoId: first?.id ?? 0 });
  }
  const turn = (quarter: 1 | 2 | 3) => engine.request("decide", { kind: "turn", payload: { path: sideways(), quarter } });
  const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
  async function sizeOf(size: "thumb" | "screen" | "full", photoId: number): Promise<readonly number[]> {
    const { bytes } = await engine.request("picture", { of: "photo", id: photoId, size });
    const { width, height, orientation = 1 } = await sharp(bytes).metadata();
    return orientation > 4 ? [height, width] : [width, height];
  }
  /** Every face lies where turning takes it, and keeps its id. */
  function expectTurned(before: readonly FaceView[], after: readonly FaceView[], turns: 1 | 2 | 3): void {
    for (const face of before) {
      const now = after.find((one) => one.id === face.id);
      expect(now, `face ${face.id}`).toBeDefined();
      expect(overlap(turnedUnitBox(face.box, turns), now?.box ?? [0, 0, 0, 0])).toBeGreaterThan(0.5);
    }
  }

  it("is turned without its file, with its faces, its blur and all its pictures; undo, redo and a restart keep to that", async () => {
    const [before, file] = [await photo(), hashOf(sideways())];
    expect(before.width).toBeLessThan(before.height);
    expect(before.faceList.length).toBeGreaterThan(0);
    const result = await turn(1);
    expect(result.sentence).toBe("Turned a photo to the right.");
    const after = await photo();
    expect([after.width, after.height]).toEqual([before.height, before.width]);
    expect(after.thumbhash).not.toBe(before.thumbhash);
    expectTurned(before.faceList, after.faceList, 1);
    for (const size of ["thumb", "screen", "full"] as const) {
      const [width = 0, height = 0] = await sizeOf(size, after.id);
      expect(width / height, size).toBeCloseTo(after.width / after.height, 1);
    }
    expect(hashOf(sideways())).toBe(file);
    // The faces are looked at again: upright they are found by their eyes, one beside the other.
    for (const face of after.faceList) {
      const [left, right] = face.landmarks ?? [];
      expect(Math.abs((left?.[1] ?? 1) - (right?.[1] ?? 0)) * after.height).toBeLessThan(
        Math.abs((right?.[0] ?? 0) - (left?.[0] ?? 1)) * after.width,
      );
    }
    await reopen();
    expect((await photo()).width).toBe(after.width);
    await engine.request("index", { folders: [photos()] });
    expect((await photo()).faceList.map((face) => face.id)).toEqual(after.faceList.map((face) => face.id));
    await engine.request("undo", {});
    const back = await photo();
    expect([back.width, back.height]).toEqual([before.width, before.height]);
    expectTurned(
      after.faceList.filter((face) => back.faceList.some((one) => one.id === face.id)),
      back.faceList,
      3,
    );
    expect((await sizeOf("thumb", back.id))[0]).toBeLessThan((await sizeOf("thumb", back.id))[1] ?? 0);
    await engine.request("redo", {});
    expect((await photo()).width).toBe(after.width);
  });

  it("stays turned when its file is moved, edited without turning, or its folder is away; four turns are none", async () => {
    await turn(1);
    const upright = await photo();
    renameSync(sideways(), join(photos(), "moved.jpg"));
    await engine.request("index", { folders: [photos()] });
    expect((await photo()).width).toBe(upright.width);
    // Somebody changed its colours in another program.
    await sharp(readFileSync(join(photos(), "moved.jpg")))
      .modulate({ brightness: 1.05 })
      .jpeg({ quality: 90 })
      .toFile(sideways());
    copyFileSync(sideways(), join(photos(), "moved.jpg"));
    rmSync(sideways());
    await engine.request("index", { folders: [photos()] });
    const edited = await photo();
    expect(edited.id).not.toBe(upright.id);
    expect([edited.width, edited.height]).toEqual([upright.width, upright.height]);
    await engine.request("index", { folders: [photos()] });
    expect((await photo()).faceList.length).toBe(upright.faceList.length);
    renameSync(photos(), `${photos()}-away`);
    await engine.request("decide", { kind: "turn", payload: { photoId: edited.id, quarter: 2 } });
    const [width = 0, height = 1] = await sizeOf("thumb", edited.id);
    expect(width / height).toBeCloseTo(edited.width / edited.height, 1);
    renameSync(`${photos()}-away`, photos());
    await engine.request("decide", { kind: "turn", payload: { photoId: edited.id, quarter: 1 } });
    await engine.request("index", { folders: [photos()] });
    const lying = await photo();
    expect([lying.width, lying.height]).toEqual([upright.height, upright.width]);
  });

  it("is upright for whoever turned it in another program", async () => {
    await turn(1);
    const upright = await photo();
    const turned = await sharp(readFileSync(sideways())).rotate(90).jpeg({ quality: 95 }).toBuffer();
    await sharp(turned).toFile(sideways());
    await engine.request("index", { folders: [photos()] });
    const now = await photo();
    expect([now.width, now.height]).toEqual([upright.width, upright.height]);
  });

  it("drawn and moved faces go along, and a portable file carries all of it", async () => {
    await turn(1);
    const shown = await photo();
    const [first] = shown.faceList;
    if (first === undefined) throw new Error("no face");
    const [x, y, w, h] = first.box;
    await engine.request("decide", { kind: "draw", payload: { photoId: shown.id, box: [0.02, 0.6, 0.1, 0.3], name: "Ana" } });
    const moved: [number, number, number, number] = [x - w * 0.1, y - h * 0.15, w * 1.1, h * 1.2];
    await engine.request("decide", { kind: "adjust", payload: { faceId: first.id, box: moved } });
    const document = JSON.parse(JSON.stringify(await engine.request("export", {}))) as {
      photos: { turn?: number; faces: { was?: unknown }[] }[];
    };
    expect(document.photos.map((one) => [one.turn, one.faces.filter((face) => face.was !== undefined).length])).toEqual([[1, 1]]);
    const fresh = await openEngine({ libraryDir: join(dir, "fresh"), modelsDir });
    try {
      await fresh.request("index", { folders: [photos()] });
      await fresh.request("import", { document });
      const there = await fresh.request("photo.get", { photoId: 1 });
      expect([there.width, there.height]).toEqual([shown.width, shown.height]);
      const place = (faces: readonly FaceView[], name: string | null) =>
        faces.filter((face) => face.name === name).map((face) => face.box.map((value) => Math.round(value * 1000) / 1000));
      expect(place(there.faceList, "Ana")).toEqual(place((await photo()).faceList, "Ana"));
      expect(there.faceList.some((face) => overlap(face.box, moved) > 0.99)).toBe(true);
      const again = JSON.parse(JSON.stringify(await fresh.request("export", {}))) as typeof document;
      expect(again.photos).toEqual(document.photos);
      await fresh.request("undo", {});
      expect((await fresh.request("photo.get", { photoId: 1 })).width).toBe(shown.height);
    } finally {
      await fresh.close();
      checkLibrary(join(dir, "fresh"));
    }
  });

  it("a moved face keeps its id and its person, is looked at again, and lies where it was after undo", async () => {
    const before = await photo();
    const [face] = before.faceList;
    if (face === undefined) throw new Error("no face");
    await engine.request("decide", { kind: "move", payload: { faceIds: [face.id], name: "Ana" } });
    const crop = (await engine.request("picture", { of: "face", id: face.id })).bytes;
    const [x, y, w, h] = face.box;
    const moved: [number, number, number, number] = [x - w * 0.2, y - h * 0.1, w * 1.3, h * 1.2];
    expect((await engine.request("decide", { kind: "adjust", payload: { faceId: face.id, box: moved } })).sentence).toBe(
      "Moved the box of a face of Ana.",
    );
    const now = (await photo()).faceList.find((one) => one.id === face.id);
    expect(now?.name).toBe("Ana");
    expect(overlap(now?.box ?? face.box, moved)).toBeGreaterThan(0.999);
    expect(now?.landmarks).not.toBeNull();
    expect(Buffer.compare(crop, (await engine.request("picture", { of: "face", id: face.id })).bytes)).not.toBe(0);
    // Reading the photo again finds the same face, and leaves it where it was put.
    const read = await engine.request("photo.readAgain", { photoId: before.id });
    expect(read.faceList.map((one) => one.id).sort()).toEqual(before.faceList.map((one) => one.id).sort());
    expect(overlap(read.faceList.find((one) => one.id === face.id)?.box ?? face.box, moved)).toBeGreaterThan(0.999);
    await reopen();
    await engine.request("undo", {});
    const back = (await photo()).faceList.find((one) => one.id === face.id);
    expect(overlap(back?.box ?? moved, face.box)).toBeGreaterThan(0.95);
    expect(back?.name).toBe("Ana");
  });

  it("refuses a photo or a face that is not there, and a box outside", async () => {
    const { id, faceList } = await photo();
    const code = (kind: "turn" | "adjust", payload: unknown): Promise<string> =>
      engine.request("decide", { kind, payload }).then(
        () => "",
        (problem: { readonly code: string }) => problem.code,
      );
    expect(await code("turn", { photoId: 999, quarter: 1 })).toBe("photo-not-found");
    expect(await code("turn", { path: "/nowhere.jpg", quarter: 1 })).toBe("photo-not-found");
    expect(await code("turn", { photoId: id, quarter: 4 })).toBe("bad-request");
    expect(await code("adjust", { faceId: 999, box: [0, 0, 0.1, 0.1] })).toBe("face-not-found");
    expect(await code("adjust", { faceId: faceList[0]?.id, box: [1.5, 0, 0.1, 0.1] })).toBe("bad-request");
  });
});
