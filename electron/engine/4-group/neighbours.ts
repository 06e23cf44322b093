import { floats, openSession, type Session } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import { gemmAboveModel, gemmTopKModel } from "./gemm-top-k.ts";
import type { Steps } from "./steps.ts";
import { gatherRows } from "./vectors.ts";

/** For each row its `k` nearest others, most alike first. `index` is -1 where there are fewer. */
export interface NeighbourRows {
  readonly k: number;
  /** Row numbers, `k` a row. */
  readonly index: Int32Array;
  /** Cosines, `k` a row. */
  readonly similarity: Float32Array;
}

/** The ONNX session of the search; open once, close when done. */
export interface Searcher {
  /** `k` largest cosines of each of `rows` x d against `columns` x d; calls back with blocks of values and column numbers. */
  topK(
    rows: Float32Array,
    columns: Float32Array,
    d: number,
    k: number,
  ): Promise<{ readonly values: Float32Array; readonly indices: BigInt64Array }>;
  /**
   * Cosines of `rows` x d against `columns` x d, sixteen columns together: those where the largest reaches what its row or one of its columns
   * looks for. For few rows against many, where picking the largest costs more. The number of columns must be a multiple of sixteen.
   */
  above(rows: Float32Array, columns: Float32Array, d: number, bars: Bars): Promise<Above>;
  close(): Promise<void>;
}

/** What is looked for. NaN reaches nothing. */
export interface Bars {
  /** Of each row: the cosine from which a column is of use to it. */
  readonly enough: Float32Array;
  /** Of each row: 2 where it is of no use to any column, -2 where it may be. */
  readonly closed: Float32Array;
  /** Of sixteen columns each: the cosine from which a row is of use to one of them. */
  readonly least: Float32Array;
}
/** Rows, then groups of sixteen columns, ascending; and the cosines of these, sixteen each. */
export interface Above {
  readonly rows: Int32Array;
  readonly groups: Int32Array;
  readonly scores: Float32Array;
}

/** Columns that are looked at together. */
const together = 16;

/** Opens the search on the CPU with so many threads. */
export async function openSearcher(threads = 1): Promise<Searcher> {
  const session: Session = await openSession(gemmTopKModel(), { provider: "cpu", threads });
  let few: Promise<Session> | null = null;
  return {
    async topK(rows, columns, d, k) {
      const m = rows.length / d;
      const n = columns.length / d;
      const result = await session.run({
        a: { data: rows, dims: [m, d] },
        b: { data: columns, dims: [n, d] },
        k: { data: BigInt64Array.of(BigInt(Math.min(k, n))), dims: [1] },
      });
      const indices = result["indices"]?.data;
      return { values: floats(result, "values").data, indices: indices instanceof BigInt64Array ? indices : new BigInt64Array(0) };
    },
    async above(rows, columns, d, { enough, closed, least }) {
      few ??= openSession(gemmAboveModel(), { provider: "cpu", threads });
      const [m, n] = [rows.length / d, columns.length / d];
      const result = await (
        await few
      ).run({
        a: { data: rows, dims: [m, d] },
        b: { data: columns, dims: [n, d] },
        shape: { data: BigInt64Array.from([m, n / together, together], BigInt), dims: [3] },
        enough: { data: enough, dims: [m, 1] },
        closed: { data: closed, dims: [m, 1] },
        least: { data: least, dims: [1, n / together] },
      });
      const where = result["where"]?.data;
      const both = where instanceof Int32Array ? where : new Int32Array(0);
      const count = both.length / 2;
      return { rows: both.subarray(0, count), groups: both.subarray(count), scores: floats(result, "found").data };
    },
    async close() {
      await session.close();
      await (await few)?.close();
    },
  };
}

/** Empty lists for `rows` rows. */
export function emptyNeighbours(rows: number, k: number): NeighbourRows {
  return { k, index: new Int32Array(rows * k).fill(-1), similarity: new Float32Array(rows * k).fill(-2) };
}

/**
 * Puts one candidate into a row's list. Exactly equal cosines are ordered by row number, so that the result does not depend on
 * the order of blocks. A candidate already there is left out.
 */
