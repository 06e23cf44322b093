import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import { finishForgetting, forgetEverything } from "../../../electron/engine/3-keep/forget-everything.ts";
import { countForgetting, forgetPerson } from "../../../electron/engine/3-keep/forget-person.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import { restoreLibrary } from "../../../electron/engine/3-keep/restore.ts";
import type { ForgetCounts } from "../../../electron/engine/3-keep/shapes.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { addPhotos, seeded, seenFace, vectorNear } from "../../helpers/synthetic-library.ts";
import { checkLibrary, playHistories } from "./histories.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-forget-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function say<K extends DecisionKind>(keep: Keep, kind: K, payload: DecisionPayload<K>): number {
  return keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) }).decisionId;
}
/** The bytes of a vector as they lie in derived.db: half floats; the first few tell it from any other. */
function halves(vector: Float32Array): Buffer {
  return Buffer.from(new Uint8Array(Float16Array.from(vector).buffer)).subarray(0, 24);
}
/** Files of the library that hold these bytes. */
function holding(bytes: Buffer | string): readonly string[] {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(dir, name)).isFile());
  return names.filter((name) => readFileSync(join(dir, name)).includes(bytes));
}

interface Lived {
  readonly people: { readonly ana: number; readonly anabel: number; readonly ben: number; readonly other: number };
  readonly faces: readonly (readonly number[])[];
  readonly vectors: readonly Float32Array[];
  readonly moved: number;
}
/** Four people with three faces each in three photos, and a little of everything said about them. */
function livedIn(): Lived {
  const keep = openKeep({ libraryDir: dir });
  const random = seeded(3);
  const vectors = Array.from({ length: 12 }, () => vectorNear(random, 64));
  const photos = addPhotos(
    keep,
    "/photos",
    [0, 1, 2].map((i) => ({
      name: `${i}.jpg`,
      hash: `hash ${i}`,
      faces: [0, 1, 2, 3].map((j) => seenFace([0.02 + 0.24 * j, 0.2, 0.2, 0.3], vectors[i * 4 + j] ?? null)),
    })),
  );
  const faces = photos.map((photo) => photo.faceIds);
  const first = keep.reservePersonIds(5);
  const [ana, anabel, ben, other] = [first, first + 1, first + 2, first + 3];
  keep.keepGrouping({
    proposals: faces.flatMap((row) =>
      row.map((faceId, j) => ({ faceId, personId: first + j, similarity: 0.9, far: 1e-6, rule: "linked", band: "sure" }) as const),
    ),
    groups: [{ personId: other, mixed: false, likely: null }],
    questions: [],
  });
  for (const row of faces) for (const faceId of row) keep.keepPicture("face", faceId, "256", Buffer.from(`crop of ${faceId}`));
  say(keep, "name", { personId: ana, name: "Ana Lima" });
  say(keep, "name", { personId: anabel, name: "Ana Lima-Berg" });
  say(keep, "name", { personId: ben, name: "Ben" });
  say(keep, "birthday", { personId: ana, date: "1971-05-09" });
  say(keep, "never-merge", { a: ana, b: anabel });
  say(keep, "save-album", { name: "Ana Lima and Ben", query: { all: [ana, ben] } });
  say(keep, "save-album", { name: "Only Ben", query: { all: [ben] } });
  // One of Ana's faces was Ben's all along: what is left of it is Ben's.
  const moved = say(keep, "move", { faceIds: [faces[0]?.[0] ?? 0], personId: ben });
  say(keep, "rename", { personId: ana, name: "Ana Lima Duarte" });
  keep.undo();
  keep.redo();
  keep.skipQuestion(`${ana}-${other}`);
  keep.skipQuestion(`${ben}-${other}`);
  keep.close();
  return { people: { ana, anabel, ben, other }, faces, vectors, moved };
}

function forget(personId: number): { readonly told: ForgetCounts; readonly done: ForgetCounts } {
  const store = openStore({ libraryDir: dir });
  try {
    const told = countForgetting(store, personId);
    return { told, done: forgetPerson(store, personId) };
  } finally {
    closeStore(store);
  }
}

