import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import type { PortableDocument } from "../../../electron/contract/portable.ts";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import type { UnitBox } from "../../../electron/engine/types.ts";
import { addPhotos, seenFace, seeded, vectorNear } from "../../helpers/synthetic-library.ts";
import { checkLibrary } from "../3-keep/histories.ts";

let dir = "";
const open: Engine[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "familiar-portable-"));
});
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const hash = (n: number): string => n.toString(16).padStart(64, "0");
const boxes = [
  [0.1, 0.2, 0.2, 0.3],
  [0.5, 0.2, 0.2, 0.3],
] as const;

/** Photos `from` to `to`, two faces each, ids of photos and faces from 1 in their order; read without any model. */
function photograph(library: string, from: number, to: number, boxesOf: readonly UnitBox[] = boxes): void {
  const keep = openKeep({ libraryDir: join(dir, library) });
  const random = seeded(3);
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  addPhotos(
    keep,
    `/${library}/${from}`,
    numbers.map((n) => ({ name: `${n}.jpg`, hash: hash(n), faces: boxesOf.map((box) => seenFace(box, vectorNear(random, 8))) })),
  );
  keep.close();
}
/** Decisions made straight in a closed library, as the engine would apply them. */
function say(library: string, ...words: readonly { [K in DecisionKind]: readonly [K, DecisionPayload<K>] }[DecisionKind][]): number[] {
  const keep = openKeep({ libraryDir: join(dir, library) });
  const ids = words.map(([kind, payload]) => keep.apply({ kind, payload, ...decide(keep.facts(), kind, payload) }).personId ?? 0);
  keep.close();
  return ids;
}
async function opened(library: string): Promise<Engine> {
  const engine = await openEngine({ libraryDir: join(dir, library), modelsDir: "models/onnx", workers: 1 });
  open.push(engine);
  return engine;
}
async function closed(engine: Engine): Promise<void> {
  open.splice(open.indexOf(engine), 1);
  await engine.close();
}
async function exported(library: string): Promise<PortableDocument> {
  const engine = await opened(library);
  const document = await engine.request("export", {});
  await closed(engine);
  // As it comes out of a file.
  return JSON.parse(JSON.stringify(document)) as PortableDocument;
}
async function imported(library: string, document: unknown) {
  const engine = await opened(library);
  try {
    return await engine.request("import", { document });
  } finally {
    await closed(engine);
  }
}
const outcome = ({ exported: _, ...document }: PortableDocument): unknown => document;

/** One of everything that can be said. */
function sayEverything(library: string): void {
  photograph(library, 1, 6);
  const [ana = 0, ben = 0, stranger = 0, hidden = 0] = say(
    library,
    ["move", { faceIds: [1, 3, 5], name: "Ana" }],
    ["move", { faceIds: [2], name: "Ben" }],
    ["move", { faceIds: [4], name: "Nobody of note" }],
    ["move", { faceIds: [6], name: "Ana" }],
  );
  say(
    library,
    ["stranger", { personId: stranger }],
    ["hide", { personId: hidden }],
    ["never-merge", { a: ana, b: ben }],
    ["birthday", { personId: ana, date: "1990-03-14" }],
    ["key-face", { personId: ana, faceId: 3 }],
    ["reject", { faceIds: [8], personId: ben }],
    ["not-a-face", { faceIds: [9] }],
    ["draw", { photoId: 6, box: [0.11, 0.21, 0.2, 0.3], name: "Cleo" }],
    ["draw", { photoId: 5, box: [0.75, 0.6, 0.1, 0.15] }],
    ["save-album", { name: "Both", query: { all: [ana, ben], from: "2001" } }],
    ["save-album", { name: "Small", query: { faces: 2 } }],
  );
}

