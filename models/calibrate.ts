import { normalQuantile } from "../electron/engine/4-group/normal.ts";
import { dot } from "../electron/engine/4-group/vectors.ts";
import type { Calibration } from "../electron/engine/types.ts";

/** Labelled faces: unit vectors row-major, a number for each person, lengths of the raw embeddings (0 where not known). */
export interface LabelledVectors {
  readonly name: string;
  readonly dimensions: number;
  readonly vectors: Float32Array;
  readonly person: Int32Array;
  readonly norms: Float32Array;
}
/** Unit vectors of the same kind of faces after shrinking, noise and occlusion: what severe blur looks like to the pack. */
export type DegradedVectors = Float32Array;

const rates = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
/** Pairs beyond a rate's cosine under which the rate is reckoned from the tail, not measured: wrong labels decide there. */
const enoughPairs = 100;
const bins = 20_000;
/** Faces of a person from which the parts of the variance are taken, and at most. */
const [fewest, most] = [4, 10];
/** Share of clean faces that the gate on length, and the one on the junk direction, may take for poor. */
const poorShare = 0.05;
const junkShare = 0.03;

/**
 * How a pack's similarities behave ([Note: z-link]): every pair of different people once, in a histogram of 20,000 bins. The
 * parts of the variance come from pairs of people with four faces or more: `sId^2 = cov(s(a1,b1), s(a2,b2))`,
 * `sF^2 = cov(s(a1,b1), s(a1,b2)) - sId^2`, the rest is `sE^2`.
 */
export function calibrate(faces: LabelledVectors, degraded: DegradedVectors | null = null): Calibration {
  const apart = impostors(faces);
  const told = `${faces.person.length} faces of ${new Set(faces.person).size} people, ${(apart.pairs / 1e6).toFixed(1)} million pairs of different people`;
  return calibrationOf(apart, faces, told, degraded === null ? null : junkOf(faces, degraded));
}

/**
 * The same from pairs that are known to be of different people, as two faces in one photo are, by their cosines; `faces` are then only those
 * of people with four or more, for the parts of the variance.
 */
export function calibrateOnPairs(cosines: Float32Array, faces: LabelledVectors): Calibration {
  const tally = newTally();
  for (const cosine of cosines) count(tally, cosine);
  return calibrationOf(spreadOf(tally), faces, `${tally.pairs} pairs inside one photo, ${faces.person.length} faces`, null);
}

function calibrationOf(
  { counts, pairs, mu, variance }: Impostors,
  faces: LabelledVectors,
  told: string,
  junk: { readonly junkDirection: number[]; readonly junkCut: number } | null,
): Calibration {
  const { identity, face } = variances(faces);
  const rest = Math.max(variance * 0.01, variance - identity - 2 * face);
  const spread = Math.sqrt(variance);
  // From fewer pairs the tail cannot be seen: it is taken for a normal one.
  const kappa = pairs * 1e-5 < 1 ? 1 : (cosineAt(counts, pairs, 1e-5) - mu) / (spread * normalQuantile(1e-5));
  const table: [number, number][] = [];
  for (const far of rates) {
    const cosine = far * pairs >= enoughPairs ? cosineAt(counts, pairs, far) : mu + kappa * spread * normalQuantile(far);
    table.push([far, Math.max(cosine, (table.at(-1)?.[1] ?? -1) + 1e-3)]);
  }
  const norms = faces.norms.filter((norm) => norm > 0).sort();
  const quantile = (share: number): number => norms[Math.min(norms.length - 1, Math.floor(share * norms.length))] ?? 0;
  return {
    mu: round(mu, 4),
    sId: round(Math.sqrt(Math.max(0, identity)), 4),
    sF: round(Math.sqrt(Math.max(0, face)), 4),
    sE: round(Math.sqrt(rest), 4),
    kappa: round(kappa, 3),
    farTable: table.map(([far, cosine]) => [far, round(cosine, 4)] as const),
    poorNorm: round(quantile(poorShare), 2),
    normQuantiles: [round(quantile(0.01), 2), round(quantile(0.05), 2), round(quantile(0.5), 2), round(quantile(0.95), 2)],
    ...(junk ?? { junkDirection: null, junkCut: null }),
    measuredOn: `${faces.name}: ${told}. Rates under ${enoughPairs} pairs are the tail of mu and the standard deviations.`,
  };
}

