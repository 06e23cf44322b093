import { floats, openSession } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import type { Calibration, Sureness } from "../types.ts";
import { gemmModel } from "./gemm-top-k.ts";
import { similarityAt, sureness } from "./sureness.ts";
import { addTo, dot, gatherRows, normalise } from "./vectors.ts";

/** A face that may be the person. */
export interface RankedFace {
  readonly face: number;
  /** Mean cosine with the up to three most alike exemplars. */
  readonly similarity: number;
  readonly far: number;
  readonly band: Sureness;
}
export interface RankJob {
  /** Unit vectors of the person's exemplars, row-major, up to `settings.group.exemplars` (see `chooseExemplars`). */
  readonly exemplars: Float32Array;
  readonly faceIds: Int32Array;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly calibration: Calibration;
  /** 1: leave this row out (confirmed as somebody, rejected, set aside). */
  readonly skip?: Uint8Array | undefined;
  /** False-accept rate beyond which a face is not offered at all. */
  readonly loosest?: number | undefined;
  readonly most?: number | undefined;
}
/** A person that a face may be: the mean cosine of the person's up to three most alike faces. */
export interface RankedPerson {
  readonly personId: number;
  readonly similarity: number;
  readonly far: number;
  readonly band: Sureness;
}
export interface RankPeopleJob {
  /** Faces asked about, row-major. */
  readonly faces: Float32Array;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Person or group of each row, 0 for rows that speak for nobody. */
  readonly owner: Int32Array;
  readonly calibration: Calibration;
  readonly most: number;
}
/** An open session that ranks; keep it open between names. */
export interface Ranker {
  /** Likely faces of a person, most alike first (ties by face id). 100,000 faces in some 40 ms. */
  rankFor(job: RankJob): Promise<RankedFace[]>;
  /** For each face asked about the people it is most like, most alike first (ties by id). */
  rankPeople(job: RankPeopleJob): Promise<RankedPerson[][]>;
  close(): Promise<void>;
}

/** Opens the ranking on the CPU. */
export async function openRanker(threads = 1): Promise<Ranker> {
  const session = await openSession(gemmModel(), { provider: "cpu", threads });
  return {
    async rankFor(job) {
      const { dimensions: d, exemplars, vectors } = job;
      const count = exemplars.length / d;
      const total = job.faceIds.length;
      if (count === 0 || total === 0) return [];
      const least = similarityAt(job.loosest ?? settings.group.rankLoosest, job.calibration);
      const found: { row: number; similarity: number }[] = [];
      const high = settings.group.block.columns;
      for (let from = 0; from < total; from += high) {
        const to = Math.min(total, from + high);
        const a = { data: vectors.subarray(from * d, to * d), dims: [to - from, d] };
        const scores = floats(await session.run({ a, b: { data: exemplars, dims: [count, d] } }), "scores").data;
        for (let row = from; row < to; row++) {
          if (job.skip?.[row] === 1) continue;
          const at = (row - from) * count;
          // A mean of three reaches no more than the largest of them: nearly all rows end here.
          let most = -2;
          for (let i = at; i < at + count; i++) if ((scores[i] as number) > most) most = scores[i] as number;
          if (most < least) continue;
          const similarity = topThree(scores, at, count);
          if (similarity >= least) found.push({ row, similarity });
        }
      }
      found.sort((x, y) => y.similarity - x.similarity || (job.faceIds[x.row] as number) - (job.faceIds[y.row] as number));
      const most = found.slice(0, job.most ?? found.length);
      return most.map(({ row, similarity }) => ({
        face: job.faceIds[row] as number,
        similarity,
        ...sureness(similarity, job.calibration),
      }));
    },
    async rankPeople(job) {
      const { dimensions: d, faces, vectors, owner } = job;
      const count = faces.length / d;
      if (count === 0) return [];
      const tops = Array.from({ length: count }, () => new Map<number, [number, number, number]>());
      const high = settings.group.block.columns;
      for (let from = 0; from < owner.length; from += high) {
        const to = Math.min(owner.length, from + high);
        const a = { data: vectors.subarray(from * d, to * d), dims: [to - from, d] };
        const scores = floats(await session.run({ a, b: { data: faces, dims: [count, d] } }), "scores").data;
        for (let row = from; row < to; row++) {
          const person = owner[row] as number;
          if (person === 0) continue;
          for (let face = 0; face < count; face++) keepTop(tops[face], person, scores[(row - from) * count + face] as number);
        }
      }
      return tops.map((top) => mostAlike(top, job.calibration, job.most));
    },
    close: () => session.close(),
  };
}

/** The three largest cosines of a person, largest first, -2 where there are fewer. NaN is nobody's. */
function keepTop(tops: Map<number, [number, number, number]> | undefined, person: number, score: number): void {
  const top = tops?.get(person);
  if (!top) {
    if (score >= -1.5) tops?.set(person, [score, -2, -2]);
  } else if (score > top[0]) {
    top[2] = top[1];
    top[1] = top[0];
    top[0] = score;
  } else if (score > top[1]) {
    top[2] = top[1];
    top[1] = score;
  } else if (score > top[2]) top[2] = score;
}

function mostAlike(tops: ReadonlyMap<number, readonly number[]>, calibration: Calibration, most: number): RankedPerson[] {
  return [...tops]
    .map(([personId, top]) => {
      const held = top.filter((score) => score > -2);
      return { personId, similarity: held.reduce((sum, score) => sum + score, 0) / held.length };
    })
    .sort((a, b) => b.similarity - a.similarity || a.personId - b.personId)
    .slice(0, most)
    .map((one) => ({ ...one, ...sureness(one.similarity, calibration) }));
}

/** Mean of the (up to) three largest of `count` numbers; NaN rows give -2. */
function topThree(scores: Float32Array, from: number, count: number): number {
  let [a, b, c] = [-2, -2, -2];
  for (let i = from; i < from + count; i++) {
    const score = scores[i] as number;
    if (score > a) [a, b, c] = [score, a, b];
    else if (score > b) [b, c] = [score, b];
    else if (score > c) c = score;
  }
  return count === 1 ? a : count === 2 ? (a + b) / 2 : (a + b + c) / 3;
}

/**
 * Rows that stand for a person: the one nearest the mean first, then each least like those chosen, so that a beard, a hat and a
 * childhood all have their exemplar.
 */
export function chooseExemplars(
  vectors: Float32Array,
  d: number,
  rows: ArrayLike<number>,
  most: number = settings.group.exemplars,
): Float32Array {
  const every = Math.max(1, Math.floor(rows.length / settings.group.exemplarsAmong));
  const all = Array.from(rows).filter((_, place) => place % every === 0);
  if (all.length <= most) return gatherRows(vectors, d, all);
  const mean = new Float32Array(d);
  for (const row of all) addTo(mean, 0, vectors, row * d, d);
  normalise(mean, 0, d);
  // The least central tenth holds the wrong faces, if any: those do not speak for the person.
  const central = all
    .map((row) => ({ row, toMean: dot(vectors, row * d, mean, 0, d), closest: -1 }))
    .sort((a, b) => b.toMean - a.toMean)
    .slice(0, Math.max(most, Math.ceil(all.length * 0.9)));
  const chosen: number[] = [];
  let next = central[0];
  while (next && chosen.length < most) {
    const { row } = next;
    chosen.push(row);
    for (const one of central) one.closest = Math.max(one.closest, dot(vectors, one.row * d, vectors, row * d, d));
    next = central.reduce((least, one) => (one.closest < least.closest ? one : least), central[0] as (typeof central)[number]);
  }
  return gatherRows(vectors, d, chosen);
}
