import { settings } from "../settings.ts";
import type { Calibration } from "../types.ts";
import { dot } from "./vectors.ts";

export interface GateInput {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Length of the raw embedding. 0 or NaN: not known, which does not count against a face. */
  readonly norms: Float32Array;
  /** Width of the face in pixels of the full photo. */
  readonly sizes: Float32Array;
  /** Detector's probability (1 for drawn faces). */
  readonly scores: Float32Array;
}

/**
 * 1 for every face good enough to seed a person; poor ones are shown and may be attached, but never pull others together: severe
 * blur makes strangers look alike. The raw embedding's length first, the junk direction where the pack has one, size and score.
 */
export function passGate(input: GateInput, calibration: Calibration): Uint8Array {
  const n = input.norms.length;
  const pass = new Uint8Array(n);
  const junk = calibration.junkDirection === null ? null : Float32Array.from(calibration.junkDirection);
  const cut = calibration.junkCut ?? Infinity;
  for (let row = 0; row < n; row++) {
    const norm = input.norms[row] as number;
    const longEnough = !(norm > 0) || norm >= calibration.poorNorm;
    const wideEnough = !((input.sizes[row] as number) < settings.gate.smallestFace);
    const faceEnough = !((input.scores[row] as number) < settings.gate.lowestScore);
    const clean = junk === null || dot(input.vectors, row * input.dimensions, junk, 0, input.dimensions) <= cut;
    pass[row] = longEnough && wideEnough && faceEnough && clean ? 1 : 0;
  }
  return pass;
}
