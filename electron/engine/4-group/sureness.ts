import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { Calibration, Sureness } from "../types.ts";

/** Bands from the surest down; a band's number is its place here. */
export const bands: readonly Sureness[] = ["sure", "fairly-sure", "not-sure", "guess"];

/** Standard deviation of the cosine of two faces of different people. */
export function impostorSpread(calibration: Calibration): number {
  return Math.sqrt(calibration.sId ** 2 + 2 * calibration.sF ** 2 + calibration.sE ** 2);
}

/** The calibration itself, or the problem `pack-uncalibrated` where it is missing or cannot be right. */
export function usableCalibration(calibration: Calibration | null, pack = ""): Calibration {
  const fine =
    calibration !== null &&
    [calibration.mu, calibration.sId, calibration.sF, calibration.sE, calibration.kappa].every(Number.isFinite) &&
    impostorSpread(calibration) > 0 &&
    calibration.kappa > 0 &&
    calibration.farTable.length >= 2 &&
    calibration.farTable.every(([far, cosine], row) => {
      const before = calibration.farTable[row - 1];
      return far > 0 && far < 1 && Number.isFinite(cosine) && (before === undefined || (far < before[0] && cosine > before[1]));
    });
  if (!fine || calibration === null) throw new Problem("pack-uncalibrated", pack);
  return calibration;
}

/**
 * Share of pairs of different people that are at least this alike. Straight lines between the table's rows in
 * log10(rate); outside the table its first or last slope goes on, capped to 1e-12 .. 1.
 */
export function farOf(similarity: number, calibration: Calibration): number {
  const { cosines, logs } = columnsOf(calibration);
  return Math.min(1, Math.max(1e-12, 10 ** along(similarity, cosines, logs)));
}

/** The cosine that a share `far` of different people reaches: the inverse of `farOf`. */
export function similarityAt(far: number, calibration: Calibration): number {
  const { cosines, negativeLogs } = columnsOf(calibration);
  return along(-Math.log10(far), negativeLogs, cosines);
}

/** How sure a likeness is: its band and the false-accept rate behind it. */
export function sureness(similarity: number, calibration: Calibration): { readonly band: Sureness; readonly far: number } {
  const far = farOf(similarity, calibration);
  return { band: bandOf(far), far };
}

/** Band of a false-accept rate, by `settings.sureness.bands`. */
export function bandOf(far: number): Sureness {
  const place = settings.sureness.bands.findIndex((bound) => far <= bound);
  return bands[place < 0 ? 3 : place] ?? "guess";
}

interface Columns {
  readonly cosines: readonly number[];
  readonly logs: readonly number[];
  readonly negativeLogs: readonly number[];
}
/** Taken apart once: asked for every face of the library. */
const takenApart = new WeakMap<Calibration, Columns>();
function columnsOf(calibration: Calibration): Columns {
  const known = takenApart.get(calibration);
  if (known) return known;
  const logs = calibration.farTable.map(([far]) => Math.log10(far));
  const columns = { cosines: calibration.farTable.map(([, cosine]) => cosine), logs, negativeLogs: logs.map((log) => -log) };
  takenApart.set(calibration, columns);
  return columns;
}

/** Piecewise linear through (xs ascending, ys), the outer pieces going on for ever. */
function along(x: number, xs: readonly number[], ys: readonly number[]): number {
  let piece = 0;
  while (piece < xs.length - 2 && x > (xs[piece + 1] ?? 0)) piece++;
  const [x0 = 0, x1 = 1] = [xs[piece], xs[piece + 1]];
  const [y0 = 0, y1 = 0] = [ys[piece], ys[piece + 1]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
