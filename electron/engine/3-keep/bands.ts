import type { Sureness } from "../types.ts";

/** Bands as they are kept: 0 is confirmed. */
const bands = ["confirmed", "sure", "fairly-sure", "not-sure", "guess"] as const;

export function bandNumber(band: Sureness): number {
  return bands.indexOf(band);
}

/** The band's name; what is out of range is a guess. */
export function bandName(number: number): (typeof bands)[number] {
  return bands[number] ?? "guess";
}

/** The band's name of a proposal, which is never confirmed. */
export function proposalBand(number: number): Sureness {
  const name = bandName(number);
  return name === "confirmed" ? "sure" : name;
}
