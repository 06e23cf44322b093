import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import type { AppliedDecision } from "../../../electron/engine/3-keep/shapes.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

let dir = "";
let keep: Keep;
let ids: readonly number[] = [];
/** Machine groups: faces 0-3, 4-6, 7-8; face 9 is nobody. */
let groups: readonly number[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-verbs-"));
  keep = openKeep({ libraryDir: dir });
  const photos = Array.from({ length: 10 }, (_, i) => ({
    name: `${i}.jpg`,
    hash: `h${i}`,
    faces: [seenFace([0.2, 0.2, 0.2, 0.2], null, 1 - i / 20)],
  }));
  ids = addPhotos(keep, "/photos", photos).map((photo) => photo.faceIds[0] ?? 0);
  const first = keep.reservePersonIds(3);
  groups = [first, first + 1, first + 2];
  const belongs = [0, 0, 0, 0, 1, 1, 1, 2, 2];
  keep.keepGrouping({
    proposals: belongs.map((group, i) => ({
      faceId: ids[i] ?? 0,
      personId: first + group,
      similarity: 0.8,
      far: 1e-6,
      rule: "linked",
      band: "sure",
    })),
    groups: [],
    questions: [],
  });
});
afterEach(() => {
  keep.close();
  rmSync(dir, { recursive: true, force: true });
});

function say<K extends DecisionKind>(kind: K, payload: DecisionPayload<K>): AppliedDecision {
  return keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) });
}
const g = (n: number): number => groups[n] ?? 0;
const f = (...n: number[]): number[] => n.map((i) => ids[i] ?? 0);
const facesOf = (personId: number): number[] =>
  keep.reads
    .members(personId)
    .map((member) => member.faceId)
    .sort((a, b) => a - b);

describe("naming", () => {
  test("confirms the whole group and tidies the name", () => {
    const said = say("name", { personId: g(0), name: "  Serena \t Williams " });
    expect(said.sentence).toBe("Named Serena Williams.");
    expect(said.changed).toBe(4);
    const card = keep.reads.card(g(0));
    expect(card).toMatchObject({ name: "Serena Williams", state: "named", faces: 4, confirmed: 4 });
    keep.undo();
    expect(keep.reads.card(g(0))).toMatchObject({ name: null, state: "unnamed", faces: 4, confirmed: 0 });
    expect(keep.redo().sentence).toBe("Done again: named Serena Williams.");
    expect(keep.reads.card(g(0))?.confirmed).toBe(4);
  });
  test("an empty name is refused and leaves nothing behind", () => {
    expect(() => say("name", { personId: g(0), name: " \u200b " })).toThrow("name-empty");
    expect(keep.reads.history({ offset: 0, limit: 10 }).total).toBe(0);
  });
  test("two people may bear one name; renaming says so", () => {
    say("name", { personId: g(0), name: "Serena" });
    say("name", { personId: g(1), name: "Serena" });
    expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 10 }).total).toBe(2);
    expect(say("rename", { personId: g(1), name: "Venus" }).sentence).toBe("Renamed Serena to Venus.");
  });
  test("naming somebody as they are named already is not recorded", () => {
    say("name", { personId: g(0), name: "Serena" });
    expect(say("name", { personId: g(0), name: "Serena " }).decisionId).toBe(0);
  });
});

