import sharp from "sharp";
import type { PixelBox, Pixels } from "../types.ts";
import { squareAround } from "./square-around.ts";

/** A square WebP of a face, as `squareAround` cuts it, `side` pixels wide. */
export async function encodeCrop(
  pixels: Pixels,
  box: PixelBox,
  options: { readonly side: number; readonly margin: number; readonly quality: number },
): Promise<Buffer> {
  const [left, top, size] = squareAround(box, options.margin, pixels.width, pixels.height);
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .extract({ left, top, width: size, height: size })
    .resize(options.side, options.side, { fit: "fill", kernel: size > options.side ? "linear" : "cubic" })
    .webp({ quality: options.quality, effort: 0 })
    .toBuffer();
}