interface Tally {
  readonly counts: Float64Array;
  pairs: number;
  sum: number;
  squares: number;
}
interface Impostors {
  readonly counts: Float64Array;
  readonly pairs: number;
  readonly mu: number;
  readonly variance: number;
}

function newTally(): Tally {
  return { counts: new Float64Array(bins + 1), pairs: 0, sum: 0, squares: 0 };
}
function count(tally: Tally, cosine: number): void {
  const bin = Math.min(bins, Math.max(0, Math.round(((cosine + 1) / 2) * bins)));
  tally.counts[bin] = (tally.counts[bin] ?? 0) + 1;
  tally.pairs++;
  tally.sum += cosine;
  tally.squares += cosine * cosine;
}
function spreadOf({ counts, pairs, sum, squares }: Tally): Impostors {
  const mu = sum / pairs;
  return { counts, pairs, mu, variance: squares / pairs - mu * mu };
}

function impostors({ vectors, dimensions: d, person }: LabelledVectors): Impostors {
  const tally = newTally();
  for (let a = 0; a < person.length; a++)
    for (let b = a + 1; b < person.length; b++) if (person[a] !== person[b]) count(tally, dot(vectors, a * d, vectors, b * d, d));
  return spreadOf(tally);
}

/** The least cosine that at most a share `far` of the pairs reaches. */
function cosineAt(counts: Float64Array, pairs: number, far: number): number {
  let beyond = 0;
  for (let bin = bins; bin >= 0; bin--) {
    beyond += counts[bin] ?? 0;
    if (beyond > far * pairs) return ((bin + 1) / bins) * 2 - 1;
  }
  return -1;
}

/** Every pair of people weighs the same, however many faces they have. */
function variances({ vectors, dimensions: d, person }: LabelledVectors): { identity: number; face: number } {
  const rowsOf = new Map<number, number[]>();
  for (const [row, who] of person.entries()) rowsOf.set(who, [...(rowsOf.get(who) ?? []), row]);
  const people = [...rowsOf.values()].filter((rows) => rows.length >= fewest).map((rows) => rows.slice(0, most));
  let [total, mean, apart, sameFace] = [0, 0, 0, 0];
  for (const [place, one] of people.entries()) {
    for (const other of people.slice(place + 1)) {
      const [m, n] = [one.length, other.length];
      const columns = new Float64Array(n);
      let [all, rowSquares, squares] = [0, 0, 0];
      for (const a of one) {
        let row = 0;
        for (const [j, b] of other.entries()) {
          const cosine = dot(vectors, a * d, vectors, b * d, d);
          row += cosine;
          columns[j] = (columns[j] ?? 0) + cosine;
          squares += cosine * cosine;
        }
        all += row;
        rowSquares += row * row;
      }
      const columnSquares = columns.reduce((sum, column) => sum + column * column, 0);
      mean += all / (m * n);
      apart += (all * all - rowSquares - columnSquares + squares) / (m * (m - 1) * n * (n - 1));
      sameFace += (rowSquares - squares + columnSquares - squares) / (m * n * (n - 1) + n * m * (m - 1));
      total++;
    }
  }
  const identity = apart / total - (mean / total) ** 2;
  return { identity, face: (sameFace - apart) / total };
}

/** Unit mean of the degraded faces, and the cut that takes 3 % of the clean ones for poor. */
function junkOf(
  { vectors, dimensions: d, person }: LabelledVectors,
  degraded: DegradedVectors,
): { junkDirection: number[]; junkCut: number } {
  const sum = new Float32Array(d);
  for (let at = 0; at < degraded.length; at++) sum[at % d] = (sum[at % d] ?? 0) + (degraded[at] ?? 0);
  const length = Math.sqrt(dot(sum, 0, sum, 0, d));
  const direction = sum.map((value) => value / length);
  const clean = Float32Array.from({ length: person.length }, (_, row) => dot(vectors, row * d, direction, 0, d)).sort();
  return {
    junkDirection: Array.from(direction, (value) => round(value, 5)),
    junkCut: round(clean[Math.floor((1 - junkShare) * clean.length)] ?? 1, 4),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
