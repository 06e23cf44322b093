import sharp from "sharp";
import type { Pixels } from "../types.ts";

/** A small WebP of decoded pixels, its long side at most `longSide`; never enlarged. */
export function encodeSmall(
  pixels: Pixels,
  { longSide, quality }: { readonly longSide: number; readonly quality: number },
): Promise<Buffer> {
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .resize(longSide, longSide, { fit: "inside", withoutEnlargement: true })
    .webp({ quality, effort: 0 })
    .toBuffer();
}
