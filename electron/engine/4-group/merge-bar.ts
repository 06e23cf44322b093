import { settings } from "../settings.ts";
import type { Calibration } from "../types.ts";
import { normalQuantile } from "./normal.ts";
import { impostorSpread } from "./sureness.ts";

/**
 * [Note: z-link] How far the mean cosine of two groups (m and n faces) stands above what different people reach by chance.
 * Averages over many pairs vary less, so the bar for two big groups is lower than for two single faces:
 * `z = (average - mu) / sqrt(sId^2 + sF^2 (1/m + 1/n) + sE^2/(m n)) - kappa * quantile(alpha / N)`. Merge at z >= 0.
 */
export type MergeBar = (m: number, n: number, average: number) => number;

/** The bar of [Note: z-link] for a library of `faces` faces and `alpha` expected false neighbours a face. */
export function mergeBar(calibration: Calibration, alpha: number, faces: number): MergeBar {
  const { mu, sId, sF, sE } = calibration;
  const identity = sId * sId;
  const face = sF * sF;
  const rest = sE * sE;
  const far = Math.min(settings.group.loosestRate, alpha / Math.max(1, faces));
  const least = calibration.kappa * normalQuantile(far);
  return (m, n, average) => (average - mu) / Math.sqrt(identity + face * (1 / m + 1 / n) + rest / (m * n)) - least;
}

/** One cosine for every size: plain average linkage, which z-link is tested against. */
export function constantBar(cosine: number): MergeBar {
  return (_m, _n, average) => average - cosine;
}

/** Cosines under this are no edges of the graph. */
export function edgeFloor(calibration: Calibration): number {
  return calibration.mu + settings.group.edgeSigmas * impostorSpread(calibration);
}
