import { fileURLToPath } from "node:url";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import type { GroupInput, GroupPerson, GroupResult } from "../../../electron/engine/4-group/group-types.ts";
import { openSearcher } from "../../../electron/engine/4-group/neighbours.ts";
import { seededRandom } from "../../../electron/engine/4-group/random.ts";
import { pickRows } from "../../bench/grouping-planted.ts";
import { untouchedLibrary } from "../../bench/grouping-library.ts";
import { planted } from "./planted.ts";

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

export interface GroupingToll {
  readonly groupings: number;
  /** Things said in all. */
  readonly said: number;
  /** What did not hold, with the history and the turn. */
  readonly broken: readonly string[];
}

/**
 * Random histories of a person who names, rejects, keeps apart, dates births and takes back, with a grouping after every three things
 * said, six in a row, grown or anew. After each: is everything that was said still so? `seed` makes them other ones.
 */
export async function playGroupings(histories: number, seed = 11, onHistory?: (played: number) => void): Promise<GroupingToll> {
  const random = seededRandom(seed);
  const library = planted(1500);
  const searcher = await openSearcher();
  const wrong: string[] = [];
  let [groupings, said] = [0, 0];
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
      const result = await groupFaces(input, { searcher, checkMixed: false, mode, onlyNew: random() < 0.2 });
      wrong.push(...broken(input, result).map((what) => `history ${history}, turn ${turn}, ${mode}: ${what}`));
      groupings++;
      previous = new Int32Array(result.personId);
      for (let spoken = 0; spoken < 3; spoken++, said++) speak(word, previous, random);
    }
    onHistory?.(history + 1);
  }
  await searcher.close();
  return { groupings, said, broken: wrong };
}

/** `node test/engine/4-group/random-groupings.ts [histories] [seed]`: ten thousand unless told otherwise. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const histories = Number(process.argv[2] ?? 10_000);
  const toll = await playGroupings(histories, Number(process.argv[3] ?? 11), (played) => {
    if (played % 1000 === 0) console.log(`  ${played} histories`);
  });
  for (const what of toll.broken.slice(0, 20)) console.log(`  ${what}`);
  console.log(`${histories} histories, ${toll.groupings} groupings, ${toll.said} things said: ${toll.broken.length} broken`);
  process.exitCode = toll.broken.length === 0 ? 0 : 1;
}
