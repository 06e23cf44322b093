import type { FaceView } from "../../electron/contract/views.ts";

/** Whether a face is one "to check": proposed, and fairly sure or less. */
export function wantsLook(face: Pick<FaceView, "state" | "sureness">): boolean {
  return face.state === "proposed" && (face.sureness === "fairly-sure" || face.sureness === "not-sure" || face.sureness === "guess");
}

const order = { guess: 0, "not-sure": 1, "fairly-sure": 2, sure: 3, confirmed: 4 } as const;
/** Least sure first. */
export function bySureness(a: FaceView, b: FaceView): number {
  return order[a.sureness] - order[b.sureness];
}
