import { Problem } from "../errors.ts";

/** Dot product of `length` numbers from two places. */
export function dot(a: Float32Array, from: number, b: Float32Array, to: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += (a[from + i] as number) * (b[to + i] as number);
    s1 += (a[from + i + 1] as number) * (b[to + i + 1] as number);
    s2 += (a[from + i + 2] as number) * (b[to + i + 2] as number);
    s3 += (a[from + i + 3] as number) * (b[to + i + 3] as number);
  }
  for (; i < length; i++) s0 += (a[from + i] as number) * (b[to + i] as number);
  return s0 + s1 + s2 + s3;
}

/** Adds `sign` times a vector onto another. */
export function addTo(into: Float32Array, to: number, from: Float32Array, at: number, length: number, sign = 1): void {
  for (let i = 0; i < length; i++) into[to + i] = (into[to + i] as number) + sign * (from[at + i] as number);
}

/** Scales a vector to unit length in place; a zero vector stays. */
export function normalise(vector: Float32Array, at: number, length: number): void {
  const size = Math.sqrt(dot(vector, at, vector, at, length));
  if (size > 0) for (let i = 0; i < length; i++) vector[at + i] = (vector[at + i] as number) / size;
}

/** Number of rows of a row-major matrix; throws `model-mismatch` where the shape cannot be right (embeddings of two packs). */
export function rowCount(vectors: Float32Array, dimensions: number, expected: number): number {
  if (!Number.isInteger(dimensions) || dimensions < 1 || vectors.length !== dimensions * expected) {
    throw new Problem("model-mismatch", `${vectors.length} numbers for ${expected} faces of ${dimensions} dimensions`);
  }
  return expected;
}

/** 1 for every row that is a unit vector (length within 2 %, as half floats keep it), 0 for NaN, zero and foreign rows. */
export function usableRows(vectors: Float32Array, dimensions: number): Uint8Array {
  const rows = vectors.length / dimensions;
  const usable = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const square = dot(vectors, row * dimensions, vectors, row * dimensions, dimensions);
    usable[row] = square > 0.96 && square < 1.04 ? 1 : 0;
  }
  return usable;
}

/** Copies the given rows into one matrix. */
export function gatherRows(vectors: Float32Array, dimensions: number, rows: ArrayLike<number>, from = 0, to = rows.length): Float32Array {
  const out = new Float32Array((to - from) * dimensions);
  for (let i = from; i < to; i++) {
    const at = (rows[i] as number) * dimensions;
    out.set(vectors.subarray(at, at + dimensions), (i - from) * dimensions);
  }
  return out;
}
