import type { Sharp } from "sharp";
import { settings } from "../settings.ts";
import type { DecodedPhoto, Pixels } from "../types.ts";
import { fileProblem, openPicture, type OpenPicture } from "./picture.ts";
import { readFacts } from "./read-facts.ts";

/**
 * Decodes a photo for detection: upright, 8-bit sRGB, long side at least `longSide` (or the photo's own) and under twice that, so that
 * no more is decoded than is needed. Strict first; a broken file that still shows something is marked damaged.
 */
export async function decode(path: string, { longSide }: { readonly longSide: number }): Promise<DecodedPhoto> {
  const picture = await openPicture(path);
  const facts = await readFacts(picture.file, path, picture.orientation > 1);
  const scale = scaleFor(picture, longSide);
  const { pixels, damaged } = await decodeAt(
    picture,
    path,
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  return { pixels, width: picture.width, height: picture.height, facts, damaged };
}

/** Largest power-of-two shrink that keeps the long side at or above the wanted one: what JPEG can skip while decoding. */
function scaleFor(picture: OpenPicture, longSide: number): number {
  let scale = 1;
  while (scale > 1 / 8 && Math.max(picture.width, picture.height) * (scale / 2) >= longSide) scale /= 2;
  return scale;
}

/** The whole photo upright at a size in pixels. */
export async function decodeAt(
  picture: OpenPicture,
  path: string,
  width: number,
  height: number,
): Promise<{ pixels: Pixels; damaged: boolean }> {
  const shape = (lenient: boolean): Sharp => {
    const upright = picture.pipeline(lenient).autoOrient();
    return (
      width === picture.width && height === picture.height ? upright : upright.resize(width, height, { fit: "fill", kernel: "linear" })
    )
      .flatten({ background: "#808080" })
      .toColourspace("srgb")
      .removeAlpha()
      .timeout({ seconds: Math.ceil(settings.read.longestRead / 1000) });
  };
  try {
    return { pixels: await rgb(shape(false)), damaged: false };
  } catch (strict) {
    const problem = fileProblem(strict, path);
    if (problem.code === "file-too-large" || problem.code === "file-too-slow") throw problem;
    try {
      return { pixels: await rgb(shape(true)), damaged: true };
    } catch {
      throw problem;
    }
  }
}

async function rgb(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height };
  const spread = new Uint8Array(info.width * info.height * 3);
  for (let i = 0, from = 0; i < spread.length; i += 3, from += info.channels) spread.fill(data[from] ?? 0, i, i + 3);
  return { data: spread, width: info.width, height: info.height };
}
