import { settings } from "../settings.ts";
import type { Calibration, Sureness } from "../types.ts";
import type { Clusters } from "./clusters.ts";
import type { MergeBar } from "./merge-bar.ts";
import type { NeighbourRows } from "./neighbours.ts";
import { PairStamps } from "./pair-stamps.ts";
import type { Guard } from "./rules.ts";
import { sureness } from "./sureness.ts";

/** "Are these the same person?" */
export interface GroupQuestion {
  /** The same for the same two sides: never ask a key twice. */
  readonly key: string;
  /** Id of the side asked about: not acted on, or the smaller. A lone face that is asked about gets an id, and is a group of one. */
  readonly a: number;
  /** Id of the person or group it may be. */
  readonly b: number;
  readonly z: number;
  /** Mean cosine of the two sides' pairs. */
  readonly similarity: number;
  /** False-accept rate of that, and its band. */
  readonly far: number;
  readonly band: Sureness;
  /** Expected chance of a yes, 0..1. */
  readonly chance: number;
  /** Chance times faces settled, what questions are ordered by. */
  readonly gain: number;
  /** Faces that a yes would settle, those that then follow by themselves included. */
  readonly settles: number;
  /** Others that `a` may be, most likely first. */
  readonly others: readonly LikelyId[];
}
export interface LikelyId {
  readonly id: number;
  readonly similarity: number;
  readonly far: number;
  readonly band: Sureness;
  readonly z: number;
}
export interface QuestionJob {
  readonly clusters: Clusters;
  readonly guard: Guard;
  readonly neighbours: NeighbourRows;
  readonly seeds: Uint8Array;
  readonly bar: MergeBar;
  /** Cosines under this are no edges. */
  readonly floor: number;
  readonly calibration: Calibration;
  /** Id of a cluster, 0 for a lone face that never was asked about. */
  readonly idOf: (cluster: number) => number;
  /** Gives a lone face's cluster an id. */
  readonly nameLone: (cluster: number) => number;
  /** Ids never asked about: strangers and hidden people. */
  readonly silent: ReadonlySet<number>;
  readonly skip: ReadonlySet<string>;
  readonly most: number;
  /** z under which nothing is asked; `settings.group.askFloor` unless the person wants more. */
  readonly askFloor: number;
}
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly z: number;
  readonly average: number;
}

/** Questions in order of what an answer is expected to settle: chance of a yes times m n / (m + n). */
export function questionsByGain(job: QuestionJob): { readonly questions: readonly GroupQuestion[]; readonly left: number } {
  if (job.most === 0) return { questions: [], left: 0 };
  const pairs = probablePairs(job);
  const touching = new Map<number, Pair[]>();
  for (const pair of pairs) {
    for (const side of [pair.a, pair.b]) {
      const list = touching.get(side);
      if (list) list.push(pair);
      else touching.set(side, [pair]);
    }
  }
  const asked = pairs
    .filter((pair) => pair.z >= job.askFloor && pair.z < 0 && !(job.skip.size > 0 && job.skip.has(keyOf(job, pair))))
    .map((pair) => ({ pair, gain: chanceOfYes(pair.z) * pull(job.clusters, pair) }))
    .sort((x, y) => y.gain - x.gain || y.pair.z - x.pair.z || x.pair.a - y.pair.a || x.pair.b - y.pair.b);
  return { questions: asked.slice(0, job.most).map(({ pair, gain }) => question(job, pair, gain, touching)), left: asked.length };
}

/** Chance that a pair standing at `z` is one person: logistic, fitted on labelled libraries. */
export function chanceOfYes(z: number): number {
  const { a, b } = settings.group.yes;
  return 1 / (1 + Math.exp(-(a + b * z)));
}

function pull(clusters: Clusters, { a, b }: Pair): number {
  const [m, n] = [clusters.weight[a] as number, clusters.weight[b] as number];
  return (m * n) / (m + n);
}

