import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildMips } from "../../../electron/engine/2-see/mips.ts";
import { openEmbedder, type Embedder } from "../../../electron/engine/2-see/open-embedder.ts";
import { openSeer, type Seer } from "../../../electron/engine/2-see/open-seer.ts";
import { detectorOf, embedderOf, openModel, readPacks } from "../../../electron/engine/2-see/packs.ts";
import { Problem } from "../../../electron/engine/errors.ts";
import { overlap } from "../../../electron/engine/lib/boxes.ts";
import { turnedPixels, unturnedBox, type Turns } from "../../../electron/engine/lib/turns.ts";
import { dot, length } from "../../../electron/engine/lib/vectors.ts";
import type { PackManifest, Pixels, SeenFace, UnitBox } from "../../../electron/engine/types.ts";
import { photoOf, pixelsOf } from "../../helpers/photo.ts";

const photos = "../shared/goldens/faces/photos";
const modelsDir = "models/onnx";
const like = (a: SeenFace | undefined, b: SeenFace | undefined) =>
  a?.embedding && b?.embedding ? dot(a.embedding, b.embedding) : Number.NaN;

/** A part of a picture. */
function cut({ data, width }: Pixels, left: number, top: number, w: number, h: number): Pixels {
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) out.set(data.subarray(((top + y) * width + left) * 3, ((top + y) * width + left + w) * 3), y * w * 3);
  return { data: out, width: w, height: h };
}
function level(pixels: Pixels, depth: number): Pixels {
  return buildMips(pixels).levels[depth] ?? pixels;
}

describe("models that are missing or changed", () => {
  it("are a problem with a code, not a crash", async () => {
    await expect(readPacks("test/no-such-folder")).rejects.toMatchObject({ code: "model-missing" });
    const pack = embedderOf(await readPacks(modelsDir));
    await expect(openModel(modelsDir, pack.file, "0".repeat(64), { provider: "cpu", threads: 1 })).rejects.toMatchObject({
      code: "model-missing",
    });
    await expect(openModel(modelsDir, "no-such.onnx", pack.sha256, { provider: "cpu", threads: 1 })).rejects.toMatchObject({
      code: "model-missing",
    });
  });
});

