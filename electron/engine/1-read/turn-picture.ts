import sharp from "sharp";
import type { Turns } from "../lib/turns.ts";

/** A kept WebP turned clockwise: what is shown of a photo while its drive is away follows too. */
export function turnPicture(webp: Uint8Array, turns: Turns, quality: number): Promise<Buffer> {
  return sharp(webp)
    .rotate(turns * 90)
    .webp({ quality, effort: 1 })
    .toBuffer();
}