describe("round trip", () => {
  it("loses nothing: exported, imported into a fresh library of the same photos, exported again, it is the same", async () => {
    sayEverything("a");
    const document = await exported("a");
    expect(document.people.map((person) => [person.name, person.state])).toEqual([
      ["Ana", "named"],
      ["Ana", "hidden"],
      ["Ben", "named"],
      ["Cleo", "named"],
      ["Nobody of note", "stranger"],
    ]);
    // Ten of which something was said, and three that stand beside drawn ones.
    expect(document.photos.flatMap((photo) => photo.faces)).toHaveLength(13);
    expect([document.apart.length, document.albums.length]).toEqual([1, 2]);
    // The same photos, their faces under other ids.
    photograph("b", 4, 6);
    photograph("b", 1, 3);
    const result = await imported("b", document);
    expect(result).toMatchObject({ people: 5, waiting: 0, conflicts: 0 });
    expect(result.sentence).toBe(`Imported ${result.changed} faces and 5 people.`);
    expect(outcome(await exported("b"))).toEqual(outcome(document));
    checkLibrary(join(dir, "b"));
    // And home again: everything is known.
    const home = await imported("a", await exported("b"));
    expect(home).toMatchObject({ decisionId: 0, changed: 0, conflicts: 0, sentence: "Everything in this file is known here already." });
    expect(outcome(await exported("a"))).toEqual(outcome(document));
  });

  it("is one decision: taken back nothing is left of it, done again all is there", async () => {
    sayEverything("a");
    const document = await exported("a");
    photograph("b", 1, 6);
    const before = await exported("b");
    await imported("b", document);
    const engine = await opened("b");
    expect((await engine.request("history", {})).items.map((entry) => [entry.kind, entry.canTakeBack])).toEqual([["import", true]]);
    await engine.request("undo", {});
    expect(outcome(await engine.request("export", {}))).toEqual(outcome(before));
    await engine.request("redo", {});
    expect(outcome(await engine.request("export", {}))).toEqual(outcome(document));
    await closed(engine);
    checkLibrary(join(dir, "b"));
  });
});

describe("merging", () => {
  it("lets what was said here stand, and says how much differs", async () => {
    sayEverything("a");
    const document = await exported("a");
    photograph("b", 1, 6);
    const [anna = 0] = say("b", ["move", { faceIds: [1, 3, 7], name: "Anna" }], ["move", { faceIds: [9], name: "Dora" }]);
    say("b", ["birthday", { personId: anna, date: "1990-03-15" }], ["reject", { faceIds: [5], personId: anna }]);
    const result = await imported("b", document);
    // Ana is Anna (two of three faces): another name, another day, one face she is said not to be; and Dora's face is none there.
    expect(result).toMatchObject({ conflicts: 4 });
    expect(result.sentence).toContain("4 things in it differ from what was said here; what was said here stands.");
    const engine = await opened("b");
    const people = (await engine.request("people.list", { show: "named", sort: "name" })).items;
    expect(people.map((person) => person.name)).toEqual(["Anna", "Ben", "Cleo", "Dora"]);
    expect((await engine.request("person.get", { personId: anna })).birthday).toBe("1990-03-15");
  });

  it("takes people of one name for one only when they share a face", async () => {
    photograph("a", 1, 3);
    say("a", ["move", { faceIds: [1, 3], name: "Ana" }], ["move", { faceIds: [2, 4], name: "Ben" }]);
    photograph("b", 1, 3);
    say("b", ["move", { faceIds: [5], name: "Ana" }], ["move", { faceIds: [2], name: "ben" }]);
    expect(await imported("b", await exported("a"))).toMatchObject({ conflicts: 1, changed: 3 });
    const engine = await opened("b");
    const people = (await engine.request("people.list", { show: "named", sort: "name" })).items;
    expect(people.map((person) => [person.name, person.confirmed])).toEqual([
      ["Ana", 1],
      ["Ana", 2],
      ["ben", 2],
    ]);
  });

  it("knows a person by the file's id again, after the name was given to other photos", async () => {
    photograph("a", 1, 2);
    say("a", ["move", { faceIds: [1], name: "Ana" }]);
    photograph("b", 1, 4);
    await imported("b", await exported("a"));
    // Nothing of what the second file says is shared but the id.
    const document = await exported("a");
    const face = { box: [...boxes[1]] as [number, number, number, number], source: "detected" as const, is: document.people[0]?.id ?? "" };
    const second = { ...document, photos: [{ hash: hash(4), faces: [face] }] };
    expect(await imported("b", second)).toMatchObject({ people: 1, changed: 1, conflicts: 0 });
    const engine = await opened("b");
    expect((await engine.request("people.list", { show: "named" })).items.map((person) => [person.name, person.confirmed])).toEqual([
      ["Ana", 2],
    ]);
  });

  it("keeps a name whose face is not found here by drawing it", async () => {
    photograph("a", 1, 1);
    say("a", ["move", { faceIds: [2], name: "Ana" }]);
    photograph("b", 1, 1, [boxes[0], [0.9, 0.9, 0.05, 0.05]]);
    await imported("b", await exported("a"));
    const engine = await opened("b");
    const [tile] = (await engine.request("photos.list", {})).items;
    const faces = (await engine.request("photo.get", { photoId: tile?.id ?? 0 })).faceList;
    expect(faces.filter((face) => face.source === "imported").map((face) => [face.name, face.box])).toEqual([["Ana", [...boxes[1]]]]);
  });
});

