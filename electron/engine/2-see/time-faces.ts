/** Rounds that are timed, after a first one that loads what it needs. */
const rounds = 3;

/** Milliseconds a face where `count` are embedded at once, by waves instead of faces: a network takes as long for either. */
export async function timeFaces(
  embed: (crops: readonly Float32Array[]) => Promise<unknown>,
  input: number,
  count: number,
): Promise<number> {
  const crops = Array.from({ length: count }, (_, face) =>
    Float32Array.from({ length: 3 * input * input }, (__, place) => Math.sin(0.01 * (place + face))),
  );
  await embed(crops);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await embed(crops);
    best = Math.min(best, performance.now() - started);
  }
  return best / count;
}
