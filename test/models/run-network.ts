import ort from "onnxruntime-node";

/** sin(step * i) over a whole tensor, as the goldens' inputs are defined. */
export function sines(shape: readonly number[], step = 0.01): Float32Array {
  const length = shape.reduce((a, b) => a * b, 1);
  return Float32Array.from({ length }, (_, index) => Math.sin(step * index));
}

/** Runs an exported network once on one thread; outputs by name. */
export async function runNetwork(
  network: Uint8Array,
  shape: readonly number[],
  input: Float32Array = sines(shape),
): Promise<ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>> {
  const session = await ort.InferenceSession.create(network, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run({ input: new ort.Tensor("float32", input, shape) });
  await session.release();
  return new Map(
    Object.entries(results).map(([name, tensor]) => {
      if (!(tensor.data instanceof Float32Array)) throw new Error(`${name} is not float32`);
      return [name, { shape: tensor.dims, data: tensor.data }];
    }),
  );
}

/** Largest absolute difference of two lists of the same length. */
export function furthest(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let index = 0; index < left.length; index++) {
    const apart = Math.abs((left[index] ?? NaN) - (right[index] ?? NaN));
    if (!(apart <= most)) most = apart;
  }
  return most;
}

/** Runs somebody else's network whatever it calls its input; outputs in order. */
export async function runReference(network: Uint8Array, shape: readonly number[]): Promise<readonly Float32Array[]> {
  const session = await ort.InferenceSession.create(network, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run({ [session.inputNames[0] ?? "input"]: new ort.Tensor("float32", sines(shape), shape) });
  await session.release();
  return session.outputNames.flatMap((name) => {
    const data = results[name]?.data;
    return data instanceof Float32Array ? [data] : [];
  });
}