describe("forgetting one person", () => {
  it("leaves nothing of them in any file, and all of everybody else", () => {
    const { people, faces, vectors } = livedIn();
    expect(holding("Ana Lima Duarte")).not.toEqual([]);
    expect(holding(halves(vectors[4] ?? new Float32Array()))).not.toEqual([]);
    const { told, done } = forget(people.ana);
    expect(done).toEqual(told);
    expect(done).toMatchObject({ people: 1, faces: 2, photos: 2, vectors: 2, pictures: 2, albums: 1 });
    expect(holding("Ana Lima Duarte")).toEqual([]);
    expect(holding("1971-05-09")).toEqual([]);
    expect(holding("Ana Lima and Ben")).toEqual([]);
    for (const at of [4, 8]) expect(holding(halves(vectors[at] ?? new Float32Array()))).toEqual([]);
    expect(holding(`crop of ${faces[1]?.[0] ?? 0}`)).toEqual([]);
    // "Ana Lima" is left only within the other's name.
    const catalog = readFileSync(join(dir, "catalog.db"), "latin1");
    expect(catalog.replaceAll("Ana Lima-Berg", "").includes("Ana Lima")).toBe(false);
    for (const at of [0, 1, 2, 5, 11]) expect(holding(halves(vectors[at] ?? new Float32Array()))).toEqual(["derived.db"]);
    checkLibrary(dir);
    const keep = openKeep({ libraryDir: dir });
    expect(keep.reads.card(people.ana)).toBeNull();
    expect(keep.reads.card(people.anabel)).toMatchObject({ name: "Ana Lima-Berg", faces: 3 });
    expect(keep.reads.card(people.ben)).toMatchObject({ name: "Ben", faces: 4 });
    expect(keep.reads.albums().map((album) => album.name)).toEqual(["Only Ben"]);
    expect(keep.constraints().skipped).toEqual(new Set([`${people.ben}-${people.other}`]));
    keep.close();
  });

  it("finds pictures that derived.db lost sight of", () => {
    const { people, faces } = livedIn();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `derived.db${end}`), { force: true });
    expect(holding(`crop of ${faces[1]?.[0] ?? 0}`)).toHaveLength(1);
    expect(forget(people.ana).done).toMatchObject({ faces: 2, pictures: 2, vectors: 0 });
    expect(holding(`crop of ${faces[1]?.[0] ?? 0}`)).toEqual([]);
  });

  it("keeps what was said of others in the same breath, and it can still be taken back", () => {
    const { people, faces, moved } = livedIn();
    forget(people.ana);
    const keep = openKeep({ libraryDir: dir });
    const entry = keep.reads.history({ offset: 0, limit: 99 }).items.find(({ decisionId }) => decisionId === moved);
    expect(entry).toMatchObject({ canTakeBack: true, faces: 1 });
    expect(entry?.sentence).not.toContain("Ana");
    keep.undo(moved);
    expect(keep.reads.card(people.ben)).toMatchObject({ confirmed: 3 });
    expect(keep.facts().confirmedPerson(faces[0]?.[0] ?? 0)).toBeNull();
    keep.close();
    checkLibrary(dir);
  });

  it("takes those merged into them along, and finds a group without a name", () => {
    const { people } = livedIn();
    const keep = openKeep({ libraryDir: dir });
    say(keep, "merge", { into: people.ben, from: [people.anabel] });
    keep.close();
    expect(forget(people.anabel).done).toMatchObject({ people: 1, faces: 7 });
    expect(holding("Ana Lima-Berg")).toEqual([]);
    expect(forget(people.other).done).toMatchObject({ people: 0, faces: 3 });
    checkLibrary(dir);
    expect(() => forget(99_999)).toThrow("person-not-found");
  });

  it("takes them out of an imported file that waits for photos", () => {
    const { people } = livedIn();
    const keep = openKeep({ libraryDir: dir });
    const hash = "ab".repeat(32);
    const person = (id: string, name: string) => ({ id, name, state: "named" as const });
    const face = (is: string) => ({ box: [0.1, 0.1, 0.2, 0.2] as [number, number, number, number], source: "detected" as const, is });
    const document = {
      format: "familiar decisions" as const,
      version: 1 as const,
      people: [person("far-1", "Ana Lima Duarte"), person("far-2", "Ben")],
      apart: [["far-1", "far-2"]],
      photos: [{ hash, faces: [face("far-1"), face("far-2")] }],
      albums: [],
    };
    const payload = { people: { "far-1": people.ana, "far-2": people.ben }, served: [], document };
    const said = { changes: [], sentence: "Imported nothing yet.", personId: null, faces: [], standsAnyway: true };
    const { decisionId } = keep.apply({ kind: "import", payload, ...said });
    keep.close();
    forget(people.ana);
    expect(holding("Ana Lima Duarte")).toEqual([]);
    const again = openKeep({ libraryDir: dir });
    expect(again.reads.importedDocument(decisionId)).toMatchObject({
      people: [{ name: "Ben" }],
      apart: [],
      photos: [{ faces: [face("far-2")] }],
    });
    again.close();
  });

  it("leaves the facts what the journal says, after any history", () => {
    let forgotten = 0;
    let turn = 0;
    const tally = playHistories(40, (libraryDir) => {
      turn += 1;
      if (turn % 3 !== 0) return;
      const store = openStore({ libraryDir });
      try {
        const rows = store.sql<[], { id: number }>("SELECT id FROM main.people ORDER BY id").all();
        const one = rows[turn % Math.max(1, rows.length)];
        if (one === undefined) return;
        forgetPerson(store, one.id);
        forgotten += 1;
      } finally {
        closeStore(store);
      }
    });
    expect(forgotten).toBeGreaterThan(5);
    expect(tally.undone).toBeGreaterThan(10);
  }, 600_000);
});

