/** Inner product of two vectors of one length (cosine similarity where both are of unit length). */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Euclidean length. */
export function length(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

/** A copy of unit length, or null where the vector is zero or holds something that is not a number. */
export function normalised(a: Float32Array): Float32Array | null {
  const norm = length(a);
  if (!Number.isFinite(norm) || norm < 1e-12) return null;
  const unit = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) unit[i] = (a[i] ?? 0) / norm;
  return unit;
}
