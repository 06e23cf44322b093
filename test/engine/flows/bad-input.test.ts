import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problems, type ProblemCode, type ProblemView } from "../../../electron/contract/problems.ts";
import type { IndexResult } from "../../../electron/contract/views.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { odd, photograph, photographs, unreadable } from "./bad-input-files.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-bad-"));
const folder = join(dir, "photos");
let engine: Engine;
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const failures = async (): Promise<ReadonlyMap<string, ProblemView>> => {
  const { items } = await engine.request("failures", {});
  return new Map(items.map(({ path, problem }) => [basename(path), problem]));
};
const index = (): Promise<IndexResult> => engine.request("index", { folders: [folder] });

beforeAll(async () => {
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: "models/onnx", workers: 1 });
});

describe("files of every kind in one folder", () => {
  let told: IndexResult;
  const bytes = new Map<string, Buffer>();
  beforeAll(async () => {
    mkdirSync(folder);
    for (const [name, make] of [...unreadable, ...odd]) bytes.set(name, await make());
    for (const [name, content] of bytes) writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, "a folder.jpg"));
    told = await index();
  });

  it.each(unreadable.map(([name, , code]) => [name, code]))("%s is %s", async (name, code) => {
    const problem = (await failures()).get(name);
    expect(problem).toMatchObject({ code, sentence: problems[code as ProblemCode].sentence, act: problems[code as ProblemCode].act });
    expect(told.failed.find((one) => basename(one.path) === name)).toEqual({
      path: join(folder, name),
      code,
      sentence: problem?.sentence,
    });
  });

  it("everything else is read, and the folder says how many could not be", async () => {
    const photos = (await engine.request("photos.list", {})).items;
    expect(photos.map((photo) => basename(photo.path)).sort()).toEqual(odd.map(([name]) => name).sort());
    expect([told.photos, told.read, told.failed.length]).toEqual([odd.length, odd.length, unreadable.length]);
    const status = await engine.request("status", {});
    expect([status.failed, status.folders[0]?.failed, status.progress.phase, status.progress.words]).toEqual([
      unreadable.length,
      unreadable.length,
      "idle",
      `${odd.length} photos · 0 faces · ${unreadable.length} could not be read`,
    ]);
  });

  it("half a photo is shown as damaged, the first of moving pictures as a picture, the largest small", async () => {
    const byName = new Map((await engine.request("photos.list", {})).items.map((photo) => [basename(photo.path), photo]));
    expect((await engine.request("photo.get", { photoId: byName.get("half.jpg")?.id ?? 0 })).damaged).toBe(true);
    expect((await engine.request("photo.get", { photoId: byName.get("good.jpg")?.id ?? 0 })).damaged).toBe(false);
    for (const name of ["half.jpg", "moving.gif", "cmyk.jpg", "16-bit.tif", "jpeg-named.heic", "one-pixel.png", "300-megapixels.jpg"]) {
      const picture = await engine.request("picture", { of: "photo", id: byName.get(name)?.id ?? 0, size: "thumb" });
      expect([name, picture.type, picture.bytes.length > 30]).toEqual([name, "image/webp", true]);
    }
    expect([byName.get("300-megapixels.jpg")?.width, byName.get("300-megapixels.jpg")?.height]).toEqual([20_000, 15_000]);
  });

  it("no file was changed, and what cannot be read is not tried again and again", async () => {
    for (const [name, content] of bytes) expect([name, readFileSync(join(folder, name)).equals(content)]).toEqual([name, true]);
    expect(await index()).toMatchObject({ read: 0, photos: odd.length, failed: told.failed });
  });

  it("a good copy in its place is read, and the problem is gone", async () => {
    for (const [at, name] of ["zero-byte.jpg", "corrupt.jpg", "text.jpg"].entries())
      writeFileSync(
        join(folder, name),
        await photograph(50 + at)
          .jpeg()
          .toBuffer(),
      );
    expect(await index()).toMatchObject({ read: 3, photos: odd.length + 3 });
    expect([...(await failures()).keys()]).not.toContain("zero-byte.jpg");
    expect((await failures()).size).toBe(unreadable.length - 3);
  });
});

describe("files that go while they are read", () => {
  it("are told as vanished, the rest is read, and they are found again with the next reading", async () => {
    const place = join(dir, "vanishing");
    await photographs(place, 6, 100);
    const phases: string[] = [];
    // The first is gone before its content is known, the second after that.
    const stop = engine.onEvent((name, payload) => {
      if (name !== "progress" || !("phase" in payload) || payload.total === 0) return;
      if (payload.phase === "looking" && payload.done === 0) rmSync(join(place, "100.jpg"), { force: true });
      if (payload.phase === "reading" && payload.done === 0) rmSync(join(place, "101.jpg"), { force: true });
      phases.push(payload.phase);
    });
    const told = await engine.request("index", { folders: [place] });
    stop();
    expect(phases).toContain("reading");
    expect(told.read).toBe(4);
    const gone = told.failed.filter((one) => one.path.startsWith(place));
    expect(gone).toEqual(
      ["100.jpg", "101.jpg"].map((name) => ({
        path: join(place, name),
        code: "file-vanished",
        sentence: problems["file-vanished"].sentence,
      })),
    );
    await photographs(place, 2, 100);
    const again = await engine.request("index", { folders: [place] });
    expect([again.read, again.photos, again.failed.filter((one) => one.path.startsWith(place))]).toEqual([2, 6, []]);
  });

  it("written while it is read is waited for", async () => {
    const place = join(dir, "growing");
    await photographs(place, 1, 200);
    // Large enough that reading it takes a moment.
    const growing = join(place, "201.jpg");
    writeFileSync(growing, Buffer.concat([await photograph(201).jpeg().toBuffer(), Buffer.alloc(60_000_000)]));
    let grow: NodeJS.Timeout | undefined;
    const stop = engine.onEvent((name, payload) => {
      if (name === "progress" && "phase" in payload && payload.phase === "looking" && payload.total > 0)
        grow ??= setInterval(() => writeFileSync(growing, "more", { flag: "a" }), 1);
    });
    const told = await engine.request("index", { folders: [place] });
    stop();
    clearInterval(grow);
    expect(told.read).toBe(1);
    expect(told.failed.find((one) => one.path === growing)?.code).toBe("file-changing");
    writeFileSync(growing, await photograph(201).jpeg().toBuffer());
    expect(await engine.request("index", { folders: [place] })).toMatchObject({ read: 1, photos: 2 });
  });
});

const collected = "../shared/photos/odd";
it.skipIf(!existsSync(collected))(
  "every file of the collection of odd ones is read or has a problem that can be acted on (skipped without it)",
  async () => {
    const told = await engine.request("index", { folders: [collected] });
    const mine = told.failed.filter((one) => one.path.includes("/odd/"));
    console.log(
      `${told.read} read, ${mine.length} not: ${JSON.stringify(Object.fromEntries(Object.entries(Object.groupBy(mine, (one) => one.code)).map(([code, list]) => [code, list?.length])))}`,
    );
    expect(mine.filter((one) => one.code === "internal" || !one.code.startsWith("file-"))).toEqual([]);
    expect(told.read).toBeGreaterThan(100);
  },
);
