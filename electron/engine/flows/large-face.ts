import type { PictureView } from "../../contract/views.ts";
import { cutPart } from "../1-read/cut-part.ts";
import { encodeCrop } from "../1-read/encode-crop.ts";
import { openPicture } from "../1-read/picture.ts";
import { squareAround } from "../1-read/square-around.ts";
import type { Keep } from "../3-keep/keep.ts";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import { facePicture, firstThatOpens, keptPicture } from "./pictures.ts";

/**
 * A face as fine as its photo has it, for where it is shown large: the same square as its small picture, up to `largeFace` pixels wide and
 * never enlarged. Kept when first made. Where the photo has no more than the small picture shows, or cannot be opened now, the small one.
 * Throws `face-not-found`.
 */
export async function largeFace(keep: Keep, faceId: number): Promise<PictureView> {
  const kept = await keptPicture(keep, "face", faceId, "large");
  if (kept) return kept;
  const spot = keep.faceSpot(faceId);
  if (!spot) throw new Problem("face-not-found", String(faceId));
  const { faceCrop, largeFace: most, faceMargin: margin, quality } = settings.pictures;
  const [x, y, w, h] = spot.box;
  const across = Math.max(w * spot.width, h * spot.height) * margin;
  if (smallShows(across, Math.max(spot.width, spot.height), faceCrop) >= Math.min(most, across)) return facePicture(keep, faceId);
  try {
    return await firstThatOpens(spot.paths, async (path) => {
      const picture = await openPicture(path, spot.turns);
      const { width, height } = picture;
      const part = squareAround([x * width, y * height, w * width, h * height], margin, width, height);
      const side = Math.min(most, part[2]);
      const bytes = await encodeCrop(await cutPart(picture, path, part), [0, 0, part[2], part[3]], { side, margin: 1, quality });
      keep.keepPicture("face", faceId, "large", bytes, spot.turns);
      return { bytes, type: "image/webp" };
    });
  } catch {
    return facePicture(keep, faceId);
  }
}

/** Pixels of the photo's own that the small picture has across: it is cut from what is decoded for detection, under twice that long side. */
function smallShows(across: number, longSide: number, faceCrop: number): number {
  return Math.min(faceCrop, across * Math.min(1, settings.detect.longSide / longSide));
}
