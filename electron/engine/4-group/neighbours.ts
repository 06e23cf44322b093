import { floats, openSession, type Session } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import { gemmTopKModel, gemmTopsModel } from "./gemm-top-k.ts";
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
   * All cosines of `rows` x d against `columns` x d, row by row, and the largest of every `together` in a row: for few rows against many,
   * where picking the largest costs more. The number of columns must be a multiple of `together`.
   */
  scores(rows: Float32Array, columns: Float32Array, d: number): Promise<{ readonly scores: Float32Array; readonly tops: Float32Array }>;
  close(): Promise<void>;
}

/** Cosines of which the search tells the largest. */
const together = 16;

/** Opens the search on the CPU with so many threads. */
export async function openSearcher(threads = 1): Promise<Searcher> {
  const session: Session = await openSession(gemmTopKModel(), { provider: "cpu", threads });
  let plain: Promise<Session> | null = null;
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
    async scores(rows, columns, d) {
      plain ??= openSession(gemmTopsModel(), { provider: "cpu", threads });
      const [m, n] = [rows.length / d, columns.length / d];
      const shape = { data: BigInt64Array.from([m, n / together, together], BigInt), dims: [3] };
      const result = await (await plain).run({ a: { data: rows, dims: [m, d] }, b: { data: columns, dims: [n, d] }, shape });
      return { scores: floats(result, "scores").data, tops: floats(result, "tops").data };
    },
    async close() {
      await session.close();
      await (await plain)?.close();
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
    for (let r = 0; r < rows.length; r += high) {
      const some = rows.subarray(r, Math.min(rows.length, r + high));
      const found = await searcher.scores(blockOf(vectors, d, rows, r, r + some.length), block, d);
      takeBothWays(found, some, c, least, { seeds, fresh }, lists);
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

/**
 * Offers one block of cosines both ways. A function of its own: of a hundred million cosines nearly all are passed over sixteen at a
 * time, by the largest of them. `least`: what a newcomer has to reach in the list of each column.
 */
function takeBothWays(
  { scores, tops }: { readonly scores: Float32Array; readonly tops: Float32Array },
  rows: Int32Array,
  first: number,
  least: Float32Array,
  { seeds, fresh }: Pick<Newcomers, "seeds" | "fresh">,
  lists: NeighbourRows,
): void {
  const { k, similarity } = lists;
  const width = least.length;
  const groups = width / together;
  const last = seeds.length - first;
  const leastOf = (group: number): number => {
    let lowest = Infinity;
    for (let j = group * together; j < (group + 1) * together; j++) lowest = Math.min(lowest, least[j] as number);
    return lowest;
  };
  const groupLeast = Float32Array.from({ length: groups }, (_, group) => leastOf(group));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const isFresh = fresh[row] === 1;
    let enough = similarity[(row + 1) * k - 1] as number;
    for (let group = 0; group < groups; group++) {
      const top = tops[i * groups + group] as number;
      if (top < enough && (!isFresh || top < (groupLeast[group] as number))) continue;
      for (let j = group * together; j < Math.min(last, (group + 1) * together); j++) {
        const score = scores[i * width + j] as number;
        if (first + j === row) continue;
        if (score >= enough && seeds[first + j] === 1) {
          offer(lists, row, first + j, score);
          enough = similarity[(row + 1) * k - 1] as number;
        }
        if (isFresh && score >= (least[j] as number)) {
          offer(lists, first + j, row, score);
          least[j] = similarity[(first + j + 1) * k - 1] as number;
          groupLeast[group] = leastOf(group);
        }
      }
    }
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
  const { columns: wide } = settings.group.newcomers;
  for (let from = 0; from < counts.length; from += wide) {
    const to = Math.min(counts.length, from + wide);
    const { scores, tops } = await searcher.scores(asked, wholeBlock(vectors, d, usable, from, to), d);
    const groups = tops.length / rows.length;
    for (let i = 0; i < rows.length; i++) {
      for (let group = 0; group < groups; group++) {
        if ((tops[i * groups + group] as number) <= (best[i] as number)) continue;
        for (let j = group * together; j < Math.min(to - from, (group + 1) * together); j++) {
          const score = scores[i * groups * together + j] as number;
          if (score > (best[i] as number) && counts[from + j] === 1 && from + j !== rows[i]) best[i] = score;
        }
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
