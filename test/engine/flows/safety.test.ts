import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let open: Engine[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-safety-"));
  open = [];
});
afterEach(async () => {
  for (const engine of open) await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Photos with faces, as a scan leaves them; nobody has decided anything. */
function photos(library: string, from: number, count: number): readonly number[] {
  const keep = openKeep({ libraryDir: library });
  const kept = addPhotos(
    keep,
    join(dir, `photos ${from}`),
    Array.from({ length: count }, (_, i) => ({
      name: `${from + i}.jpg`,
      hash: `hash ${from + i}`,
      faces: [seenFace([0.1, 0.1, 0.2, 0.3], null), seenFace([0.5, 0.1, 0.2, 0.3], null)],
    })),
  );
  keep.close();
  return kept.flatMap(({ faceIds }) => faceIds);
}
async function engineOn(library: string, evenClosed = false): Promise<Engine> {
  const engine = await openEngine({ libraryDir: library, modelsDir: "models/onnx", workers: 1, evenClosed });
  open.push(engine);
  return engine;
}
async function close(engine: Engine): Promise<void> {
  open = open.filter((one) => one !== engine);
  await engine.close();
}
const give = (engine: Engine, faceIds: readonly number[], name: string) =>
  engine.request("decide", { kind: "move", payload: { faceIds: [...faceIds], name } });
const names = async (engine: Engine): Promise<(string | null)[]> =>
  (await engine.request("people.list", { sort: "name" })).items.map((person) => person.name);

describe("copies of the catalogue", () => {
  it("say what putting one back would change, do it while everything is open, and undo that too", async () => {
    const library = join(dir, "library");
    const faces = photos(library, 0, 3);
    const engine = await engineOn(library);
    await give(engine, faces.slice(0, 2), "Ana");
    const copy = await engine.request("backups.make", {});
    expect(copy).toMatchObject({ reason: "by-hand", good: true, people: 1, decisions: 1, confirmedFaces: 2 });
    await give(engine, faces.slice(2, 4), "Ben");
    await engine.request("decide", { kind: "rename", payload: { personId: 1, name: "Ana Lima" } });
    const preview = await engine.request("backups.preview", { id: copy.id });
    expect(preview).toMatchObject({
      then: { people: 1, decisions: 1, confirmedFaces: 2, photos: 3 },
      now: { people: 2, decisions: 3, confirmedFaces: 4, photos: 3 },
      namesBack: ["Ana"],
      namesGone: ["Ana Lima", "Ben"],
      decisionsGone: 2,
      decisionsBack: 0,
      photosToRead: 0,
    });
    expect(preview.latestGone).toHaveLength(2);
    expect(preview.latestGone[0]?.sentence).toContain("Ana Lima");
    const heard: string[] = [];
    engine.onEvent((name, payload) => heard.push(name === "changed" && "what" in payload ? payload.what.join() : name));
    // Asked at the same moment: waits, and is answered by what stands then.
    const [restored, meanwhile] = await Promise.all([engine.request("backups.restore", { id: copy.id }), names(engine)]);
    expect([restored.restored.id, restored.kept?.reason, restored.setAside]).toEqual([copy.id, "before-restore", null]);
    expect([meanwhile, await names(engine)]).toEqual([["Ana"], ["Ana"]]);
    expect(heard.some((what) => what.includes("people"))).toBe(true);
    // Taken back: the copy made of what stood.
    const back = await engine.request("backups.preview", { id: restored.kept?.id ?? "" });
    expect(back).toMatchObject({ namesBack: ["Ana Lima", "Ben"], namesGone: ["Ana"], decisionsGone: 0, decisionsBack: 2 });
    await engine.request("backups.restore", { id: restored.kept?.id ?? "" });
    expect(await names(engine)).toEqual(["Ana Lima", "Ben"]);
    await engine.request("undo", {});
    expect(await names(engine)).toEqual(["Ana", "Ben"]);
  });

  it("are refused by a wrong name, by a path, and when they are damaged", async () => {
    const library = join(dir, "library");
    photos(library, 0, 1);
    const engine = await engineOn(library);
    const { id } = await engine.request("backups.make", {});
    for (const bad of ["../catalog.db", "/etc/passwd", ""]) {
      await expect(engine.request("backups.preview", { id: bad })).rejects.toMatchObject({ code: "bad-request" });
    }
    await expect(engine.request("backups.restore", { id: "2020-01-01T00-00-00.000Z_daily" })).rejects.toMatchObject({ code: "not-found" });
    const [file = ""] = readdirSync(join(library, "backups"));
    writeFileSync(join(library, "backups", file), "no database");
    expect(await engine.request("backups.list", {})).toMatchObject([{ id, good: false }]);
    await expect(engine.request("backups.preview", { id })).rejects.toMatchObject({ code: "library-damaged" });
    await expect(engine.request("backups.restore", { id })).rejects.toMatchObject({ code: "library-damaged" });
    // Nothing happened to what stands.
    expect(await engine.request("status", {})).toMatchObject({ photos: 1 });
  });

  it("never hand one photo's faces to another when ids are given a second time", async () => {
    const library = join(dir, "library");
    photos(library, 0, 2);
    const engine = await engineOn(library);
    const { id } = await engine.request("backups.make", {});
    await close(engine);
    // After the copy, other photos come; it is put back, and the same ids go to yet others.
    const early = photos(library, 10, 2);
    const again = await engineOn(library);
    const { kept } = await again.request("backups.restore", { id });
    await close(again);
    const late = photos(library, 20, 2);
    expect(late).toEqual(early);
    const third = await engineOn(library);
    await third.request("backups.restore", { id: kept?.id ?? "" });
    await close(third);
    const keep = openKeep({ libraryDir: library });
    // What was read of the photos with the ids of 20 and 21 says nothing of 10 and 11: they are to be read again; 0 and 1 are not.
    const asked = keep.filesToRead({ detector: "mtcnn", detectorVersion: 1, embedder: "test-pack", embedderVersion: 1, smallFaces: false });
    expect(asked.map(({ path }) => path.split("/").at(-1)).toSorted()).toEqual(["10.jpg", "11.jpg"]);
    keep.close();
  });
});

describe("a library that cannot be opened", () => {
  it("says why, lists its copies, and is whole again after one is put back", async () => {
    const library = join(dir, "library");
    const faces = photos(library, 0, 2);
    const first = await engineOn(library);
    await give(first, faces.slice(0, 2), "Ana");
    const copy = await first.request("backups.make", {});
    await close(first);
    writeFileSync(join(library, "catalog.db"), "x".repeat(20_000));
    await expect(openEngine({ libraryDir: library, modelsDir: "models/onnx" })).rejects.toMatchObject({ code: "library-damaged" });
    const engine = await engineOn(library, true);
    for (const ask of [engine.request("status", {}), engine.request("people.list", {})])
      await expect(ask).rejects.toMatchObject({
        code: "library-damaged",
        sentence: expect.stringContaining("is complete: 1 person, 1 decision."),
      });
    expect(await engine.request("backups.list", {})).toMatchObject([{ id: copy.id, good: true, people: 1 }]);
    expect(await engine.request("backups.preview", { id: copy.id })).toMatchObject({ now: null, then: { people: 1 } });
    const { kept, setAside, sentence } = await engine.request("backups.restore", {});
    expect([kept, setAside === null, sentence]).toEqual([null, false, expect.stringContaining("set aside, not deleted")]);
    expect(await names(engine)).toEqual(["Ana"]);
  });

  it("is not started empty when its catalogue is gone but its copies are there", async () => {
    const library = join(dir, "library");
    photos(library, 0, 1);
    const engine = await engineOn(library);
    await engine.request("backups.make", {});
    await close(engine);
    for (const end of ["", "-wal", "-shm"]) rmSync(join(library, `catalog.db${end}`), { force: true });
    await expect(openEngine({ libraryDir: library, modelsDir: "models/onnx" })).rejects.toMatchObject({ code: "library-damaged" });
    expect(readdirSync(library)).not.toContain("catalog.db");
  });

  it("opens by itself when the other copy lets go", async () => {
    const library = join(dir, "library");
    photos(library, 0, 1);
    const first = await engineOn(library);
    const second = await engineOn(library, true);
    await expect(second.request("status", {})).rejects.toMatchObject({ code: "library-locked" });
    await expect(second.request("backups.restore", {})).rejects.toMatchObject({ code: "library-locked" });
    await close(first);
    expect(await second.request("status", {})).toMatchObject({ photos: 1 });
  });
});

describe("a library on a drive of its own", () => {
  it("opens wherever it is found, with its pictures, names and copies", async () => {
    const library = join(dir, "drive E", "library");
    const faces = photos(library, 0, 1);
    const engine = await engineOn(library);
    await give(engine, faces, "Ana");
    await engine.request("backups.make", {});
    await close(engine);
    const keep = openKeep({ libraryDir: library });
    keep.keepPicture("face", faces[0] ?? 0, "256", Buffer.from("a picture"));
    keep.close();
    renameSync(join(dir, "drive E"), join(dir, "Volume"));
    const moved = await engineOn(join(dir, "Volume", "library"));
    expect(await names(moved)).toEqual(["Ana"]);
    const picture = await moved.request("picture", { of: "face", id: faces[0] ?? 0 });
    expect(Buffer.from(picture.bytes).toString()).toBe("a picture");
    const [copy] = await moved.request("backups.list", {});
    expect(await moved.request("backups.preview", { id: copy?.id ?? "" })).toMatchObject({ decisionsGone: 0, namesGone: [] });
  });
});

describe("forgetting", () => {
  it("says what would go, then does it, and everything goes on", async () => {
    const library = join(dir, "library");
    const faces = photos(library, 0, 3);
    const engine = await engineOn(library);
    const ana = (await give(engine, faces.slice(0, 3), "Ana")).personId ?? 0;
    await give(engine, faces.slice(3, 5), "Ben");
    await engine.request("backups.make", {});
    const preview = await engine.request("forget.preview", { personId: ana });
    expect(preview).toMatchObject({ name: "Ana", people: 1, faces: 3, photos: 2, backups: 1 });
    const done = await engine.request("forget", { personId: ana, backups: false });
    expect(done).toMatchObject({ name: "Ana", faces: 3, backupsLeft: 1 });
    expect(done.sentence).toMatch(/^Forgotten: the name, 3 faces, .*Your photos are as they were\. 1 copy of the catalogue still holds/u);
    expect(await names(engine)).toEqual(["Ben"]);
    await expect(engine.request("forget", { personId: ana, backups: false })).rejects.toMatchObject({ code: "person-not-found" });
    await expect(engine.request("forget.preview", { personId: ana })).rejects.toMatchObject({ code: "person-not-found" });
    // With the copies: only one made after remains.
    const ben = (await engine.request("people.list", {})).items[0]?.id ?? 0;
    expect((await engine.request("forget", { personId: ben, backups: true })).backupsLeft).toBe(0);
    expect(await engine.request("backups.list", {})).toMatchObject([{ people: 0, good: true }]);
    const all = await engine.request("forget.preview", {});
    expect(all).toMatchObject({ personId: null, people: 0, faces: 1, photos: 1 });
    expect((await engine.request("forget", { backups: true })).sentence).toContain("Your photos are as they were.");
    expect(await engine.request("status", {})).toMatchObject({ photos: 0, faces: 0, folders: [] });
    expect(await engine.request("backups.list", {})).toEqual([]);
  });
});
