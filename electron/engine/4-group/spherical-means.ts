import { addTo, dot, normalise } from "./vectors.ts";

/**
 * Spherical k-means from seeds that are as far from each other as can be: the pair least alike (found from the row least like the
 * mean), then each row least like the seeds so far. Gives the part of each row; every part has at least one row.
 */
export function sphericalMeans(vectors: Float32Array, d: number, k: number, rounds = 20): Int32Array {
  const n = vectors.length / d;
  let centres = farSeeds(vectors, d, n, k);
  let part = new Int32Array(n);
  for (let round = 0; round < rounds; round++) {
    const next = Int32Array.from({ length: n }, (_, row) => nearest(vectors, row, centres, d, k));
    const sums = new Float32Array(k * d);
    const held = new Int32Array(k);
    for (let row = 0; row < n; row++) {
      const at = next[row] as number;
      held[at] = (held[at] as number) + 1;
      addTo(sums, at * d, vectors, row * d, d);
    }
    for (let centre = 0; centre < k; centre++) {
      if (held[centre] === 0) addTo(sums, centre * d, centres, centre * d, d);
      normalise(sums, centre * d, d);
    }
    const same = next.every((at, row) => at === part[row]);
    part = next;
    centres = sums;
    if (same && round > 0) break;
  }
  return part;
}

function farSeeds(vectors: Float32Array, d: number, n: number, k: number): Float32Array {
  const seeds = new Float32Array(k * d);
  const mean = new Float32Array(d);
  for (let row = 0; row < n; row++) addTo(mean, 0, vectors, row * d, d);
  const closest = new Float32Array(n).fill(-Infinity);
  const least = (values: Float32Array): number => values.reduce((best, value, row) => (value < (values[best] as number) ? row : best), 0);
  const toMean = Float32Array.from({ length: n }, (_, row) => dot(vectors, row * d, mean, 0, d));
  let seed = least(toMean);
  for (let centre = 0; centre < k; centre++) {
    seeds.set(vectors.subarray(seed * d, (seed + 1) * d), centre * d);
    for (let row = 0; row < n; row++) closest[row] = Math.max(closest[row] as number, dot(vectors, row * d, seeds, centre * d, d));
    seed = least(closest);
  }
  return seeds;
}

function nearest(vectors: Float32Array, row: number, centres: Float32Array, d: number, k: number): number {
  let best = 0;
  let highest = -Infinity;
  for (let centre = 0; centre < k; centre++) {
    const cosine = dot(vectors, row * d, centres, centre * d, d);
    if (cosine > highest) [best, highest] = [centre, cosine];
  }
  return best;
}
