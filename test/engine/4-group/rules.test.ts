import { describe, expect, it } from "vitest";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import type { GroupPerson } from "../../../electron/engine/4-group/group-types.ts";
import { pickRows } from "../../bench/grouping-planted.ts";
import { untouchedLibrary } from "../../bench/grouping-library.ts";
import { playGroupings } from "./random-groupings.ts";
import { planted } from "./planted.ts";

const quick = { checkMixed: false } as const;

describe("what a person said", () => {
  it("holds through 300 random histories (ten thousand: npm run test:faults)", async () => {
    const { groupings, broken } = await playGroupings(300);
    expect(broken).toEqual([]);
    expect(groupings).toBe(300 * 6);
  });

  it("never joins two that must not be one, however alike", async () => {
    const vectors = new Float32Array(8 * 4);
    for (let row = 0; row < 8; row++) vectors[row * 4] = 1;
    const dataset = { name: "", dimensions: 4, vectors, person: new Int32Array(8), norms: new Float32Array(8).fill(100), names: [] };
    const previous = Int32Array.of(1, 1, 1, 1, 2, 2, 2, 2);
    const input = untouchedLibrary(dataset, planted(1500).calibration, { previous, neverMerge: [[1, 2]] });
    for (const mode of ["grow", "anew"] as const) expect([...(await groupFaces(input, { mode })).personId]).toEqual([...previous]);
    const free = await groupFaces({ ...input, neverMerge: [] });
    expect(new Set(free.personId)).toEqual(new Set([1]));
    expect(free.retired).toEqual([{ from: 2, into: 1, faces: 4, grewTogether: true }]);
  });
});

describe("two faces in one photo", () => {
  const library = planted(1500);
  const sizes = new Map<number, number[]>();
  for (const [row, who] of library.person.entries()) if ((library.norms[row] ?? 0) > 60) sizes.set(who, [...(sizes.get(who) ?? []), row]);
  const [rows = []] = [...sizes.values()].sort((a, b) => b.length - a.length);
  const faces = pickRows(library, rows.slice(0, 12));

  it("are not the same person, unless a person says so", async () => {
    const photoIds = Int32Array.from(faces.person, (_, row) => (row < 2 ? 1 : row + 10));
    const apart = await groupFaces(untouchedLibrary(faces, library.calibration, { photoIds }), quick);
    expect(apart.personId[0] === apart.personId[1] && apart.personId[0] !== 0).toBe(false);
    // The weaker one is put out, the group itself stays whole.
    expect(new Set([...apart.personId].slice(2)).size).toBe(1);
    const confirmed = Int32Array.from(faces.person, (_, row) => (row < 2 ? 9 : 0));
    const people: GroupPerson[] = [{ id: 9, state: "named", birthday: NaN }];
    const mirror = await groupFaces(untouchedLibrary(faces, library.calibration, { photoIds, confirmed, people }), quick);
    expect([...mirror.personId.subarray(0, 2)]).toEqual([9, 9]);
  });

  it("in photo after photo are two people", async () => {
    const twins = pickRows(library, [...rows.slice(0, 6), ...rows.slice(0, 6)]);
    const photoIds = Int32Array.from(twins.person, (_, row) => 1 + (row % 6));
    const result = await groupFaces(untouchedLibrary(twins, library.calibration, { photoIds }), quick);
    for (let photo = 0; photo < 6; photo++) {
      const pair = [result.personId[photo], result.personId[photo + 6]];
      expect(pair[0] === pair[1] && pair[0] !== 0).toBe(false);
    }
  });
});
