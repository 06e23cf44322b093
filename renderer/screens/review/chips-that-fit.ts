import { textWidth } from "../photo/text-width.ts";

/** Pixels of a chip around its name, between two, and of what stands before and after them. */
const around = 76;
const widest = 220;
const gap = 8;
const ends = 240;
/** Each has a digit. */
const most = 9;
const font = '480 13px "Inter Variable", "Inter", system-ui, sans-serif';

/** How many of the likely people stand in one line of so many pixels. */
export function chipsThatFit(names: readonly string[], room: number): number {
  let left = room - ends;
  let fit = 0;
  for (const name of names.slice(0, most)) {
    left -= Math.min(widest, around + textWidth(name, font)) + gap;
    if (left < 0) break;
    fit += 1;
  }
  return fit;
}
