import { describe, expect, it } from "vitest";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import type { GroupInput, GroupPerson, GroupResult } from "../../../electron/engine/4-group/group-types.ts";
import { seededRandom } from "../../../electron/engine/4-group/random.ts";
import { pickRows } from "../../bench/grouping-planted.ts";
import { untouchedLibrary } from "../../bench/grouping-library.ts";
import { planted } from "./planted.ts";

/** Random histories: `HISTORIES=10000` runs the whole property; a few hundred by default. */
const histories = Number(process.env["HISTORIES"] ?? 300);
const quick = { checkMixed: false } as const;

interface Word {
  readonly confirmed: Int32Array;
  readonly rejected: [number, number][];
  readonly neverMerge: [number, number][];
  readonly people: GroupPerson[];
}

/** One thing that a person may say, at random. */
function speak(word: Word, personId: Int32Array, random: () => number): void {
  const n = personId.length;
  const pick = (count: number): number => Math.floor(random() * count);
  const row = pick(n);
  const ids = [...new Set(personId)].filter((id) => id !== 0);
  const someone = ids[pick(ids.length)] ?? 0;
  const forget = (face: number, person: number): void => {
    const at = word.rejected.findIndex(([f, p]) => f === face && p === person);
    if (at >= 0) word.rejected.splice(at, 1);
  };
  const kind = pick(5);
  if (kind === 0 && someone !== 0) {
    word.confirmed[row] = someone;
    forget(row + 1, someone);
    if (!word.people.some(({ id }) => id === someone))
      word.people.push({ id: someone, state: pick(8) === 0 ? "stranger" : "named", birthday: NaN });
  } else if (kind === 1 && (personId[row] ?? 0) !== 0) {
    word.confirmed[row] = 0;
    word.rejected.push([row + 1, personId[row] ?? 0]);
  } else if (kind === 2) {
    const other = ids[pick(ids.length)] ?? 0;
    if (other !== someone) word.neverMerge.push([someone, other]);
  } else if (kind === 3) {
    const at = pick(word.people.length);
    const person = word.people[at];
    if (person) word.people[at] = { ...person, birthday: pick(1000) };
  } else word.confirmed[row] = 0;
}

/** A face that somebody took out of its group says nothing of that group any more, nor do those that may be like it. */
function countsTo(input: GroupInput, row: number): number {
  const [then, said] = [input.previous[row] ?? 0, input.confirmed[row] ?? 0];
  if (said !== 0) return said;
  const birthday = input.people.find(({ id }) => id === then)?.birthday ?? NaN;
  const taken = input.rejected.some(([, person]) => person === then);
  const twice = input.confirmed.some((person, other) => person === then && other !== row && input.photoIds[other] === input.photoIds[row]);
  return taken || twice || (input.takenAt[row] ?? 0) < birthday ? 0 : then;
}

function broken(input: GroupInput, { personId, retired }: GroupResult): string[] {
  const wrong: string[] = [];
  const counts = personId.map((_, row) => countsTo(input, row));
  const births = new Map(input.people.map(({ id, birthday }) => [id, birthday]));
  const said = new Map<number, Set<number>>();
  for (let row = 0; row < personId.length; row++) {
    const [id, confirmed] = [personId[row] ?? 0, input.confirmed[row] ?? 0];
    if (confirmed !== 0 && id !== confirmed) wrong.push(`face ${row + 1} was said to be ${confirmed}, is ${id}`);
    if (confirmed === 0 && id !== 0 && (input.takenAt[row] ?? 0) < (births.get(id) ?? NaN))
      wrong.push(`face ${row + 1} is older than ${id}`);
    if (id !== 0 && confirmed !== 0) said.set(id, (said.get(id) ?? new Set()).add(confirmed));
  }
  for (const [face, person] of input.rejected)
    if (personId[face - 1] === person && input.confirmed[face - 1] !== person) wrong.push(`face ${face} came back to ${person}`);
  for (const [a, b] of input.neverMerge) {
    const gone = retired.find(({ from, into, grewTogether }) => grewTogether && ((from === a && into === b) || (from === b && into === a)));
    if (gone) wrong.push(`${a} and ${b} became one`);
    const of = (id: number): number[] => [...personId.keys()].filter((row) => counts[row] === id && personId[row] !== 0);
    const now = new Set(of(a).map((row) => personId[row]));
    for (const row of of(b)) if (now.has(personId[row])) wrong.push(`a face of ${a} and face ${row + 1} of ${b} are ${personId[row] ?? 0}`);
  }
  for (const [id, people] of said) if (people.size > 1) wrong.push(`${id} holds ${[...people]}`);
  return wrong;
}

describe("what a person said", () => {
  it(`holds through ${histories} random histories`, async () => {
    const random = seededRandom(11);
    const library = planted(1500);
    for (let history = 0; history < histories; history++) {
      const size = 24 + Math.floor(random() * 40);
      const from = Math.floor(random() * (1500 - size));
      const faces = pickRows(
        library,
        Array.from({ length: size }, (_, i) => from + i),
      );
      const word: Word = { confirmed: new Int32Array(size), rejected: [], neverMerge: [], people: [] };
      let next = 100;
      let previous = new Int32Array(size);
      const photoIds = Int32Array.from({ length: size }, () => 1 + Math.floor(random() * size * 0.7));
      const takenAt = Float64Array.from({ length: size }, () => (random() < 0.2 ? NaN : Math.floor(random() * 1000)));
      for (let turn = 0; turn < 6; turn++) {
        const input = untouchedLibrary(faces, library.calibration, {
          ...word,
          previous,
          photoIds,
          takenAt,
          nextId: () => next++,
          alpha: 0.5,
        });
        const mode = random() < 0.3 ? "anew" : "grow";
        const result = await groupFaces(input, { ...quick, mode, onlyNew: random() < 0.2 });
        expect(broken(input, result), `history ${history}, turn ${turn}, ${mode}`).toEqual([]);
        previous = new Int32Array(result.personId);
        for (let said = 0; said < 3; said++) speak(word, previous, random);
      }
    }
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
