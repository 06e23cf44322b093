import { readFile } from "node:fs/promises";
import type { PictureView } from "../../contract/views.ts";
import { decode } from "../1-read/decode.ts";
import { encodeCrop } from "../1-read/encode-crop.ts";
import { fullPicture } from "../1-read/full-picture.ts";
import { preview } from "../1-read/preview.ts";
import { turnPicture } from "../1-read/turn-picture.ts";
import type { Keep } from "../3-keep/keep.ts";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";

/** A face as the screens show it. Kept when first made; it still shows while the photo's drive is away. Throws `face-not-found`. */
export async function facePicture(keep: Keep, faceId: number): Promise<PictureView> {
  const kept = await keptPicture(keep, "face", faceId, "256");
  if (kept) return kept;
  const spot = keep.faceSpot(faceId);
  if (!spot) throw new Problem("face-not-found", String(faceId));
  const { faceCrop: side, faceMargin: margin, quality } = settings.pictures;
  return firstThatOpens(spot.paths, async (path) => {
    const { pixels } = await decode(path, { longSide: settings.detect.longSide, turns: spot.turns });
    const [x, y, w, h] = spot.box;
    const box = [x * pixels.width, y * pixels.height, w * pixels.width, h * pixels.height] as const;
    const bytes = await encodeCrop(pixels, box, { side, margin, quality });
    keep.keepPicture("face", faceId, "256", bytes, spot.turns);
    return { bytes, type: "image/webp" };
  });
}

/** A photo, small or as large as the screen (made and kept when first looked at), or in full. Throws `photo-not-found`. */
export async function photoPicture(keep: Keep, photoId: number, size: "thumb" | "screen" | "full"): Promise<PictureView> {
  const spot = keep.photoSpot(photoId);
  if (!spot) throw new Problem("photo-not-found", String(photoId));
  if (size === "full") {
    try {
      return await firstThatOpens(spot.paths, (path) => fullPicture(path, spot.turns));
    } catch (thrown) {
      if (!keep.pictureFile("photo", photoId, "screen")) throw thrown;
      return photoPicture(keep, photoId, "screen");
    }
  }
  const kept = await keptPicture(keep, "photo", photoId, size);
  if (kept) return kept;
  return firstThatOpens(spot.paths, async (path) => {
    const { webp } = await preview(path, { longSide: settings.pictures[size], quality: settings.pictures.quality, turns: spot.turns });
    keep.keepPicture("photo", photoId, size, webp, spot.turns);
    return { bytes: webp, type: "image/webp" };
  });
}

/** A picture made earlier. One of a photo that was turned since is turned too, so that it can be browsed while its drive is away. */
export async function keptPicture(keep: Keep, of: "face" | "photo", id: number, size: string): Promise<PictureView | null> {
  const file = keep.pictureFile(of, id, size);
  if (file === null) return null;
  try {
    const turns = keep.pictureTurns(of, id, size);
    const bytes = await readFile(file);
    if (turns === 0) return { bytes, type: "image/webp" };
    const turned = await turnPicture(bytes, turns, settings.pictures.quality);
    // Another may have done it, or the photo been turned once more, meanwhile.
    if (keep.pictureTurns(of, id, size) !== turns) return await keptPicture(keep, of, id, size);
    keep.keepPicture(of, id, size, turned);
    return { bytes: turned, type: "image/webp" };
  } catch {
    keep.forgetPicture(of, id);
    return null;
  }
}

/** Tries each copy of the photo in turn: one of two drives may be away. */
export async function firstThatOpens(paths: readonly string[], open: (path: string) => Promise<PictureView>): Promise<PictureView> {
  let last: unknown = new Problem("file-vanished");
  for (const path of paths) {
    try {
      return await open(path);
    } catch (thrown) {
      last = thrown;
    }
  }
  throw asProblem(last);
}