describe("merging", () => {
  test("a group takes the name, key face and birthday of the one that has them", () => {
    say("name", { personId: g(1), name: "Venus" });
    say("birthday", { personId: g(1), date: "1980-06-17" });
    say("key-face", { personId: g(1), faceId: f(5)[0] ?? 0 });
    const said = say("merge", { into: g(0), from: [g(1), g(2), g(0)] });
    expect(said.sentence).toBe("Merged 5 faces into Venus.");
    expect(keep.reads.person(g(0))).toMatchObject({ name: "Venus", birthday: "1980-06-17", keyFaceId: f(5)[0], faces: 9, confirmed: 9 });
    expect(keep.reads.card(g(1))?.id).toBe(g(0));
    keep.undo();
    expect(facesOf(g(2))).toEqual(f(7, 8));
    expect(keep.reads.card(g(0))).toMatchObject({ name: null, faces: 4, confirmed: 0 });
  });
  test("two that were said to be two are kept apart, unless forced", () => {
    say("name", { personId: g(0), name: "Serena" });
    say("name", { personId: g(1), name: "Venus" });
    say("never-merge", { a: g(1), b: g(0) });
    expect(() => say("merge", { into: g(0), from: [g(1)] })).toThrow("You said that Serena and Venus are two people.");
    say("merge", { into: g(0), from: [g(1)], force: true });
    expect(keep.reads.person(g(0)).neverMerged).toEqual([]);
    keep.undo();
    expect(keep.reads.person(g(0)).neverMerged.map((one) => one.name)).toEqual(["Venus"]);
  });
  test("rejections and never-merge pairs go along", () => {
    say("name", { personId: g(0), name: "A" });
    say("name", { personId: g(1), name: "B" });
    say("name", { personId: g(2), name: "C" });
    say("reject", { personId: g(1), faceIds: f(9) });
    say("never-merge", { a: g(1), b: g(2) });
    say("merge", { into: g(0), from: [g(1)] });
    expect(keep.facts().rejectedFaces(g(0))).toEqual(f(9));
    expect(() => say("merge", { into: g(2), from: [g(0)] })).toThrow("never-merge");
  });
});

