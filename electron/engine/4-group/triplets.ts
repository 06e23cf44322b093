import { settings } from "../settings.ts";
import { addTo, dot } from "./vectors.ts";

/**
 * Slope of the mean triplet loss `max(0, |a - p|^2 - |a - n|^2 + margin)` by the map, over all anchor-positive pairs of the batch,
 * each with one semi-hard negative: farther than the positive, within the margin (Schroff 2015, 3.2). Row-major, d x d.
 */
export function tripletStep(vectors: Float32Array, d: number, person: Int32Array, map: Float32Array, random: () => number): Float32Array {
  const n = person.length;
  const { unit, lengths } = project(vectors, d, map);
  const slopes = new Float32Array(n * d);
  const { margin } = settings.group.metric;
  let triplets = 0;
  for (let anchor = 0; anchor < n; anchor++) {
    const cosines = Float32Array.from({ length: n }, (_, other) => dot(unit, anchor * d, unit, other * d, d));
    for (let positive = 0; positive < n; positive++) {
      if (positive === anchor || person[positive] !== person[anchor]) continue;
      const near = cosines[positive] as number;
      const semiHard: number[] = [];
      for (let other = 0; other < n; other++) {
        if (person[other] === person[anchor]) continue;
        const cosine = cosines[other] as number;
        // On unit vectors |x - y|^2 = 2 - 2 cos.
        if (cosine < near && 2 * (near - cosine) < margin) semiHard.push(other);
      }
      const negative = semiHard[Math.floor(random() * semiHard.length)];
      if (negative === undefined) continue;
      triplets++;
      addTo(slopes, anchor * d, unit, negative * d, d, 2);
      addTo(slopes, anchor * d, unit, positive * d, d, -2);
      addTo(slopes, positive * d, unit, anchor * d, d, -2);
      addTo(slopes, negative * d, unit, anchor * d, d, 2);
    }
  }
  const gradient = new Float32Array(d * d);
  if (triplets === 0) return gradient;
  for (let row = 0; row < n; row++) {
    const along = dot(slopes, row * d, unit, row * d, d);
    const scale = 1 / (triplets * (lengths[row] as number));
    for (let i = 0; i < d; i++) {
      const slope = ((slopes[row * d + i] as number) - along * (unit[row * d + i] as number)) * scale;
      if (slope !== 0) addTo(gradient, i * d, vectors, row * d, d, slope);
    }
  }
  return gradient;
}

function project(vectors: Float32Array, d: number, map: Float32Array): { readonly unit: Float32Array; readonly lengths: Float32Array } {
  const n = vectors.length / d;
  const unit = new Float32Array(n * d);
  const lengths = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) unit[row * d + i] = dot(map, i * d, vectors, row * d, d);
    const length = Math.sqrt(dot(unit, row * d, unit, row * d, d)) || 1;
    lengths[row] = length;
    for (let i = 0; i < d; i++) unit[row * d + i] = (unit[row * d + i] as number) / length;
  }
  return { unit, lengths };
}