export function offer(lists: NeighbourRows, row: number, candidate: number, similarity: number): void {
  const { k, index, similarity: values } = lists;
  const from = row * k;
  let place = from + k - 1;
  const last = values[place] as number;
  if (similarity < last || (similarity === last && (index[place] as number) >= 0 && candidate > (index[place] as number))) return;
  for (let i = from; i < from + k; i++) if (index[i] === candidate) return;
  while (
    place > from &&
    ((values[place - 1] as number) < similarity ||
      (values[place - 1] === similarity && ((index[place - 1] as number) < 0 || (index[place - 1] as number) > candidate)))
  ) {
    values[place] = values[place - 1] as number;
    index[place] = index[place - 1] as number;
    place--;
  }
  values[place] = similarity;
  index[place] = candidate;
}

/**
 * Exact search: offers every one of `rows` its nearest among `columns` (both are row numbers of `vectors`; a row is not its own
 * neighbour). Blocks of 256 x 20,000 through ONNX Gemm + TopK: no n x n matrix ever exists. `placeOf`: where in `lists` the row at
 * that place of `rows` stands; under its own number unless given.
 */
export async function searchExactly(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  rows: Int32Array,
  columns: Int32Array,
  lists: NeighbourRows,
  steps: Steps,
  placeOf: (at: number) => number = (at) => rows[at] as number,
): Promise<void> {
  const { rows: high, columns: wide } = settings.group.block;
  for (let c = 0; c < columns.length; c += wide) {
    const c1 = Math.min(columns.length, c + wide);
    const block = blockOf(vectors, d, columns, c, c1);
    for (let r = 0; r < rows.length; r += high) {
      const r1 = Math.min(rows.length, r + high);
      const found = await searcher.topK(blockOf(vectors, d, rows, r, r1), block, d, lists.k + 1);
      const got = found.values.length / (r1 - r);
      for (let i = 0; i < r1 - r; i++) {
        const row = rows[r + i] as number;
        for (let j = 0; j < got; j++) {
          const column = columns[c + Number(found.indices[i * got + j])] as number;
          if (column !== row) offer(lists, placeOf(r + i), column, found.values[i * got + j] as number);
        }
      }
      await steps.breathe((c * rows.length + (c1 - c) * r1) / (rows.length * columns.length));
    }
  }
}

export interface Newcomers {
  /** Rows to compare with everything. */
  readonly rows: Int32Array;
  /** 1: may be a neighbour. */
  readonly seeds: Uint8Array;
  /** 1: may have neighbours. */
  readonly usable: Uint8Array;
  /** 1: the row's list stands and only needs the newcomers. */
  readonly kept: Uint8Array;
  /** 1: the row is not yet in the lists of others. */
  readonly fresh: Uint8Array;
}

/** Few rows against all, both ways in one pass: the newcomers find their neighbours, and old rows the newcomers. */
export async function searchNewcomers(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  { rows, seeds, usable, kept, fresh }: Newcomers,
  lists: NeighbourRows,
  steps: Steps,
): Promise<void> {
  const { rows: high, columns: wide } = settings.group.newcomers;
  const n = seeds.length;
  const { k, similarity } = lists;
  // From the newest backwards: new faces are mostly of those who were there last, and then little of the rest is near enough.
  for (let c = Math.floor((n - 1) / wide) * wide; c >= 0; c -= wide) {
    const c1 = Math.min(n, c + wide);
    const block = wholeBlock(vectors, d, usable, c, c1);
    // What a newcomer has to reach in each old row's list.
    const least = new Float32Array(block.length / d).fill(Infinity);
    for (let i = 0; i < c1 - c; i++) if (kept[c + i] === 1) least[i] = similarity[(c + i + 1) * k - 1] as number;
    const lowest = lowestOf(least);
    for (let r = 0; r < rows.length; r += high) {
      const some = rows.subarray(r, Math.min(rows.length, r + high));
      const bars = {
        enough: Float32Array.from(some, (row) => similarity[(row + 1) * k - 1] as number),
        closed: Float32Array.from(some, (row) => (fresh[row] === 1 ? -2 : 2)),
        least: lowest,
      };
      const found = await searcher.above(blockOf(vectors, d, rows, r, r + some.length), block, d, bars);
      takeBothWays(found, some, c, least, lowest, { seeds, fresh }, lists);
    }
    await steps.breathe(1 - c / n);
  }
}

