import { settings } from "../settings.ts";
import { seededRandom } from "./random.ts";
import type { Steps } from "./steps.ts";
import { choosePeople, trueAccepts, type ConfirmedFaces } from "./metric-trial.ts";
import { tripletStep } from "./triplets.ts";
import { gatherRows, normalise } from "./vectors.ts";

/** A linear map near the identity for comparing confirmed look-alikes, and whether it helps. */
export interface LearnedMetric {
  /** `I + A`, row-major, d x d; null where it was not trained. */
  readonly map: Float32Array | null;
  /** True accepts at a false-accept rate of 1 % among held-out faces of the same people, without and with the map. */
  readonly before: number;
  readonly after: number;
  readonly gain: number;
  /** The gain is at least `settings.group.metricGain`: only then may the map be used, and never for the library's graph. */
  readonly used: boolean;
  readonly people: number;
  readonly faces: number;
  /** Held-out pairs of one person that the figures stand on. */
  readonly pairs: number;
}

const { steps: rounds, rate, penalty } = settings.group.metric;

/**
 * Trains on a part of each person's confirmed faces, with FaceNet's triplet loss and semi-hard negatives (Schroff 2015, 3.1 and
 * 3.2) and Adam, and measures on the rest. `A` is held near zero (`penalty * |A|^2 / d`): strangers' distances must not move far.
 * Some seconds; lets the event loop turn after every step.
 */
export async function learnMetric(faces: ConfirmedFaces, steps: Steps): Promise<LearnedMetric> {
  const d = faces.dimensions;
  const trial = choosePeople(faces);
  const nothing = { map: null, before: NaN, after: NaN, gain: 0, used: false, people: trial.people, faces: trial.train.length, pairs: 0 };
  if (trial.people < 2 || trial.train.length < 8) return nothing;
  const vectors = gatherRows(faces.vectors, d, trial.train);
  const person = Int32Array.from(trial.train, (row) => faces.person[row] as number);
  const map = new Float32Array(d * d);
  for (let i = 0; i < d; i++) map[i * d + i] = 1;
  const first = new Float32Array(d * d);
  const second = new Float32Array(d * d);
  const random = seededRandom(trial.train.length);
  for (let round = 1; round <= rounds; round++) {
    const gradient = tripletStep(vectors, d, person, map, random);
    const [warm1, warm2] = [1 - 0.9 ** round, 1 - 0.999 ** round];
    for (let i = 0; i < d * d; i++) {
      const away = (map[i] as number) - (i % (d + 1) === 0 ? 1 : 0);
      const slope = (gradient[i] as number) + (2 * penalty * away) / d;
      first[i] = 0.9 * (first[i] as number) + 0.1 * slope;
      second[i] = 0.999 * (second[i] as number) + 0.001 * slope * slope;
      map[i] = (map[i] as number) - (rate * (first[i] as number)) / warm1 / (Math.sqrt((second[i] as number) / warm2) + 1e-8);
    }
    await steps.breathe(round / rounds);
  }
  const held = gatherRows(faces.vectors, d, trial.heldOut);
  const who = Int32Array.from(trial.heldOut, (row) => faces.person[row] as number);
  const { share: before, pairs } = trueAccepts(held, d, who);
  const { share: after } = trueAccepts(mapped(held, d, map), d, who);
  const gain = after - before;
  const used = pairs >= settings.group.metric.fewestPairs && gain >= settings.group.metricGain;
  return { map, before, after, gain, used, people: trial.people, faces: trial.train.length, pairs };
}

/** Vectors through the map, again of unit length. */
export function mapped(vectors: Float32Array, d: number, map: Float32Array): Float32Array {
  const n = vectors.length / d;
  const out = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (map[i * d + j] as number) * (vectors[row * d + j] as number);
      out[row * d + i] = sum;
    }
    normalise(out, row * d, d);
  }
  return out;
}
