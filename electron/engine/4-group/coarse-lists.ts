import { settings } from "../settings.ts";
import { offer, type NeighbourRows, type Searcher } from "./neighbours.ts";
import { seededRandom } from "./random.ts";
import type { Steps } from "./steps.ts";
import { addTo, gatherRows, normalise } from "./vectors.ts";

/**
 * Approximate search for very large libraries: faces are dealt into lists by their nearest centre (spherical k-means on a sample),
 * and each face looks only into the lists whose centres are nearest to it. The lists' faces are compared exactly, by the same graph.
 */
export async function searchByLists(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  rows: Int32Array,
  columns: Int32Array,
  lists: NeighbourRows,
  steps: Steps,
): Promise<void> {
  if (rows.length === 0 || columns.length === 0) return;
  const { count, probes } = settings.group.lists;
  const wanted = Math.max(1, Math.min(count, Math.floor(columns.length / 64)));
  const centres = await placeCentres(searcher, vectors, d, columns, wanted, steps);
  const looks = Math.min(probes, wanted);
  const members = deal(columns, await nearestCentres(searcher, vectors, d, columns, centres, 1), 1, wanted);
  const seekers = deal(rows, await nearestCentres(searcher, vectors, d, rows, centres, looks), looks, wanted);
  for (let list = 0; list < wanted; list++) {
    const inside = members[list];
    const asking = seekers[list];
    if (!inside?.length || !asking?.length) continue;
    for (const [some, among] of shares(asking, inside)) {
      const block = gatherRows(vectors, d, among);
      await compare(searcher, vectors, d, some, among, block, lists);
      await steps.breathe(0.2 + (0.8 * (list + 1)) / wanted);
    }
  }
}

/**
 * Who is compared with whom in one list. A list that is too long (a million copies of one picture all fall into the same) is looked
 * through in shares, each with a few faces in common with the others, so that the work grows with the faces and not with their square.
 */
function* shares(asking: Int32Array, inside: Int32Array): Generator<readonly [asking: Int32Array, among: Int32Array]> {
  const { longest, common } = settings.group.lists;
  const count = Math.ceil(inside.length / longest);
  for (let share = 0; share < count; share++) {
    const cut = (rows: Int32Array): Int32Array =>
      rows.subarray(Math.floor((share * rows.length) / count), Math.floor(((share + 1) * rows.length) / count));
    const own = cut(inside);
    if (share === 0) yield [cut(asking), own];
    else {
      const among = new Int32Array(common + own.length);
      among.set(inside.subarray(0, common));
      among.set(own, common);
      yield [cut(asking), among];
    }
  }
}

async function compare(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  asking: Int32Array,
  inside: Int32Array,
  block: Float32Array,
  lists: NeighbourRows,
): Promise<void> {
  const high = settings.group.block.rows;
  for (let r = 0; r < asking.length; r += high) {
    const r1 = Math.min(asking.length, r + high);
    const found = await searcher.topK(gatherRows(vectors, d, asking, r, r1), block, d, lists.k + 1);
    const got = found.values.length / (r1 - r);
    for (let i = 0; i < r1 - r; i++) {
      const row = asking[r + i] as number;
      for (let j = 0; j < got; j++) {
        const column = inside[Number(found.indices[i * got + j])] as number;
        if (column !== row) offer(lists, row, column, found.values[i * got + j] as number);
      }
    }
  }
}

/** Spherical k-means on a sample; always the same centres for the same faces. */
async function placeCentres(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  columns: Int32Array,
  count: number,
  steps: Steps,
): Promise<Float32Array> {
  const random = seededRandom(columns.length);
  const size = Math.min(columns.length, settings.group.lists.sample, count * 50);
  const sample = Int32Array.from({ length: size }, (_, i) => columns[Math.floor(((i + random()) * columns.length) / size)] as number);
  let centres = gatherRows(
    vectors,
    d,
    Int32Array.from({ length: count }, (_, c) => sample[Math.floor(((c + random()) * size) / count)] as number),
  );
  const { rounds } = settings.group.lists;
  for (let round = 0; round < rounds; round++) {
    const nearest = await nearestCentres(searcher, vectors, d, sample, centres, 1);
    const next = new Float32Array(count * d);
    const held = new Int32Array(count);
    for (let i = 0; i < size; i++) {
      const centre = nearest[i] as number;
      held[centre] = (held[centre] as number) + 1;
      addTo(next, centre * d, vectors, (sample[i] as number) * d, d);
    }
    for (let centre = 0; centre < count; centre++) {
      // An empty centre moves to any face of the sample.
      if (held[centre] === 0) addTo(next, centre * d, vectors, (sample[Math.floor(random() * size)] as number) * d, d);
      normalise(next, centre * d, d);
    }
    centres = next;
    await steps.breathe((0.15 * (round + 1)) / rounds);
  }
  return centres;
}

async function nearestCentres(
  searcher: Searcher,
  vectors: Float32Array,
  d: number,
  rows: Int32Array,
  centres: Float32Array,
  k: number,
): Promise<Int32Array> {
  const out = new Int32Array(rows.length * k);
  const high = settings.group.block.rows * 8;
  for (let r = 0; r < rows.length; r += high) {
    const r1 = Math.min(rows.length, r + high);
    const found = await searcher.topK(gatherRows(vectors, d, rows, r, r1), centres, d, k);
    for (let i = 0; i < found.indices.length; i++) out[r * k + i] = Number(found.indices[i]);
  }
  return out;
}

/** Row numbers by list. */
function deal(rows: Int32Array, nearest: Int32Array, k: number, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const list of nearest) sizes[list] = (sizes[list] as number) + 1;
  const out = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  for (let i = 0; i < nearest.length; i++) {
    const list = nearest[i] as number;
    const target = out[list];
    if (target) target[filled[list] as number] = rows[Math.floor(i / k)] as number;
    filled[list] = (filled[list] as number) + 1;
  }
  return out;
}
