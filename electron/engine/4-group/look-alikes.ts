import { dot } from "./vectors.ts";

/** Unit vectors of one person's faces, row-major. */
export interface OneSide {
  readonly faceIds: readonly number[];
  readonly vectors: Float32Array;
  /** Faces nobody has settled: these are asked about however clear they are. */
  readonly open: ReadonlySet<number>;
  /** Faces that somebody has looked at just for this: never asked about again. */
  readonly past: ReadonlySet<number>;
}
export interface Limits {
  readonly most: number;
  /** A confirmed face is asked about where it is less than this more like its own person than like the other, in cosine. */
  readonly close: number;
}
export interface LookAlike {
  readonly faceId: number;
  /** Cosine with the most alike face of either person, the face itself left out; -1 where there is no other. */
  readonly toA: number;
  readonly toB: number;
}

/**
 * Faces of two people that are hardest to tell apart: those that are nearly as alike to the one as to the other, the closest call first.
 * Compares every face with every other (two people with 200 faces each at 192 dimensions: about 30 ms).
 */
export function lookAlikes(a: OneSide, b: OneSide, dimensions: number, { most, close }: Limits): readonly LookAlike[] {
  const of = (from: OneSide): LookAlike[] =>
    from.faceIds.flatMap((faceId, row) => {
      if (from.past.has(faceId)) return [];
      const [toA, toB] = [best(from, row, a, dimensions), best(from, row, b, dimensions)];
      const [own, other] = from === a ? [toA, toB] : [toB, toA];
      // Somebody's only face has nothing of its own to be held against.
      const doubtful = own > -1 && own - other < close;
      return from.open.has(faceId) || doubtful ? [{ faceId, toA, toB }] : [];
    });
  return [...of(a), ...of(b)]
    .sort((one, other) => Math.abs(one.toA - one.toB) - Math.abs(other.toA - other.toB) || one.faceId - other.faceId)
    .slice(0, most);
}

function best(from: OneSide, row: number, to: OneSide, dimensions: number): number {
  let most = -1;
  for (let other = 0; other < to.faceIds.length; other++) {
    if (from === to && other === row) continue;
    most = Math.max(most, dot(from.vectors, row * dimensions, to.vectors, other * dimensions, dimensions));
  }
  return most;
}