describe.skipIf(!existsSync(photos))("seeing (skipped without the golden photos beside the repository)", () => {
  let packs: PackManifest;
  let seer: Seer;
  let couple: Pixels;
  let actress: Pixels;
  let upright: readonly SeenFace[];
  const open = (more: Partial<Parameters<typeof openSeer>[0]> = {}) =>
    openSeer({
      detector: detectorOf(packs),
      embedder: embedderOf(packs, "mobilefacenet"),
      modelsDir,
      provider: "cpu",
      threads: 1,
      ...more,
    });

  beforeAll(async () => {
    packs = await readPacks(modelsDir);
    seer = await open();
    couple = await pixelsOf(`${photos}/couple.png`);
    actress = await pixelsOf(`${photos}/actress.png`);
    upright = (await seer.see(photoOf(couple), { smallFaces: false })).faces;
  });
  afterAll(() => seer?.close());

  it("gives unit embeddings, a quality, and boxes and points in fractions", () => {
    expect(upright).toHaveLength(2);
    for (const face of upright) {
      expect(face.embedding && length(face.embedding)).toBeCloseTo(1, 5);
      expect(face.quality.overall).toBeGreaterThan(0.3);
      for (const [x, y] of face.points) {
        expect(x).toBeGreaterThan(face.box[0]);
        expect(x).toBeLessThan(face.box[0] + face.box[2]);
        expect(y).toBeGreaterThan(face.box[1]);
        expect(y).toBeLessThan(face.box[1] + face.box[3]);
      }
    }
  });

  it("finds the same faces in photos that lie on a side or on their head, the points in the order of the upright face", async () => {
    for (const turns of [1, 2, 3] as const) {
      const turned = turnedPixels(couple, turns);
      const { faces } = await seer.see(photoOf(turned), { smallFaces: false });
      expect(faces).toHaveLength(2);
      const needed = ((4 - turns) % 4) as Turns;
      for (const face of faces) {
        expect(face.turned).toBe(needed);
        const [x, y, w, h] = face.box;
        const pixel = [x * turned.width, y * turned.height, w * turned.width, h * turned.height] as const;
        const back = unturnedBox(pixel, turns, couple.width, couple.height);
        const unit: UnitBox = [back[0] / couple.width, back[1] / couple.height, back[2] / couple.width, back[3] / couple.height];
        const same = upright.toSorted((a, b) => overlap(b.box, unit) - overlap(a.box, unit))[0];
        expect(same && overlap(same.box, unit)).toBeGreaterThan(0.8);
        expect(like(face, same)).toBeGreaterThan(0.9);
      }
    }
  });

  it("does not try a photo turned that says itself how it stands", async () => {
    const { faces } = await seer.see(photoOf(turnedPixels(couple, 2), undefined, true), { smallFaces: false });
    expect(faces.every(({ turned }) => turned === 0)).toBe(true);
  });

  it("finds a face that fills the frame and more", async () => {
    const { faces } = await seer.see(photoOf(actress), { smallFaces: false });
    const [x, y, w, h] = faces[0]?.box ?? [0, 0, 0, 0];
    const [left, top] = [Math.round((x + w * 0.02) * actress.width), Math.round((y + h * 0.02) * actress.height)];
    const close = cut(actress, left, top, Math.round(w * 0.96 * actress.width), Math.round(h * 0.96 * actress.height));
    const { faces: found } = await seer.see(photoOf(close), { smallFaces: false });
    expect(found.length).toBeGreaterThan(0);
    expect(like(found[0], faces[0])).toBeGreaterThan(0.6);
    expect(found[0]?.box[2]).toBeGreaterThan(0.8);
  });

  it("sees nothing where nothing is, and in pictures too small for any face", async () => {
    expect((await seer.see(photoOf(await pixelsOf(`${photos}/no-face.png`)), { smallFaces: true })).faces).toEqual([]);
    for (const [width, height] of [
      [1, 1],
      [5, 400],
      [13, 13],
    ] as const) {
      const pixels = { data: new Uint8Array(width * height * 3).fill(90), width, height };
      expect((await seer.see(photoOf(pixels), { smallFaces: false })).faces).toEqual([]);
    }
  });

  it("asks for the full photo only where faces have too few pixels, and is better for it", async () => {
    const small = level(couple, 2);
    const plain = await seer.see(photoOf(small, couple), { smallFaces: false });
    const asked: (readonly UnitBox[])[] = [];
    const regionsOf = async (boxes: readonly UnitBox[]) => {
      asked.push(boxes);
      return boxes.map(() => ({ pixels: couple, box: [0, 0, couple.width, couple.height] as const }));
    };
    const close = await seer.see(photoOf(small, couple), { smallFaces: false, regionsOf });
    expect(asked).toHaveLength(1);
    expect(close.faces).toHaveLength(plain.faces.length);
    for (const face of close.faces) {
      const same = upright.toSorted((a, b) => overlap(b.box, face.box) - overlap(a.box, face.box))[0];
      const before = plain.faces.toSorted((a, b) => overlap(b.box, face.box) - overlap(a.box, face.box))[0];
      expect(like(face, same)).toBeGreaterThan(0.9);
      expect(face.norm).toBeGreaterThan(before?.norm ?? 0);
      expect(face.quality.pixels).toBeGreaterThan(60);
    }
    // A part of the photo does as well as the whole.
    const part = cut(couple, 100, 0, couple.width - 100, couple.height);
    const parts = async (boxes: readonly UnitBox[]) => boxes.map(() => ({ pixels: part, box: [100, 0, part.width, part.height] as const }));
    const again = await seer.see(photoOf(small, couple), { smallFaces: false, regionsOf: parts });
    const inside = (face: SeenFace) => face.box[0] * couple.width > 200;
    expect(like(again.faces.find(inside), close.faces.find(inside))).toBeGreaterThan(0.99);
    asked.length = 0;
    await seer.see(photoOf(couple), { smallFaces: false, regionsOf });
    expect(asked).toEqual([]);
  });

  it("sees several photos at a time as it sees them one by one", async () => {
    const both = await Promise.all([seer.see(photoOf(couple), { smallFaces: false }), seer.see(photoOf(actress), { smallFaces: false })]);
    expect(both[0].faces.map(({ box }) => box)).toEqual(upright.map(({ box }) => box));
    both[0].faces.forEach((face, index) => expect(like(face, upright[index])).toBeGreaterThan(0.9999));
    expect(both[1].faces).toHaveLength(1);
  });

  it("a drawn box gives its face, by the points or, where there are none, by the box alone", async () => {
    const [first] = upright;
    const [x, y, w, h] = first?.box ?? [0, 0, 0, 0];
    const drawn = await seer.seeDrawn(photoOf(couple), [x - w * 0.1, y - h * 0.1, w * 1.2, h * 1.2], {});
    expect(drawn.faces).toHaveLength(1);
    expect(like(drawn.faces[0], first)).toBeGreaterThan(0.9);
    const nothing = await seer.seeDrawn(photoOf(await pixelsOf(`${photos}/no-face.png`)), [0.2, 0.2, 0.3, 0.3], {});
    expect(nothing.faces).toHaveLength(1);
    expect(nothing.faces[0]?.box.map((value) => Math.round(value * 100))).toEqual([20, 20, 30, 30]);
    expect(nothing.faces[0]?.embedding && length(nothing.faces[0].embedding)).toBeCloseTo(1, 5);
  });

  it("an accelerator that is not there is replaced by the CPU, once, and said", async () => {
    const said: string[] = [];
    const absent = process.platform === "win32" ? "coreml" : "dml";
    const careful = await open({ provider: absent, onFellBack: (why) => said.push(why) });
    const { faces } = await careful.see(photoOf(couple), { smallFaces: false });
    expect(said).toHaveLength(1);
    expect(like(faces[0], upright[0])).toBeGreaterThan(0.9999);
    await careful.close();
  });

  it("an accelerator that fails while it works is replaced once, and no face is lost", async () => {
    const said: string[] = [];
    let runs = 0;
    const failing = async (options: Parameters<typeof openEmbedder>[0]): Promise<Embedder> => {
      const real = await openEmbedder({ ...options, provider: "cpu" });
      const embed: Embedder["embed"] = (crops) => (++runs === 1 ? real.embed(crops) : Promise.reject(new Error("device removed")));
      return { ...real, provider: "dml", embed };
    };
    const careful = await open({ provider: "dml", open: failing, onFellBack: (why) => said.push(why) });
    const rounds = [await careful.see(photoOf(couple), { smallFaces: false })];
    rounds.push(
      ...(await Promise.all([careful.see(photoOf(couple), { smallFaces: false }), careful.see(photoOf(couple), { smallFaces: false })])),
    );
    expect(said).toEqual(["device removed"]);
    for (const { faces } of rounds) faces.forEach((face, index) => expect(like(face, upright[index])).toBeGreaterThan(0.9999));
    expect(rounds.map(({ faces }) => faces.length)).toEqual([2, 2, 2]);
    await careful.close();
  });

  it("a failing CPU is not hidden", async () => {
    const broken = await open({
      open: async (options) => ({ ...(await openEmbedder(options)), embed: () => Promise.reject(new Problem("internal", "broken")) }),
    });
    await expect(broken.see(photoOf(couple), { smallFaces: false })).rejects.toMatchObject({ code: "internal" });
    await broken.close();
  });
});
