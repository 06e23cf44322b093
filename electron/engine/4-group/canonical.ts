import { Problem } from "../errors.ts";
import type { GroupInput } from "./group-types.ts";
import { gatherRows, rowCount } from "./vectors.ts";

/** The faces by ascending id: whatever order they come in, the same faces give the same groups. */
export interface Canonical {
  /** Row -> place in the input. */
  readonly order: Int32Array;
  readonly faces: Int32Array;
  readonly vectors: Float32Array;
  readonly norms: Float32Array;
  readonly sizes: Float32Array;
  readonly scores: Float32Array;
  readonly photos: Int32Array;
  readonly takenAt: Float64Array;
  readonly previous: Int32Array;
  readonly confirmed: Int32Array;
}

/** Sorts by face id. Throws `model-mismatch` where lengths do not fit each other and `bad-request` where an id comes twice. */
export function canonicalOrder(input: GroupInput): Canonical {
  const n = rowCount(input.vectors, input.dimensions, input.faceIds.length);
  const lists = [input.norms, input.sizes, input.scores, input.photoIds, input.takenAt, input.previous, input.confirmed];
  if (lists.some((list) => list.length !== n)) throw new Problem("bad-request", "one entry a face in every list");
  const order = Int32Array.from({ length: n }, (_, place) => place);
  const id = (place: number): number => input.faceIds[place] as number;
  let ascending = true;
  for (let place = 1; place < n; place++) if (id(place - 1) >= id(place)) ascending = false;
  if (!ascending) order.sort((a, b) => id(a) - id(b));
  for (let row = 1; row < n; row++) {
    if (id(order[row] as number) === id(order[row - 1] as number))
      throw new Problem("bad-request", `face ${id(order[row] as number)} twice`);
  }
  const pick = <T extends Int32Array | Float32Array | Float64Array>(list: T, empty: T): T => {
    if (ascending) return list;
    for (let row = 0; row < n; row++) empty[row] = list[order[row] as number] as number;
    return empty;
  };
  return {
    order,
    faces: pick(input.faceIds, new Int32Array(n)),
    vectors: ascending ? input.vectors : gatherRows(input.vectors, input.dimensions, order),
    norms: pick(input.norms, new Float32Array(n)),
    sizes: pick(input.sizes, new Float32Array(n)),
    scores: pick(input.scores, new Float32Array(n)),
    photos: pick(input.photoIds, new Int32Array(n)),
    takenAt: pick(input.takenAt, new Float64Array(n)),
    previous: pick(input.previous, new Int32Array(n)),
    confirmed: pick(input.confirmed, new Int32Array(n)),
  };
}
