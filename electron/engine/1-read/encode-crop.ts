import sharp from "sharp";
import type { PixelBox, Pixels } from "../types.ts";

/** A square WebP of a face: the box's larger side times `margin`, pushed back into the photo where it would leave it, `side` pixels wide at most. */
export async function encodeCrop(
  pixels: Pixels,
  box: PixelBox,
  options: { readonly side: number; readonly margin: number; readonly quality: number },
): Promise<Buffer> {
  const [x, y, w, h] = box;
  const wanted = Math.max(w, h, 1) * options.margin;
  const size = Math.max(1, Math.min(Math.round(wanted), pixels.width, pixels.height));
  const left = Math.round(Math.min(Math.max(0, x + w / 2 - size / 2), pixels.width - size));
  const top = Math.round(Math.min(Math.max(0, y + h / 2 - size / 2), pixels.height - size));
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .extract({ left, top, width: size, height: size })
    .resize(options.side, options.side, { fit: "fill", kernel: size > options.side ? "linear" : "cubic" })
    .webp({ quality: options.quality, effort: 0 })
    .toBuffer();
}
