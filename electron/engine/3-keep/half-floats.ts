/** A vector as half floats (greatest error of a cosine about 5e-8 for unit vectors), little endian as on every machine we run on. */
export function toHalf(vector: Float32Array): Buffer {
  const half = new Float16Array(vector);
  return Buffer.from(half.buffer, half.byteOffset, half.byteLength);
}

/** The vector that `toHalf` wrote; written into `into` at `offset` when given. */
export function fromHalf(blob: Uint8Array, into: Float32Array = new Float32Array(blob.byteLength / 2), offset = 0): Float32Array {
  // SQLite's buffers need not lie on even bytes.
  const even = blob.byteOffset % 2 === 0 ? blob : new Uint8Array(blob);
  into.set(new Float16Array(even.buffer, even.byteOffset, even.byteLength / 2), offset);
  return into;
}
