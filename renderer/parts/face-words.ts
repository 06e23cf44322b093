import type { FaceView } from "../../electron/contract/views.ts";

const order = { guess: 0, "not-sure": 1, "fairly-sure": 2, sure: 3, confirmed: 4 } as const;
/** Least sure first. */
export function bySureness(a: FaceView, b: FaceView): number {
  return order[a.sureness] - order[b.sureness];
}
