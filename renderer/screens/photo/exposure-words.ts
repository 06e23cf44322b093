import type { ExposureView } from "../../../electron/contract/finding-views.ts";
import { number, tenths } from "../../strings/format.ts";

/** Seconds from which on they are not told as a fraction. */
const longest = 0.4;

/** How a photo was taken, in the order in which cameras tell it: `f/1.8 · 1/120 s · ISO 64 · 26 mm`; empty where nothing is known. */
export function exposureWords({ aperture, seconds, iso, focalLength }: ExposureView): string {
  const parts = [
    aperture === null ? "" : `f/${tenths(aperture)}`,
    seconds === null ? "" : `${seconds < longest ? `1/${number(Math.round(1 / seconds))}` : tenths(seconds)} s`,
    iso === null ? "" : `ISO ${number(Math.round(iso))}`,
    focalLength === null ? "" : `${tenths(focalLength)} mm`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
