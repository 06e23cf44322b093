import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";
import { nameThem } from "../../helpers/small-library.ts";

/** Three photos: Ana, Ben, and Ben with Cleo. */
describe("a search that finds nothing", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-search-"));
  const libraryDir = join(dir, "library");
  let engine: Engine;
  let [ana, ben, cleo] = [0, 0, 0];
  beforeAll(async () => {
    const keep = openKeep({ libraryDir });
    const photos = [1, 1, 2].map((faces, at) => ({
      name: `${at}.jpg`,
      hash: String(at).repeat(64),
      faces: Array.from({ length: faces }, (_, face) => seenFace([0.1 + 0.4 * face, 0.3, 0.2, 0.2], null)),
    }));
    const kept = addPhotos(keep, join(dir, "photos"), photos);
    keep.close();
    engine = await openEngine({ libraryDir, modelsDir: "models/onnx", workers: 1 });
    const faces = kept.map(({ faceIds }) => faceIds);
    const [one = [], two = [], both = []] = faces;
    [ana = 0, ben = 0, cleo = 0] = await nameThem(engine, [one, [...two, ...both.slice(0, 1)], both.slice(1)], ["Ana", "Ben", "Cleo"]);
  });
  afterAll(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const search = (query: object) => engine.request("search", { query });

  it("says in the same answer what one condition less would find, and any of the people instead of all", async () => {
    const { total, without, anyOf } = await search({ all: [ana, ben] });
    expect([total, anyOf]).toEqual([0, 3]);
    expect(without.map(({ drop, photos }) => [drop, photos])).toEqual([
      [`all:${ana}`, 2],
      [`all:${ben}`, 1],
    ]);
    expect((await search({ all: [ana, cleo], none: [ben] })).anyOf).toBe(1);
  });

  it("asks for any of them only where that is another question", async () => {
    expect((await search({ all: [ben, cleo] })).anyOf).toBe(0);
    expect((await search({ all: [ana], faces: 2 })).anyOf).toBe(0);
    expect((await search({ all: [ana, ben], any: [cleo] })).anyOf).toBe(0);
  });
});
