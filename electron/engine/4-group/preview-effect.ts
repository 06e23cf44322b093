import { groupFaces } from "./group-faces.ts";
import type { GroupInput, GroupOptions, GroupResult } from "./group-types.ts";
import { dot } from "./vectors.ts";
import { settings } from "../settings.ts";

/** Two faces that a change would bring together or take apart. */
export interface SamplePair {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}
/** What moving the "how daring" slider would do. Nothing is applied. */
export interface DaringEffect {
  /** Groups of two or more, before and after. */
  readonly groupsBefore: number;
  readonly groupsAfter: number;
  /** Faces in a group, before and after. */
  readonly groupedBefore: number;
  readonly groupedAfter: number;
  /** Groups (or lone faces) that would be joined to others, and those that would fall apart. */
  readonly joined: number;
  readonly parted: number;
  /** The most doubtful examples of each, least alike first. */
  readonly together: readonly SamplePair[];
  readonly apart: readonly SamplePair[];
}

/** The effect, and the grouping as it is: given again, the next preview of the same faces need not make it. */
export interface DaringPreview {
  readonly effect: DaringEffect;
  readonly now: GroupResult;
}

/** Groups as it is (unless `now` says) and as it would be, and says what is different. With kept neighbours about 2 s at 100,000 faces. */
export async function previewDaring(
  input: GroupInput,
  alpha: number,
  options: GroupOptions = {},
  now: GroupResult | null = null,
): Promise<DaringPreview> {
  const quiet: GroupOptions = { ...options, mode: "anew", checkMixed: false, questions: 0 };
  let temporary = 2 ** 30;
  const run = (value: number, from: GroupResult | null): Promise<GroupResult> =>
    groupFaces({ ...input, alpha: value, neighbours: from?.neighbours ?? input.neighbours ?? null, nextId: () => temporary++ }, quiet);
  const before = now ?? (await run(input.alpha, null));
  const after = await run(alpha, before);
  return { effect: comparePartitions(input, before.personId, after.personId), now: before };
}

/** What is different between two groupings of the same faces (0: in no group). */
export function comparePartitions(
  input: Pick<GroupInput, "faceIds" | "vectors" | "dimensions">,
  before: Int32Array,
  after: Int32Array,
): DaringEffect {
  const together = crossings(input, before, after);
  const apart = crossings(input, after, before);
  const groups = (label: Int32Array): number => new Set(label.filter((id) => id !== 0)).size;
  const grouped = (label: Int32Array): number => label.reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0);
  return {
    groupsBefore: groups(before),
    groupsAfter: groups(after),
    groupedBefore: grouped(before),
    groupedAfter: grouped(after),
    joined: together.count,
    parted: apart.count,
    together: together.pairs,
    apart: apart.pairs,
  };
}

/** Pieces of `one` that share a group of `two` with another piece, beyond the first; and the least alike pairs across. */
function crossings(
  { faceIds, vectors, dimensions: d }: Pick<GroupInput, "faceIds" | "vectors" | "dimensions">,
  one: Int32Array,
  two: Int32Array,
): { readonly count: number; readonly pairs: readonly SamplePair[] } {
  const pieces = new Map<number, Map<string, number>>();
  for (let row = 0; row < two.length; row++) {
    const group = two[row] as number;
    if (group === 0) continue;
    const piece = one[row] === 0 ? `lone ${row}` : `${one[row]}`;
    const its = pieces.get(group) ?? new Map<string, number>();
    if (!its.has(piece)) its.set(piece, row);
    pieces.set(group, its);
  }
  let count = 0;
  const pairs: SamplePair[] = [];
  for (const its of pieces.values()) {
    const [first, ...rest] = its.values();
    count += rest.length;
    if (first === undefined) continue;
    for (const row of rest) {
      const similarity = dot(vectors, first * d, vectors, row * d, d);
      pairs.push({ a: faceIds[first] as number, b: faceIds[row] as number, similarity });
    }
  }
  return { count, pairs: pairs.sort((x, y) => x.similarity - y.similarity || x.a - y.a).slice(0, settings.shown.samplePairs) };
}

/** What moving the "show as to check" slider would do: proposals above the rate now and then, with the faces on the edge. */
export interface CheckEffect {
  readonly toCheckBefore: number;
  readonly toCheckAfter: number;
  /** Faces that would change sides, those nearest the new rate first. */
  readonly changing: readonly number[];
}

/** `far`: false-accept rate of each proposal, NaN for faces that are none. Immediate. */
export function previewCheck(faceIds: Int32Array, far: Float64Array, before: number, after: number): CheckEffect {
  let [toCheckBefore, toCheckAfter] = [0, 0];
  const changing: { face: number; distance: number }[] = [];
  for (let row = 0; row < far.length; row++) {
    const rate = far[row] as number;
    if (Number.isNaN(rate)) continue;
    if (rate > before) toCheckBefore++;
    if (rate > after) toCheckAfter++;
    if (rate > before !== rate > after) changing.push({ face: faceIds[row] as number, distance: Math.abs(Math.log(rate / after)) });
  }
  changing.sort((x, y) => x.distance - y.distance || x.face - y.face);
  return { toCheckBefore, toCheckAfter, changing: changing.slice(0, settings.shown.samplePairs * 2).map(({ face }) => face) };
}
