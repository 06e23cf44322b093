import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Events } from "../../../electron/contract/events.ts";
import { portableFormat, portableVersion, type PortableDocument } from "../../../electron/contract/portable.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { checkLibrary } from "../3-keep/check-library.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

const count = Math.ceil(settings.keep.membersAtOnce / 2) + 100;
const hash = (i: number): string => createHash("sha256").update(String(i)).digest("hex");
let dir = "";
let engine: Engine;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "familiar-large-"));
  const keep = openKeep({ libraryDir: dir });
  const photos = Array.from({ length: count }, (_, i) => ({
    name: `${i}.jpg`,
    hash: hash(i),
    faces: [seenFace([0.1, 0.2, 0.2, 0.3], null), seenFace([0.6, 0.2, 0.2, 0.3], null)],
  }));
  keep.batch(() => addPhotos(keep, "/photos", photos));
  keep.close();
  engine = await openEngine({ libraryDir: dir, modelsDir: "models/onnx", workers: 1 });
});
afterEach(async () => {
  await engine.close();
  checkLibrary(dir);
  rmSync(dir, { recursive: true, force: true });
});

const document: PortableDocument = {
  format: portableFormat,
  version: portableVersion,
  people: Array.from({ length: 50 }, (_, i) => ({ id: `other-${i}`, name: `Person ${i}`, state: "named" })),
  apart: [],
  albums: [],
  photos: Array.from({ length: count }, (_, i) => ({
    hash: hash(i),
    faces: [0.1, 0.6].map((x, j) => ({ box: [x, 0.2, 0.2, 0.3], source: "detected", is: `other-${(i + j) % 50}` })),
  })),
};

describe("a large file of names", () => {
  it("is one decision that others are answered during, with a copy of what stood before, and is taken back whole", async () => {
    const told: Events["importing"][] = [];
    engine.onEvent((name, payload) => {
      if (name === "importing") told.push(payload as Events["importing"]);
    });
    let over = false;
    let answered = 0;
    const taking = engine.request("import", { document }).finally(() => (over = true));
    while (!over) {
      await engine.request("status", {});
      await new Promise((done) => setImmediate(done));
      if (!over) answered++;
    }
    const result = await taking;
    expect(result).toMatchObject({ people: 50, changed: 2 * count, conflicts: 0, waiting: 0 });
    expect(answered).toBeGreaterThan(1);
    expect([told[0], told.at(-1)]).toEqual([
      { done: 0, total: count, over: false },
      { done: count, total: count, over: true },
    ]);
    expect((await engine.request("history", {})).items.map(({ kind }) => kind)).toEqual(["import"]);
    await engine.request("undo", {});
    expect(await engine.request("status", {})).toMatchObject({ people: 0 });
    await engine.request("redo", {});
    expect(await engine.request("status", {})).toMatchObject({ people: 50 });
    await engine.close();
    const copies = openKeep({ libraryDir: dir });
    await copies.backupsDone();
    copies.close();
    engine = await openEngine({ libraryDir: dir, modelsDir: "models/onnx", workers: 1 });
    const [copy] = (await engine.request("backups.list", {})).filter(({ reason }) => reason === "before-import");
    expect(copy).toMatchObject({ good: true, people: 0, decisions: 0, confirmedFaces: 0 });
  });

  it("never overrules what was decided while it was looked through", async () => {
    const [first] = await engine.request("faces", {});
    const id = first?.id ?? 0;
    const taking = engine.request("import", { document });
    // In the middle of it: the file says that this face is somebody else.
    await new Promise((done) => setImmediate(done));
    await engine.request("decide", { kind: "move", payload: { faceIds: [id], name: "Zoë" } });
    const result = await taking;
    expect(result).toMatchObject({ changed: 2 * count - 1, conflicts: 1 });
    expect((await engine.request("faces.get", { faceIds: [id] }))[0]?.name).toBe("Zoë");
    expect((await engine.request("history", {})).items.map(({ kind }) => kind)).toEqual(["import", "move"]);
  });
});
