import { floats, openSession, type Session } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import { gemmModel, gemmTopKModel } from "./gemm-top-k.ts";
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
  /** All cosines of `rows` x d against `columns` x d, row by row: for few rows against many, where picking the largest costs more. */
  scores(rows: Float32Array, columns: Float32Array, d: number): Promise<Float32Array>;
  close(): Promise<void>;
}

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
      plain ??= openSession(gemmModel(), { provider: "cpu", threads });
      const a = { data: rows, dims: [rows.length / d, d] };
      const b = { data: columns, dims: [columns.length / d, d] };
      return floats(await (await plain).run({ a, b }), "scores").data;
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
  { rows, seeds, kept, fresh }: Newcomers,
  lists: NeighbourRows,
  steps: Steps,
): Promise<void> {
  const { rows: high, columns: wide } = settings.group.newcomers;
  const n = seeds.length;
  const { k, similarity } = lists;
  for (let c = 0; c < n; c += wide) {
    const c1 = Math.min(n, c + wide);
    const block = vectors.subarray(c * d, c1 * d);
    // What a newcomer has to reach in each old row's list.
    const least = Float32Array.from({ length: c1 - c }, (_, i) =>
      kept[c + i] === 1 ? (similarity[(c + i + 1) * k - 1] as number) : Infinity,
    );
    for (let r = 0; r < rows.length; r += high) {
      const some = rows.subarray(r, Math.min(rows.length, r + high));
      const scores = await searcher.scores(blockOf(vectors, d, rows, r, r + some.length), block, d);
      takeBothWays(scores, some, c, least, { seeds, fresh }, lists);
    }
    await steps.breathe(c1 / n);
  }
}

/**
 * Offers one block of cosines both ways. A function of its own, each way with one comparison a cosine: it looks at a hundred million
 * of them, and nearly all end there. NaN of rows that were set aside is never larger.
 */
function takeBothWays(
  scores: Float32Array,
  rows: Int32Array,
  first: number,
  least: Float32Array,
  { seeds, fresh }: Pick<Newcomers, "seeds" | "fresh">,
  lists: NeighbourRows,
): void {
  const { k, similarity } = lists;
  const width = least.length;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const own = scores.subarray(i * width, (i + 1) * width);
    let enough = similarity[(row + 1) * k - 1] as number;
    for (let j = 0; j < width; j++) {
      const score = own[j] as number;
      if (!(score >= enough) || seeds[first + j] !== 1 || first + j === row) continue;
      offer(lists, row, first + j, score);
      enough = similarity[(row + 1) * k - 1] as number;
    }
    if (fresh[row] !== 1) continue;
    for (let j = 0; j < width; j++) {
      const score = own[j] as number;
      if (!(score >= (least[j] as number)) || first + j === row) continue;
      offer(lists, first + j, row, score);
      least[j] = similarity[(first + j + 1) * k - 1] as number;
    }
  }
}

/** Rows as one matrix; a view where they are consecutive. */
function blockOf(vectors: Float32Array, d: number, rows: Int32Array, from: number, to: number): Float32Array {
  const first = rows[from] as number;
  if ((rows[to - 1] as number) - first === to - 1 - from) return vectors.subarray(first * d, (first + to - from) * d);
  return gatherRows(vectors, d, rows, from, to);
}
