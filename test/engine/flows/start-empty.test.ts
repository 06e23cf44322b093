import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { checkLibrary } from "../3-keep/check-library.ts";
import { addPhotos, reading, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let open: Engine[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-empty-"));
  open = [];
});
afterEach(async () => {
  for (const engine of open) await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const hash = (n: number): string => n.toString(16).repeat(64).slice(0, 64);
function photos(count: number, vector: Float32Array | null): readonly number[] {
  const keep = openKeep({ libraryDir: dir });
  const kept = addPhotos(
    keep,
    "/photos",
    Array.from({ length: count }, (_, i) => ({ name: `${i}.jpg`, hash: hash(i + 1), faces: [seenFace([0.1, 0.1, 0.2, 0.3], vector)] })),
  );
  keep.close();
  return kept.flatMap(({ faceIds }) => faceIds);
}
async function engineOn(): Promise<Engine> {
  const engine = await openEngine({ libraryDir: dir, modelsDir: "models/onnx", workers: 1, evenClosed: true });
  open.push(engine);
  return engine;
}
async function close(engine: Engine): Promise<void> {
  open = open.filter((one) => one !== engine);
  await engine.close();
}
const nonsense = "x".repeat(20_000);
function damage(): void {
  for (const end of ["-wal", "-shm"]) rmSync(join(dir, `catalog.db${end}`), { force: true });
  writeFileSync(join(dir, "catalog.db"), nonsense);
}
const start = (engine: Engine) => engine.request("library.startEmpty", { confirmed: true });

describe("a damaged catalogue without any good copy", () => {
  it("is set aside as it is when somebody says so, and only then; names come back from a file", async () => {
    const faces = photos(3, Float32Array.of(1, 0));
    const first = await engineOn();
    await first.request("decide", { kind: "move", payload: { faceIds: [...faces], name: "Ana" } });
    const names = await first.request("export", {});
    await close(first);
    rmSync(join(dir, "backups"), { recursive: true });
    damage();
    const engine = await engineOn();
    await expect(engine.request("status", {})).rejects.toMatchObject({ code: "library-damaged" });
    expect(await engine.request("backups.list", {})).toEqual([]);
    await expect(engine.request("backups.restore", {})).rejects.toMatchObject({ code: "not-found" });
    for (const said of [{}, { confirmed: false }])
      await expect(engine.request("library.startEmpty", said as never)).rejects.toMatchObject({ code: "bad-request" });
    expect(readFileSync(join(dir, "catalog.db"), "utf8")).toBe(nonsense);
    const { setAside, sentence } = await start(engine);
    expect(readFileSync(setAside ?? "", "utf8")).toBe(nonsense);
    expect(sentence).toContain("set aside");
    expect(await engine.request("status", {})).toMatchObject({ photos: 0, people: 0, folders: [] });
    expect(await engine.request("import", { document: names })).toMatchObject({ people: 1, waiting: 3, conflicts: 0 });
    await close(engine);
    // The same ids go to other photos: nothing that was kept of the old ones is said of them.
    const keep = openKeep({ libraryDir: dir });
    const [kept] = addPhotos(keep, "/other", [{ name: "other.jpg", hash: hash(9), faces: [seenFace([0.5, 0.5, 0.2, 0.2], null)] }]);
    expect(faces).toContain(kept?.faceIds[0]);
    expect(keep.vectorsOf("test-pack", kept?.faceIds ?? []).size).toBe(0);
    keep.close();
    checkLibrary(dir);
    const again = photos(3, null);
    const last = openKeep({ libraryDir: dir });
    expect(again).toHaveLength(3);
    expect(last.filesToRead(reading)).toEqual([]);
    last.close();
  });

  it("is one that went away with nothing but damaged copies left: nothing is started by itself", async () => {
    photos(1, null);
    const first = await engineOn();
    await first.request("backups.make", {});
    await close(first);
    const [copy = ""] = readdirSync(join(dir, "backups"));
    writeFileSync(join(dir, "backups", copy), "no database");
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `catalog.db${end}`), { force: true });
    const engine = await engineOn();
    await expect(engine.request("status", {})).rejects.toMatchObject({ code: "library-damaged" });
    expect(readdirSync(dir)).not.toContain("catalog.db");
    expect((await start(engine)).setAside).toBeNull();
    expect(await engine.request("status", {})).toMatchObject({ photos: 0 });
    // What is left of the copies stays.
    expect(await engine.request("backups.list", {})).toMatchObject([{ good: false }]);
  });
});

describe("starting empty is refused", () => {
  it("while a copy is good, while the catalogue is whole and while it is open elsewhere", async () => {
    const faces = photos(1, null);
    const first = await engineOn();
    await first.request("decide", { kind: "move", payload: { faceIds: [...faces], name: "Ana" } });
    await expect(start(first)).rejects.toMatchObject({ code: "bad-request", sentence: expect.stringContaining("is whole") });
    const second = await engineOn();
    await expect(start(second)).rejects.toMatchObject({ code: "library-locked" });
    await close(second);
    await first.request("backups.make", {});
    await close(first);
    damage();
    const engine = await engineOn();
    await expect(start(engine)).rejects.toMatchObject({ code: "bad-request", sentence: expect.stringContaining("good copy") });
    expect(readFileSync(join(dir, "catalog.db"), "utf8")).toBe(nonsense);
    await engine.request("backups.restore", {});
    expect((await engine.request("people.list", {})).items.map(({ name }) => name)).toEqual(["Ana"]);
  });
});