/** Pairs of clusters with an edge, larger side big enough, not forbidden, down to twice the floor (for `others` and what follows). */
function probablePairs(job: QuestionJob): Pair[] {
  const { clusters, neighbours, bar, seeds } = job;
  const { k, index, similarity } = neighbours;
  const { label, weight } = clusters;
  const seen = new PairStamps();
  const pairs: Pair[] = [];
  const n = label.length;
  for (let row = 0; row < n; row++) {
    if (seeds[row] !== 1) continue;
    const own = label[row] as number;
    const m = weight[own] as number;
    for (let slot = row * k; slot < row * k + k; slot++) {
      const cosine = similarity[slot] as number;
      if (cosine < job.floor) break;
      const other = index[slot] as number;
      const theirs = label[other] as number;
      const o = weight[theirs] as number;
      if (own === theirs || (m < settings.group.askMinimum && o < settings.group.askMinimum) || seeds[other] !== 1) continue;
      // Two clusters are no more alike on average than their most alike edge, which is met in its turn.
      if (bar(m, o, cosine) < 2 * job.askFloor) continue;
      const [a, b] = own < theirs ? [own, theirs] : [theirs, own];
      if (seen.seen(a * n + b, 1)) continue;
      const average = clusters.average(a, b);
      const z = bar(m, o, average);
      const near = z >= 2 * job.askFloor && !job.silent.has(job.idOf(a)) && !job.silent.has(job.idOf(b));
      if (near && job.guard.mayAsk(a, b)) pairs.push({ a, b, z, average });
    }
  }
  return pairs;
}

function question(job: QuestionJob, pair: Pair, gain: number, touching: ReadonlyMap<number, readonly Pair[]>): GroupQuestion {
  const [a, b] = sides(job, pair);
  const others = (touching.get(a) ?? [])
    .map((other) => ({
      id: job.idOf(other.a === a ? other.b : other.a),
      similarity: other.average,
      z: other.z,
      ...sureness(other.average, job.calibration),
    }))
    .filter(({ id }) => id !== 0 && id !== job.idOf(b))
    .sort((x, y) => y.z - x.z || x.id - y.id)
    .slice(0, 8);
  const settles = (job.clusters.count[a] as number) + followers(job, pair, touching);
  const ids = [a, b].map((cluster) => job.idOf(cluster) || job.nameLone(cluster));
  const { z, average } = pair;
  const likeness = { z, similarity: average, ...sureness(average, job.calibration), chance: chanceOfYes(z) };
  return { key: keyOf(job, pair), a: ids[0] ?? 0, b: ids[1] ?? 0, ...likeness, gain, settles, others };
}

/** Faces of other clusters that would pass the bar once these two are one. */
function followers(job: QuestionJob, { a, b }: Pair, touching: ReadonlyMap<number, readonly Pair[]>): number {
  const { weight, count } = job.clusters;
  const near = new Set<number>();
  for (const end of [a, b]) {
    for (const other of touching.get(end) ?? []) near.add(other.a === end ? other.b : other.a);
  }
  const [m, n] = [weight[a] as number, weight[b] as number];
  let faces = 0;
  for (const third of near) {
    if (third === a || third === b) continue;
    const both = (job.clusters.average(a, third) * m + job.clusters.average(b, third) * n) / (m + n);
    const free = job.guard.verdict(a, third).kind === "free" && job.guard.verdict(b, third).kind === "free";
    if (free && job.bar(m + n, weight[third] as number, both) >= 0) faces += count[third] as number;
  }
  return faces;
}

/** The side asked about comes first: not acted on, then smaller, then without an id. */
function sides(job: QuestionJob, { a, b }: Pair): readonly [number, number] {
  const acted = (cluster: number): number => (job.guard.personOf(cluster) !== 0 ? 1 : 0);
  const [ca, cb] = [job.clusters.count[a] as number, job.clusters.count[b] as number];
  const difference = acted(a) - acted(b) || ca - cb || (job.idOf(b) || 0) - (job.idOf(a) || 0);
  return difference <= 0 ? [a, b] : [b, a];
}

function keyOf(job: QuestionJob, { a, b }: Pair): string {
  return [job.idOf(a), job.idOf(b)].sort((x, y) => x - y).join(":");
}