describe("forgetting everything", () => {
  it("leaves an empty library with its settings, and copies only where they were to stay", () => {
    const { vectors } = livedIn();
    const keep = openKeep({ libraryDir: dir });
    keep.setSetting("preferences", { theme: "dark" });
    keep.backup("by hand");
    keep.close();
    forgetEverything(dir, false);
    expect(holding("Ana Lima").every((name) => name.startsWith("backups"))).toBe(true);
    expect(holding(halves(vectors[0] ?? new Float32Array()))).toEqual([]);
    expect(holding("crop of")).toEqual([]);
    const empty = openKeep({ libraryDir: dir });
    expect(empty.reads.counts()).toMatchObject({ photos: 0, faces: 0, people: 0 });
    expect([empty.folders(), empty.getSetting("preferences", null)]).toEqual([[], { theme: "dark" }]);
    empty.close();
    // What was left can still be put back; then nothing is left.
    restoreLibrary(dir);
    forgetEverything(dir, true);
    expect(holding("Ana Lima")).toEqual([]);
    expect(readdirSync(join(dir, "backups"))).toEqual([]);
  });

  it("goes on at the next opening when it was cut off anywhere", () => {
    livedIn();
    // Everything is written down before anything goes, so the worst moment is with half of it gone.
    const marked = join(dir, "forgetting.json");
    const before = openKeep({ libraryDir: dir });
    before.backup("by hand");
    before.close();
    rmSync(join(dir, "derived.db"));
    writeFileSync(marked, JSON.stringify({ backups: true, settings: [["preferences", '{"theme":"dark"}']] }));
    const keep = openKeep({ libraryDir: dir });
    expect([keep.reads.counts().people, keep.getSetting("preferences", null)]).toEqual([0, { theme: "dark" }]);
    keep.close();
    expect(holding("Ana Lima")).toEqual([]);
    finishForgetting(dir);
    expect(readdirSync(dir).includes("forgetting.json")).toBe(false);
  });
});
