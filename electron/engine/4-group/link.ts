import { settings } from "../settings.ts";
import type { Clusters } from "./clusters.ts";
import type { MergeBar } from "./merge-bar.ts";
import type { NeighbourRows } from "./neighbours.ts";
import { PairHeap } from "./pair-heap.ts";
import { PairStamps } from "./pair-stamps.ts";
import type { Guard } from "./rules.ts";
import type { Steps } from "./steps.ts";

export interface LinkJob {
  readonly clusters: Clusters;
  readonly guard: Guard;
  readonly neighbours: NeighbourRows;
  /** 1: the row takes part (usable and past the gate). */
  readonly seeds: Uint8Array;
  readonly bar: MergeBar;
  /** Cosines under this are no edges. */
  readonly floor: number;
  /** 1 where something is new; pairs of clusters without any are left alone. Null: everything is new. */
  readonly fresh: Uint8Array | null;
}

/** An edge's slot in the neighbour rows; sorted by falling cosine, equal ones by slot. */
export type Edges = Float64Array;
const slots = 2 ** 28;
const levels = 2 ** 24;

/** Place of an edge in the neighbour rows. */
export function slotOf(key: number): number {
  return key % slots;
}

/**
 * Each undirected edge above the floor between two clusters once, most alike first. The key holds the cosine (24 bits) and the
 * slot (28 bits). `touching`: only edges of which one end's cluster is 1 there.
 */
export function sortedEdges(
  { k, index, similarity }: NeighbourRows,
  seeds: Uint8Array,
  floor: number,
  label: Int32Array,
  touching: Uint8Array | null = null,
): Edges {
  let keys = new Float64Array(touching === null ? index.length : 4096);
  let count = 0;
  for (let row = 0; row < seeds.length; row++) {
    if (seeds[row] !== 1) continue;
    const own = label[row] as number;
    for (let slot = row * k; slot < row * k + k; slot++) {
      const cosine = similarity[slot] as number;
      // Most alike first: the rest of the row is less alike still.
      if (cosine < floor) break;
      const other = index[slot] as number;
      if (other < 0) break;
      const theirs = label[other] as number;
      if (touching !== null && touching[own] !== 1 && touching[theirs] !== 1) continue;
      if (own === theirs || seeds[other] !== 1 || (row > other && isNeighbour(index, k, other, row))) continue;
      if (count === keys.length) {
        const longer = new Float64Array(2 * count);
        longer.set(keys);
        keys = longer;
      }
      keys[count++] = Math.round(((1 - Math.min(1, cosine)) / 2) * levels) * slots + slot;
    }
  }
  return keys.slice(0, count).sort();
}
function isNeighbour(index: Int32Array, k: number, row: number, other: number): boolean {
  for (let slot = row * k; slot < row * k + k; slot++) if (index[slot] === other) return true;
  return false;
}

/**
 * Lazy average linkage on the neighbour graph with the bar of [Note: z-link]. Edges come most alike first; a pair whose clusters
 * have grown is scored again and put back; a pair that is up to date is merged. Then all edges between clusters are scored again
 * until nothing merges. Gives the number of merges.
 */
export async function link(job: LinkJob, steps: Steps): Promise<number> {
  const { clusters, neighbours, bar } = job;
  const fresh = job.fresh === null ? null : freshClusters(clusters, job.fresh);
  const edgesNow = (): Edges => sortedEdges(neighbours, job.seeds, job.floor, clusters.label, fresh);
  const edges = edgesNow();
  const heap = new PairHeap();
  const scored = new PairStamps(edges.length / 4);
  const { label, stamp, weight } = clusters;
  const n = label.length;
  let total = 0;
  let count = 0;

  /** Scores the clusters of two rows, once for each state of the two; a score over the bar goes on the heap. */
  const rescore = (row: number, other: number): void => {
    const [a, b] = [label[row] as number, label[other] as number];
    if (a === b) return;
    const pair = a < b ? a * n + b : b * n + a;
    const now = Math.max(stamp[a] as number, stamp[b] as number);
    if (scored.seen(pair, now)) return;
    const z = bar(weight[a] as number, weight[b] as number, clusters.average(a, b));
    if (z >= 0) heap.push(z, Math.min(row, other), Math.max(row, other), now);
  };
  const tryMerge = (row: number, other: number): void => {
    const [a, b] = [label[row] as number, label[other] as number];
    const verdict = job.guard.verdict(a, b);
    if (verdict.kind === "never") return;
    if (verdict.kind === "evict") {
      for (const weaker of verdict.rows) {
        job.guard.evict(weaker);
        if (fresh) fresh[label[weaker] as number] = 1;
      }
      const [p, q] = [firstOf(clusters, a), firstOf(clusters, b)];
      if (p >= 0 && q >= 0) rescore(p, q);
      return;
    }
    const into = clusters.merge(a, b);
    job.guard.merged(into, into === a ? b : a);
    if (fresh) fresh[into] = 1;
    total++;
  };
  const drainTop = (): void => {
    const { a: row, b: other, stamp: then } = heap.pop();
    const [a, b] = [label[row] as number, label[other] as number];
    if (a === b) return;
    if ((stamp[a] as number) > then || (stamp[b] as number) > then) rescore(row, other);
    else tryMerge(row, other);
  };
  const passes = (a: number, b: number): boolean => a !== b && (fresh === null || fresh[a] === 1 || fresh[b] === 1);

  for (const key of edges) {
    const slot = slotOf(key);
    const row = Math.floor(slot / neighbours.k);
    const other = neighbours.index[slot] as number;
    const z = bar(1, 1, neighbours.similarity[slot] as number);
    while (heap.size > 0 && heap.topKey >= z) drainTop();
    const [a, b] = [label[row] as number, label[other] as number];
    if (++count % 65_536 === 0) await steps.breathe((0.7 * count) / edges.length);
    if (!passes(a, b)) continue;
    if (weight[a] === 1 && weight[b] === 1 && clusters.count[a] === 1 && clusters.count[b] === 1) {
      if (z >= 0) tryMerge(row, other);
    } else rescore(row, other);
  }
  while (heap.size > 0) drainTop();
  for (let round = 0; round < settings.group.rounds; round++) {
    const before = total;
    scored.clear();
    // Where only what is new counts, clusters that have grown since have edges that were left out before.
    for (const key of fresh === null ? edges : edgesNow()) {
      const slot = slotOf(key);
      const row = Math.floor(slot / neighbours.k);
      const other = neighbours.index[slot] as number;
      if (passes(label[row] as number, label[other] as number)) rescore(row, other);
      if (++count % 65_536 === 0) await steps.breathe(0.7 + 0.3 * (round / settings.group.rounds));
    }
    while (heap.size > 0) drainTop();
    if (total === before) break;
  }
  return total;
}

function firstOf(clusters: Clusters, cluster: number): number {
  for (const row of clusters.members(cluster)) return row;
  return -1;
}

function freshClusters(clusters: Clusters, rows: Uint8Array): Uint8Array {
  const fresh = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++) if (rows[row] === 1) fresh[clusters.label[row] as number] = 1;
  return fresh;
}
