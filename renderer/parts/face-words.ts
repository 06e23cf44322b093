import type { FaceView } from "../../electron/contract/views.ts";

/** Whether a face is one "to check": proposed, and less sure than was chosen to let stand. */
export function wantsLook(face: Pick<FaceView, "toCheck">): boolean {
  return face.toCheck;
}

const order = { guess: 0, "not-sure": 1, "fairly-sure": 2, sure: 3, confirmed: 4 } as const;
/** Least sure first. */
export function bySureness(a: FaceView, b: FaceView): number {
  return order[a.sureness] - order[b.sureness];
}
