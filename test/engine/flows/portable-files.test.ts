import { describe, expect, it } from "vitest";
import { searchQuery } from "../../../electron/contract/args.ts";
import { portableQuery } from "../../../electron/contract/portable.ts";
import { boxes, hash, imported, opened, photograph } from "./portable-libraries.ts";

describe("files that are none", () => {
  it("an odd one of the right kind is taken for what it says, and no more", async () => {
    photograph("b", 1, 1);
    const faces = [{ box: boxes[0], source: "detected", is: "__proto__", isNot: ["constructor"], ["__proto__"]: { is: "x" } }];
    const odd = JSON.parse(
      JSON.stringify(
        change({
          people: [someone("__proto__"), { ...someone("constructor"), name: "\u202eBen\u0000 " }],
          photos: [{ hash: hash(1), faces }],
          albums: [
            { name: "Fewer", query: { all: ["__proto__"] } },
            { name: "By the moon", query: { all: ["__proto__"], moon: "full" } },
          ],
          later: { than: "this" },
        }),
      ),
    ) as object;
    expect(await imported("b", odd)).toMatchObject({ people: 2, changed: 1, conflicts: 1 });
    const engine = await opened("b");
    const people = (await engine.request("people.list", { show: "all", sort: "name" })).items;
    expect(people.map((person) => [person.name, person.confirmed])).toEqual([
      ["Ana", 1],
      ["Ben", 0],
    ]);
    // Without its other condition the second album would find too much.
    expect((await engine.request("albums.list", {})).map((album) => album.name)).toEqual(["Fewer"]);
    expect(({} as { is?: string }).is).toBeUndefined();
  });

  it("knows every condition that an album can have", () => {
    expect(Object.keys(searchQuery.entries).filter((condition) => !(condition in portableQuery))).toEqual([]);
  });

  it.each([
    ["a list", [], "not a file that Familiar exported"],
    ["another program's", { format: "digikam", version: 1 }, "not a file that Familiar exported"],
    ["a newer one", { format: "familiar decisions", version: 2, people: {} }, "exported by a newer Familiar"],
    ["half a one", { format: "familiar decisions", version: 1, people: [] }, "damaged"],
    ["one with a foreign hash", change({ photos: [{ hash: "../../etc", faces: [] }] }), "damaged"],
    ["one with a box of nothing", change({ photos: [{ hash: hash(1), faces: [{ box: [0, 0, null, 1], source: "drawn" }] }] }), "damaged"],
    ["one with a box without a size", drawing([0.1, 0.1, 0, 0.2]), "damaged"],
    ["one with a box turned inside out", drawing([0.5, 0.5, -0.2, -0.2]), "damaged"],
    ["one with a box beside the photo", drawing([1.2, 0.1, 0.2, 0.2]), "damaged"],
    ["one with lists in lists without end", change({ people: JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown }), "damaged"],
    ["one with a number for a name", change({ people: [{ ...someone("1"), name: 7 }] }), "damaged"],
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

function drawing(box: readonly number[]): object {
  return change({ photos: [{ hash: hash(1), faces: [{ box, source: "drawn" }] }] });
}
function someone(id: string) {
  return { id, name: "Ana", state: "named" };
}
function change(part: object): object {
  return { format: "familiar decisions", version: 1, people: [], apart: [], photos: [], albums: [], ...part };
}
