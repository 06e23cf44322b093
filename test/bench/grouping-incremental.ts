import { groupFaces } from "../../electron/engine/4-group/group-faces.ts";
import type { GroupOptions, GroupPerson, GroupResult } from "../../electron/engine/4-group/group-types.ts";
import type { NeighbourTable } from "../../electron/engine/4-group/neighbour-table.ts";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { untouchedLibrary, type LabelledFaces } from "./grouping-library.ts";
import { pickRows } from "./grouping-planted.ts";
import { adjustedRand, scoreGrouping } from "./grouping-scores.ts";

const quick: GroupOptions = { checkMixed: false, questions: 0 };

export interface IncrementalFigures {
  readonly ariToAllAtOnce: number;
  readonly idsKept: number;
  readonly confirmedChanged: number;
  readonly bcubedF: number;
  readonly allAtOnceF: number;
  readonly hard: number;
  readonly grewTogether: number;
  /** A fifth of the faces gone (a folder taken away): to all at once of the rest. And after they came back: to how it was, and ids that came back too. */
  readonly ariAfterRemoval: number;
  readonly ariAfterReturn: number;
  readonly idsAfterReturn: number;
}

/**
 * 70 % first, the rest in ten batches; the biggest people are confirmed after the first run; compared with everything at once. Then a fifth
 * goes away and comes back.
 */
export async function incremental(faces: LabelledFaces, calibration: Calibration, biggest = 60): Promise<IncrementalFigures> {
  const n = faces.person.length;
  const random = seededRandom(n);
  const order = Array.from({ length: n }, (_, row) => ({ row, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);
  const shuffled = pickRows(faces, order);
  const sizes = new Map<number, number>();
  for (const who of shuffled.person) sizes.set(who, (sizes.get(who) ?? 0) + 1);
  const known = new Map(
    [...sizes]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, biggest)
      .map(([who], place) => [who, place + 1]),
  );
  const first = Math.floor(n * 0.7);
  const ends = [first, ...Array.from({ length: 10 }, (_, batch) => Math.round(first + ((n - first) * (batch + 1)) / 10))];
  const people: GroupPerson[] = [...known.values()].map((id) => ({ id, state: "named", birthday: NaN }));
  const confirmed = shuffled.person.map((who, row) => (row < first ? (known.get(who) ?? 0) : 0));
  let next = 1000;
  const group = (rows: readonly number[], previous: Int32Array, neighbours: NeighbourTable | null): Promise<GroupResult> =>
    groupFaces(
      untouchedLibrary(pickRows(shuffled, rows), calibration, {
        faceIds: Int32Array.from(rows, (row) => row + 1),
        previous,
        confirmed: Int32Array.from(rows, (row) => confirmed[row] ?? 0),
        people,
        neighbours,
        nextId: () => next++,
      }),
      quick,
    );
  const everyone = Array.from({ length: n }, (_, row) => row);
  const run = (count: number, previous: Int32Array, before: GroupResult | null): Promise<GroupResult> =>
    group(everyone.slice(0, count), previous, before?.neighbours ?? null);
  let result: GroupResult | null = null;
  let [kept, had, confirmedChanged, grewTogether] = [0, 0, 0, 0];
  for (const count of ends) {
    const previous = new Int32Array(count);
    if (result) previous.set(result.personId);
    const now: GroupResult = await run(count, previous, result);
    if (result) {
      const alive = new Set(now.personId);
      const ids = new Set(result.personId.filter((id) => id !== 0));
      had += ids.size;
      for (const id of ids) if (alive.has(id)) kept++;
    }
    for (let row = 0; row < count; row++) if (confirmed[row] !== 0 && now.personId[row] !== confirmed[row]) confirmedChanged++;
    grewTogether += now.retired.filter((one) => one.grewTogether).length;
    result = now;
  }
  const all = await run(n, new Int32Array(n), null);
  const whole = result?.personId ?? new Int32Array(n);
  const scores = scoreGrouping(whole, shuffled.person);
  const gone = seededRandom(n + 1);
  const rest = everyone.filter(() => gone() >= 0.2);
  const of = (label: Int32Array, rows: readonly number[]): Int32Array => Int32Array.from(rows, (row) => label[row] ?? 0);
  const fewer = await group(rest, of(whole, rest), result?.neighbours ?? null);
  const anew = await group(rest, new Int32Array(rest.length), null);
  // Whoever was away stands where it stood.
  const previous = whole.slice();
  for (const [place, row] of rest.entries()) previous[row] = fewer.personId[place] ?? 0;
  const back = await group(everyone, previous, fewer.neighbours);
  const [before, after] = [whole, back.personId].map((ids) => new Set(ids));
  return {
    ariToAllAtOnce: adjustedRand(whole, all.personId),
    idsKept: kept / Math.max(1, had),
    confirmedChanged,
    bcubedF: scores.bcubedF,
    allAtOnceF: scoreGrouping(all.personId, shuffled.person).bcubedF,
    hard: scores.hard,
    grewTogether,
    ariAfterRemoval: adjustedRand(fewer.personId, anew.personId),
    ariAfterReturn: adjustedRand(back.personId, whole),
    idsAfterReturn: [...(before ?? [])].filter((id) => after?.has(id) === true).length / Math.max(1, before?.size ?? 1),
  };
}