test("split makes a new person whose faces are not offered to the old one", () => {
  say("name", { personId: g(0), name: "Serena" });
  const said = say("split", { personId: g(0), faceIds: f(1, 2), name: "Venus" });
  expect(said.sentence).toBe("Split 2 faces off Serena into Venus.");
  expect(facesOf(said.personId ?? 0)).toEqual(f(1, 2));
  expect(facesOf(g(0))).toEqual(f(0, 3));
  expect(keep.facts().rejectedFaces(g(0))).toEqual(f(1, 2));
});
test("a face moved out of an untouched group does not keep that group apart from its new person", () => {
  say("name", { personId: g(0), name: "Serena" });
  say("move", { faceIds: f(4), personId: g(0) });
  expect(keep.facts().rejectedPeople(f(4)[0] ?? 0)).toEqual([]);
  say("name", { personId: g(2), name: "Venus" });
  say("move", { faceIds: f(7), personId: g(0) });
  expect(keep.facts().rejectedPeople(f(7)[0] ?? 0)).toEqual([g(2)]);
});
test("a rejected face leaves, and stays away when the machine proposes it again", () => {
  expect(say("reject", { personId: g(0), faceIds: f(0) }).sentence).toBe("Took 1 face out of a group.");
  expect(facesOf(g(0))).toEqual(f(1, 2, 3));
  keep.keepGrouping({
    proposals: [{ faceId: f(0)[0] ?? 0, personId: g(0), similarity: 0.9, far: 1e-6, rule: "linked", band: "sure" }],
    groups: [],
    questions: [],
  });
  // Only the anchor is left of the group: see [Note: Becoming a person].
  expect(facesOf(g(0))).toEqual(f(1));
});
test("a stranger is set aside whole and comes back whole", () => {
  say("stranger", { personId: g(1) });
  expect(keep.reads.counts()).toMatchObject({ strangers: 1, unnamed: 2 });
  keep.keepGrouping({ proposals: [], groups: [], questions: [] });
  say("restore", { personId: g(1) });
  expect(keep.reads.card(g(1))).toMatchObject({ state: "unnamed", faces: 3 });
});
test("what is not a face goes from the photo's count and comes back with undo", () => {
  const [face] = keep.reads.facesById(f(0));
  say("not-a-face", { faceIds: f(0) });
  expect(keep.reads.photo(face?.photoId ?? 0).faces).toBe(0);
  keep.undo();
  expect(keep.reads.photo(face?.photoId ?? 0).faces).toBe(1);
});
test("a drawn face stands in its photo and in its person; taking it back takes both", () => {
  const said = say("draw", { path: "/photos/9.jpg", box: [0.9, 0.9, 0.3, 0.3], name: "Kim" });
  const photo = keep.reads.photo(keep.reads.photoAt("/photos/9.jpg") ?? 0);
  expect(photo.faceList.map((face) => [face.source, face.name])).toContainEqual(["drawn", "Kim"]);
  expect(photo.faceList.find((face) => face.source === "drawn")?.box[2]).toBeCloseTo(0.1);
  say("confirm", { faceIds: f(9), personId: said.personId ?? 0 });
  expect(() => keep.undo(said.decisionId)).toThrow("undo-blocked");
  keep.undo();
  keep.undo(said.decisionId);
  expect(keep.reads.photo(photo.id).faceList).toHaveLength(1);
});
test("what stands in the way of taking back, or of doing again, is said as data", () => {
  const named = say("name", { personId: g(0), name: "Serena" });
  say("merge", { into: g(1), from: [g(0)] });
  const inTheWay = { kind: "merge", faces: 4, more: 0, said: { did: "merged" } };
  let thrown: unknown;
  try {
    keep.undo(named.decisionId);
  } catch (refused) {
    thrown = refused;
  }
  expect(thrown).toMatchObject({ code: "undo-blocked", detail: expect.stringMatching(/^\d+: Merged /u) as string, blocked: inTheWay });
  const [, entry] = keep.reads.history({ offset: 0, limit: 10 }).items;
  expect(entry).toMatchObject({ canTakeBack: false, blocked: inTheWay });
});
test("one taken back is done again by itself, whatever was decided since, unless that is in its way", () => {
  const serena = say("name", { personId: g(0), name: "Serena" });
  keep.undo();
  const venus = say("name", { personId: g(1), name: "Venus" });
  expect(() => keep.redo()).toThrow("nothing-to-redo");
  expect(keep.redo(serena.decisionId).sentence).toBe("Done again: named Serena.");
  expect(() => keep.redo(serena.decisionId)).toThrow("nothing-to-redo");
  expect(() => keep.redo(99)).toThrow("not-found");
  keep.undo(venus.decisionId);
  say("name", { personId: g(1), name: "Vee" });
  expect(() => keep.redo(venus.decisionId)).toThrow("redo-blocked");
  expect(keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 9 }).items.map((one) => one.name)).toEqual(["Serena", "Vee"]);
});
test("undo and redo hold over a restart, and a new decision ends redo", () => {
  say("name", { personId: g(0), name: "Serena" });
  say("name", { personId: g(1), name: "Venus" });
  keep.undo();
  keep.close();
  keep = openKeep({ libraryDir: dir });
  expect(keep.reads.canRedo()).toBe("Named Venus.");
  expect(keep.reads.canUndo()).toBe("Named Serena.");
  say("birthday", { personId: g(0), date: "1981-09-26" });
  expect(() => keep.redo()).toThrow("nothing-to-redo");
});
test("people, faces and days that are not there are refused by their own problem", () => {
  expect(() => say("name", { personId: 9999, name: "X" })).toThrow("person-not-found");
  expect(() => say("confirm", { faceIds: [9999], personId: g(0) })).toThrow("face-not-found");
  expect(() => say("birthday", { personId: g(0), date: "1981-02-30" })).toThrow("bad-request");
  expect(() => say("key-face", { personId: g(0), faceId: f(8)[0] ?? 0 })).toThrow("bad-request");
  expect(() => say("never-merge", { a: g(0), b: g(0) })).toThrow("bad-request");
  expect(() => say("remove-album", { albumId: 4 })).toThrow("not-found");
});
test("an album gets another name and search, and has the old ones again when that is taken back", () => {
  say("save-album", { name: "Us", query: { all: [g(0)] } });
  const [album] = keep.reads.albums();
  say("save-album", { albumId: album?.id, name: "All of us", query: { any: [g(0), g(1)] } });
  expect(keep.reads.albums()).toMatchObject([{ id: album?.id, name: "All of us", query: { any: [g(0), g(1)] } }]);
  keep.undo();
  expect(keep.reads.albums()).toMatchObject([{ id: album?.id, name: "Us", query: { all: [g(0)] } }]);
  expect(() => say("save-album", { albumId: 99, name: "Us", query: {} })).toThrow("not-found");
});
test("an album keeps its search and can be removed", () => {
  say("name", { personId: g(0), name: "Serena" });
  say("save-album", { name: "Us", query: { all: [g(0)] } });
  expect(keep.reads.albums()).toMatchObject([{ name: "Us", photos: 4 }]);
  say("remove-album", { albumId: keep.reads.albums()[0]?.id ?? 0 });
  expect(keep.reads.albums()).toEqual([]);
});
