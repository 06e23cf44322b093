import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { checkLibrary } from "../3-keep/histories.ts";
import { boxes, closed, dir, exported, hash, imported, opened, outcome, photograph, say, sayEverything } from "./portable-libraries.ts";

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

  it("go with the import when it is taken back, and come with it when it is done again, over restarts", async () => {
    sayEverything("a");
    const document = await exported("a");
    photograph("b", 1, 3);
    const before = await exported("b");
    await imported("b", document);
    photograph("b", 4, 5);
    const read = async (): Promise<void> => {
      const engine = await opened("b");
      await engine.request("index", { folders: [dir] });
      await closed(engine);
    };
    await read();
    photograph("b", 6, 6);
    await read();
    expect(outcome(await exported("b"))).toEqual(outcome(document));
    let engine = await opened("b");
    const told = (await engine.request("history", {})).items;
    expect(told.map(({ kind, canTakeBack }) => [kind, canTakeBack])).toEqual([
      ["carry", true],
      ["carry", true],
      ["import", true],
    ]);
    await engine.request("undo", {});
    expect(outcome(await engine.request("export", {}))).toEqual(outcome(before));
    expect((await engine.request("history", {})).items.map(({ undone }) => undone)).toEqual([true, true, true]);
    await closed(engine);
    await read();
    expect(outcome(await exported("b"))).toEqual(outcome(before));
    engine = await opened("b");
    await engine.request("redo", {});
    expect(outcome(await engine.request("export", {}))).toEqual(outcome(document));
    await closed(engine);
    await read();
    expect(outcome(await exported("b"))).toEqual(outcome(document));
    checkLibrary(join(dir, "b"));
  });

  it("do not let the import go when something later builds on it, and say what", async () => {
    sayEverything("a");
    const document = await exported("a");
    photograph("b", 1, 3);
    await imported("b", document);
    const keep = openKeep({ libraryDir: join(dir, "b") });
    const cleo = keep.reads.people({ show: "named", sort: "name", offset: 0, limit: 10 }).items.find((one) => one.name === "Cleo")?.id ?? 0;
    keep.close();
    say("b", ["rename", { personId: cleo, name: "Cleo Mendes" }]);
    photograph("b", 4, 6);
    const engine = await opened("b");
    await engine.request("index", { folders: [dir] });
    const [standing] = (await engine.request("history", {})).items.filter((entry) => entry.kind === "import");
    expect(standing).toMatchObject({ canTakeBack: false, blocked: { kind: "rename", faces: 0, more: 0 } });
    await expect(engine.request("undo", { decisionId: standing?.decisionId ?? 0 })).rejects.toMatchObject({ code: "undo-blocked" });
    await engine.request("undo", {});
    expect((await engine.request("history", {})).items.find((entry) => entry.kind === "import")?.canTakeBack).toBe(true);
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

describe("copies of one library", () => {
  it("that went on apart do not take a number for a person: somebody nameless here is not given a name from there", async () => {
    photograph("a", 1, 3);
    const [ana = 0] = say("a", ["move", { faceIds: [1, 3], name: "Ana" }]);
    await exported("a");
    cpSync(join(dir, "a"), join(dir, "b"), { recursive: true });
    // The same number is given twice, to two who have nothing in common.
    const [zoe] = say("a", ["move", { faceIds: [6], name: "Zoë" }]);
    const [other = 0] = say("b", ["split", { personId: ana, faceIds: [3] }]);
    expect(other).toBe(zoe);
    say("b", ["stranger", { personId: other }]);
    await imported("b", await exported("a"));
    const engine = await opened("b");
    const people = (await engine.request("people.list", { show: "all", sort: "name" })).items;
    expect(people.map((person) => [person.name, person.confirmed])).toEqual([
      ["Ana", 1],
      ["Zoë", 1],
      [null, 1],
    ]);
  });
});
