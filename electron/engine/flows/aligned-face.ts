import { readFile } from "node:fs/promises";
import type { PictureView } from "../../contract/views.ts";
import { encodeCrop } from "../1-read/encode-crop.ts";
import { regions } from "../1-read/regions.ts";
import { eyeAlignment, samplePicture } from "../2-see/align-eyes.ts";
import { all } from "../2-see/cut-faces.ts";
import { buildMips } from "../2-see/mips.ts";
import type { Keep } from "../3-keep/keep.ts";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { Pixels } from "../types.ts";
import { facePicture, firstThatOpens } from "./pictures.ts";

const { side, ...places } = settings.pictures.eyes;

/** A face with its eyes where everybody's are; kept when first made. A face without points is shown as it is. Throws `face-not-found`. */
export async function alignedPicture(keep: Keep, faceId: number): Promise<PictureView> {
  const kept = keep.pictureFile("face", faceId, "eyes");
  if (kept) {
    try {
      return { bytes: await readFile(kept), type: "image/webp" };
    } catch {
      keep.forgetPicture("face", faceId);
    }
  }
  const spot = keep.faceSpot(faceId);
  if (!spot) throw new Problem("face-not-found", String(faceId));
  const { points } = spot;
  if (points === null) return facePicture(keep, faceId);
  return firstThatOpens(spot.paths, async (path) => {
    const [region] = await regions(path, [spot.box], spot.turns);
    if (region === undefined) throw new Problem("face-not-found", String(faceId));
    const [left, top] = region.box;
    const inside = all(points, ([x, y]) => [x * spot.width - left - 0.5, y * spot.height - top - 0.5]);
    const matrix = eyeAlignment(inside, side, places);
    if (matrix === null) return facePicture(keep, faceId);
    const bytes = await encoded(samplePicture(buildMips(region.pixels), matrix, side));
    keep.keepPicture("face", faceId, "eyes", bytes);
    return { bytes, type: "image/webp" };
  });
}

function encoded(pixels: Pixels): Promise<Buffer> {
  return encodeCrop(pixels, [0, 0, side, side], { side, margin: 1, quality: settings.pictures.quality });
}
