import { plantedLibrary, type Planted } from "../../bench/grouping-planted.ts";
import { untouchedLibrary } from "../../bench/grouping-library.ts";
import type { GroupInput } from "../../../electron/engine/4-group/group-types.ts";

const made = new Map<string, Planted>();

/** A planted library of that size, made once. */
export function planted(faces: number, d = 64): Planted {
  const key = `${faces} ${d}`;
  const known = made.get(key) ?? plantedLibrary(faces, d);
  made.set(key, known);
  return known;
}

/** A planted library as grouping gets it. */
export function plantedInput(faces: number, change: Partial<GroupInput> = {}, d = 64): GroupInput {
  const library = planted(faces, d);
  return untouchedLibrary(library, library.calibration, change);
}

/** The same faces in another order, every list alike. */
export function permuted(input: GroupInput, order: readonly number[]): GroupInput {
  const d = input.dimensions;
  const vectors = new Float32Array(input.vectors.length);
  for (const [to, from] of order.entries()) vectors.set(input.vectors.subarray(from * d, (from + 1) * d), to * d);
  const ints = (list: Int32Array): Int32Array => Int32Array.from(order, (from) => list[from] ?? 0);
  const floats = (list: Float32Array): Float32Array => Float32Array.from(order, (from) => list[from] ?? 0);
  return {
    ...input,
    vectors,
    faceIds: ints(input.faceIds),
    norms: floats(input.norms),
    sizes: floats(input.sizes),
    scores: floats(input.scores),
    photoIds: ints(input.photoIds),
    takenAt: Float64Array.from(order, (from) => input.takenAt[from] ?? NaN),
    previous: ints(input.previous),
    confirmed: ints(input.confirmed),
  };
}

/** Which faces stand together, whatever the groups are called. */
export function partition(faceIds: ArrayLike<number>, label: ArrayLike<number>): string[] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < label.length; i++) {
    const id = label[i] ?? 0;
    if (id !== 0) groups.set(id, [...(groups.get(id) ?? []), faceIds[i] ?? 0]);
  }
  return [...groups.values()].map((faces) => faces.sort((a, b) => a - b).join(" ")).sort();
}
