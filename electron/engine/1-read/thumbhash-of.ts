import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import type { Pixels } from "../types.ts";

/** A 25-byte blur of the photo, base64, shown until the picture is there. Source: evanw/thumbhash. */
export async function thumbhashOf(pixels: Pixels): Promise<string> {
  const { data, info } = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .resize(64, 64, { fit: "inside", kernel: "nearest" })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}
