import { dot } from "./vectors.ts";

export interface PairScores {
  /** Pairs of one person's faces, and of two people's. */
  readonly same: number;
  readonly different: number;
  /** Share (0..1) of the former that are more alike than all but `rate` of the latter. */
  readonly share: number;
}

/** Compares each with each: how many pairs of one person are told from pairs of different people at a false-accept rate. */
export function pairScores(rows: readonly { readonly personId: number; readonly vector: Float32Array }[], rate: number): PairScores {
  const same: number[] = [];
  const different: number[] = [];
  rows.forEach((a, at) => {
    for (let other = 0; other < at; other++) {
      const b = rows[other];
      if (b === undefined) continue;
      (a.personId === b.personId ? same : different).push(dot(a.vector, 0, b.vector, 0, a.vector.length));
    }
  });
  const impostors = Float64Array.from(different).sort();
  // So many may be above the bar; the bar is the next below.
  const bar = impostors[impostors.length - 1 - Math.floor(rate * impostors.length)] ?? Number.NEGATIVE_INFINITY;
  const accepted = same.filter((cosine) => cosine > bar).length;
  return { same: same.length, different: different.length, share: same.length === 0 ? 0 : accepted / same.length };
}