/** Columns `from`..`to` in a multiple of `together`; rows that were set aside are zeros, so that no NaN hides what stands beside it. */
function wholeBlock(vectors: Float32Array, d: number, usable: Uint8Array, from: number, to: number): Float32Array {
  const width = Math.ceil((to - from) / together) * together;
  let clean = width === to - from;
  for (let row = from; row < to && clean; row++) clean = usable[row] === 1;
  if (clean) return vectors.subarray(from * d, to * d);
  const block = new Float32Array(width * d);
  block.set(vectors.subarray(from * d, to * d));
  for (let row = from; row < to; row++) if (usable[row] !== 1) block.fill(0, (row - from) * d, (row - from + 1) * d);
  return block;
}

/** Of sixteen each the lowest. */
function lowestOf(least: Float32Array): Float32Array {
  return Float32Array.from({ length: least.length / together }, (_, group) => lowestAt(least, group));
}
function lowestAt(least: Float32Array, group: number): number {
  let lowest = Infinity;
  for (let j = group * together; j < (group + 1) * together; j++) lowest = Math.min(lowest, least[j] as number);
  return lowest;
}

/**
 * Offers what was found both ways. `least`: what a newcomer has to reach in the list of each column; `lowest`: of sixteen columns each the
 * lowest of that. Both rise with what is offered.
 */
function takeBothWays(
  found: Above,
  rows: Int32Array,
  first: number,
  least: Float32Array,
  lowest: Float32Array,
  { seeds, fresh }: Pick<Newcomers, "seeds" | "fresh">,
  lists: NeighbourRows,
): void {
  const { k, similarity } = lists;
  const last = seeds.length - first;
  for (let one = 0; one < found.rows.length; one++) {
    const row = rows[found.rows[one] as number] as number;
    const group = found.groups[one] as number;
    const isFresh = fresh[row] === 1;
    let enough = similarity[(row + 1) * k - 1] as number;
    let rose = false;
    const from = group * together;
    for (let j = from; j < Math.min(last, from + together); j++) {
      const score = found.scores[one * together + j - from] as number;
      if (first + j === row) continue;
      if (score >= enough && seeds[first + j] === 1) {
        offer(lists, row, first + j, score);
        enough = similarity[(row + 1) * k - 1] as number;
      }
      if (isFresh && score >= (least[j] as number)) {
        offer(lists, first + j, row, score);
        least[j] = similarity[(first + j + 1) * k - 1] as number;
        rose = true;
      }
    }
    if (rose) lowest[group] = lowestAt(least, group);
  }
}

/** For each of `rows` the largest cosine with any other row that counts (`counts` 1; those must be usable), -1 where there is none. */
export async function nearestOthers(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  rows: Int32Array,
  { counts, usable }: { readonly counts: Uint8Array; readonly usable: Uint8Array },
): Promise<Float32Array> {
  const best = new Float32Array(rows.length).fill(-1);
  if (rows.length === 0) return best;
  const asked = gatherRows(vectors, d, rows);
  const closed = new Float32Array(rows.length).fill(2);
  const { columns: wide } = settings.group.newcomers;
  for (let from = 0; from < counts.length; from += wide) {
    const to = Math.min(counts.length, from + wide);
    const block = wholeBlock(vectors, d, usable, from, to);
    const least = new Float32Array(block.length / d / together).fill(2);
    const found = await searcher.above(asked, block, d, { enough: best, closed, least });
    for (let one = 0; one < found.rows.length; one++) {
      const i = found.rows[one] as number;
      const first = (found.groups[one] as number) * together;
      for (let j = first; j < Math.min(to - from, first + together); j++) {
        const score = found.scores[one * together + j - first] as number;
        if (score > (best[i] as number) && counts[from + j] === 1 && from + j !== rows[i]) best[i] = score;
      }
    }
  }
  return best;
}

/** Rows as one matrix; a view where they are consecutive. */
function blockOf(vectors: Float32Array, d: number, rows: Int32Array, from: number, to: number): Float32Array {
  const first = rows[from] as number;
  if ((rows[to - 1] as number) - first === to - 1 - from) return vectors.subarray(first * d, (first + to - from) * d);
  return gatherRows(vectors, d, rows, from, to);
}
