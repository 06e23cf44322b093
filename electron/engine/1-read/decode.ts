import type { Sharp } from "sharp";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { Turns } from "../lib/turns.ts";
import type { DecodedPhoto, PixelBox, Pixels } from "../types.ts";
import { openPicture, strictThenLenient, type OpenPicture } from "./picture.ts";
import { readFacts } from "./read-facts.ts";

/**
 * Decodes a photo for detection: upright, 8-bit sRGB, long side at least `longSide` (or the photo's own) and under twice that, so that
 * no more is decoded than is needed. `turns`: what a person turned it by, clockwise. Strict first; a broken file that still shows something is marked damaged. Throws the problems of
 * one file.
 */
export async function decode(
  path: string,
  { longSide, turns = 0 }: { readonly longSide: number; readonly turns?: Turns },
): Promise<DecodedPhoto> {
  const picture = await openPicture(path, turns);
  // Whoever turned it knew which way was up.
  const facts = await readFacts(picture.file, path, picture.orientation > 1 || turns !== 0);
  const shrink = shrinkFor(picture, longSide);
  // Rounded down, because a shrink of just under 3 is one of 2 to sharp.
  const width = Math.max(1, Math.floor(picture.width / shrink));
  const height = Math.max(1, Math.floor(picture.height / shrink));
  const { made: pixels, damaged } = await strictThenLenient(picture, path, async (lenient) => {
    const shown = await upright(picture, lenient, { width, height });
    if (lenient && isNothing(shown)) throw new Problem("file-cut-short", path);
    return shown;
  });
  return { pixels, width: picture.width, height: picture.height, facts, damaged };
}

/**
 * How many times smaller the long side is decoded: the most that leaves the wanted one. sharp lets libjpeg skip half (three quarters,
 * seven eighths) of each side only from 3 (5, 9) on; 12 megapixels at a third take half the time of the same at a half (measured).
 */
function shrinkFor({ width, height }: OpenPicture, longSide: number): number {
  const most = Math.max(width, height) / longSide;
  const step = [9, 5, 3, 2, 1].find((one) => one <= most) ?? 1;
  return most >= 2 * step ? most / 1.5 : step;
}

/** The upright photo, or a part of it in full-size upright pixels, at a size in pixels. What is transparent becomes middle grey. */
export async function upright(
  picture: OpenPicture,
  lenient: boolean,
  want: { readonly width: number; readonly height: number; readonly part?: PixelBox },
): Promise<Pixels> {
  let pipeline: Sharp = picture.pipeline(lenient);
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

/** Too little to see: nearly everything is the one colour that a decoder fills in for what is missing, as at least one corner is. */
function isNothing({ data, width, height }: Pixels): boolean {
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map((pixel) => pixel * 3);
  return corners.some((corner) => {
    let same = 0;
    for (let i = 0; i < data.length; i += 3) {
      if (data[i] === data[corner] && data[i + 1] === data[corner + 1] && data[i + 2] === data[corner + 2]) same++;
    }
    return same > width * height * (1 - settings.read.leastShown);
  });
}