describe("photos that are not here yet", () => {
  it("get their share when they are read, once, and what was taken back stays so", async () => {
    sayEverything("a");
    const document = await exported("a");
    // Photos 4 to 6 come later.
    photograph("b", 1, 3);
    const result = await imported("b", document);
    expect(result.waiting).toBe(4);
    expect(result.sentence).toContain("4 faces wait for photos that are not in this library yet.");
    photograph("b", 4, 6);
    const engine = await opened("b");
    // A reading of no folder at all: what matters comes at its end.
    const read = async (): Promise<void> => {
      await engine.request("index", { folders: [dir] });
    };
    await read();
    const shared = await engine.request("export", {});
    expect(outcome(shared)).toEqual(outcome(document));
    const [share] = (await engine.request("history", {})).items;
    expect(share).toMatchObject({ kind: "carry", canTakeBack: true });
    await engine.request("undo", { decisionId: share?.decisionId ?? 0 });
    await read();
    expect((await engine.request("history", {})).items.filter((entry) => entry.kind === "carry")).toHaveLength(1);
    await closed(engine);
    checkLibrary(join(dir, "b"));
  });

  it("everything waits in an empty library, and people are there by name at once", async () => {
    sayEverything("a");
    const document = await exported("a");
    photograph("b", 9, 9);
    const result = await imported("b", document);
    expect(result).toMatchObject({ people: 5, changed: 0, waiting: 10 });
    const engine = await opened("b");
    expect((await engine.request("people.list", { show: "named", sort: "name" })).items.map((person) => person.name)).toEqual([
      "Ana",
      "Ben",
      "Cleo",
    ]);
    await closed(engine);
    photograph("b", 1, 6);
    const again = await opened("b");
    await again.request("index", { folders: [dir] });
    expect(outcome(await again.request("export", {}))).toEqual(outcome(document));
  });
});

describe("files that are none", () => {
  it.each([
    ["a list", [], "not a file that Familiar exported"],
    ["another program's", { format: "digikam", version: 1 }, "not a file that Familiar exported"],
    ["a newer one", { format: "familiar decisions", version: 2, people: {} }, "exported by a newer Familiar"],
    ["half a one", { format: "familiar decisions", version: 1, people: [] }, "damaged"],
    ["one with a foreign hash", change({ photos: [{ hash: "../../etc", faces: [] }] }), "damaged"],
    ["one with a box of nothing", change({ photos: [{ hash: hash(1), faces: [{ box: [0, 0, null, 1], source: "drawn" }] }] }), "damaged"],
    ["one that names nobody", change({ photos: [{ hash: hash(1), faces: [{ box: boxes[0], source: "drawn", is: "x" }] }] }), "damaged"],
    ["one with a person twice", change({ people: [someone("1"), someone("1")] }), "damaged"],
    ["one with an impossible day", change({ people: [{ ...someone("1"), birthday: "2001-02-30" }] }), "damaged"],
    ["one with a name of nothing", change({ people: [{ ...someone("1"), name: "\u200b" }] }), "damaged"],
  ])("%s is refused with a plain sentence, and nothing is changed", async (_, document, words) => {
    photograph("b", 1, 1);
    const engine = await opened("b");
    await expect(engine.request("import", { document })).rejects.toMatchObject({
      code: "bad-request",
      sentence: expect.stringMatching(new RegExp(`${words}.*Nothing was changed\\.$`, "u")) as unknown,
    });
    expect((await engine.request("history", {})).total).toBe(0);
  });
});

function someone(id: string) {
  return { id, name: "Ana", state: "named" };
}
function change(part: object): object {
  return { format: "familiar decisions", version: 1, people: [], apart: [], photos: [], albums: [], ...part };
}
