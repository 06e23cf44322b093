import type { Sharp } from "sharp";
import { Problem } from "../errors.ts";
import type { DecodedPhoto, PixelBox, Pixels } from "../types.ts";
import { openPicture, strictThenLenient, type OpenPicture } from "./picture.ts";
import { readFacts } from "./read-facts.ts";

/**
 * Decodes a photo for detection: upright, 8-bit sRGB, long side at least `longSide` (or the photo's own) and under twice that, so that
 * no more is decoded than is needed. Strict first; a broken file that still shows something is marked damaged. Throws the problems of
 * one file.
 */
export async function decode(path: string, { longSide }: { readonly longSide: number }): Promise<DecodedPhoto> {
  const picture = await openPicture(path);
  const facts = await readFacts(picture.file, path, picture.orientation > 1);
  const scale = scaleFor(picture, longSide);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const { made: pixels, damaged } = await strictThenLenient(path, async (lenient) => {
    const shown = await upright(picture, lenient, { width, height });
    if (lenient && isOneColour(shown)) throw new Problem("file-cut-short", path);
    return shown;
  });
  return { pixels, width: picture.width, height: picture.height, facts, damaged };
}

/** Largest power-of-two shrink that keeps the long side at or above the wanted one: much of it is skipped while a JPEG is decoded. */
function scaleFor(picture: OpenPicture, longSide: number): number {
  let scale = 1;
  while (Math.max(picture.width, picture.height) * (scale / 2) >= longSide) scale /= 2;
  return scale;
}

/** The upright photo, or a part of it in full-size upright pixels, at a size in pixels. What is transparent becomes middle grey. */
export async function upright(
  picture: OpenPicture,
  lenient: boolean,
  want: { readonly width: number; readonly height: number; readonly part?: PixelBox },
): Promise<Pixels> {
  let pipeline: Sharp = picture.pipeline(lenient).autoOrient();
  const { width, height, part } = want;
  if (part) pipeline = pipeline.extract({ left: part[0], top: part[1], width: part[2], height: part[3] });
  else if (width !== picture.width || height !== picture.height)
    pipeline = pipeline.resize(width, height, { fit: "fill", kernel: "linear" });
  const { data, info } = await pipeline
    .flatten({ background: "#808080" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height };
  // A grey picture stays one channel wide.
  const spread = new Uint8Array(info.width * info.height * 3);
  for (let to = 0, from = 0; to < spread.length; to += 3, from += info.channels) spread.fill(data[from] ?? 0, to, to + 3);
  return { data: spread, width: info.width, height: info.height };
}

/** Nothing to see: what a decoder fills in for the part that is missing. */
function isOneColour({ data }: Pixels): boolean {
  for (let i = 3; i < data.length; i++) if (data[i] !== data[i - 3]) return false;
  return true;
}
