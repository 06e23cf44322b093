import { HDBSCAN } from "hdbscan-ts";
import { settings } from "../settings.ts";

/**
 * hdbscan-ts where it is sound: distinct, finite points, 4 to 200 of them, a new instance a call. (It is cubic in time, never
 * returns on NaN, throws on one point, and gives exact copies of a point different labels.) Labels from 0 up, -1 is noise; one
 * label of 0 for all where the call cannot be made. Never more than `settings.group.mixedSample` points: the caller samples.
 */
export function guardedHdbscan(points: readonly Float32Array[], make: typeof runHdbscan = runHdbscan): Int32Array {
  const labels = new Int32Array(points.length);
  const firstOf = new Map<string, number>();
  const distinct: number[] = [];
  const copyOf = points.map((point, at) => {
    const key = point.join(",");
    const first = firstOf.get(key);
    if (first !== undefined) return first;
    firstOf.set(key, at);
    distinct.push(at);
    return at;
  });
  const finite = points.every((point) => point.every(Number.isFinite));
  if (!finite || distinct.length < 4 || distinct.length > settings.group.mixedSample) return labels;
  let found: readonly number[];
  try {
    found = make(distinct.map((at) => [...(points[at] ?? [])]));
  } catch {
    return labels;
  }
  for (const [place, at] of distinct.entries()) labels[at] = found[place] ?? -1;
  for (const [at, first] of copyOf.entries()) labels[at] = labels[first] as number;
  return labels;
}

/** The one call of the package. */
export function runHdbscan(points: number[][]): readonly number[] {
  const { mixedCore, mixedSamples } = settings.group;
  return new HDBSCAN({ minClusterSize: mixedCore, minSamples: mixedSamples }).fit(points);
}
