import { readFile } from "node:fs/promises";
import type { PictureView } from "../../contract/views.ts";
import { decode } from "../1-read/decode.ts";
import { encodeCrop } from "../1-read/encode-crop.ts";
import { fullPicture } from "../1-read/full-picture.ts";
import { preview } from "../1-read/preview.ts";
import type { Keep } from "../3-keep/keep.ts";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";

/** A face as the screens show it. Kept when first made; it still shows while the photo's drive is away. Throws `face-not-found`. */
export async function facePicture(keep: Keep, faceId: number): Promise<PictureView> {
  const kept = keep.pictureFile("face", faceId, "256");
  if (kept) {
    try {
      return { bytes: await readFile(kept), type: "image/webp" };
    } catch {
      keep.forgetPicture("face", faceId);
    }
  }
  const spot = keep.faceSpot(faceId);
  if (!spot) throw new Problem("face-not-found", String(faceId));
  const { faceCrop: side, faceMargin: margin, quality } = settings.pictures;
  return firstThatOpens(spot.paths, async (path) => {
    const { pixels } = await decode(path, { longSide: settings.detect.longSide });
    const [x, y, w, h] = spot.box;
    const box = [x * pixels.width, y * pixels.height, w * pixels.width, h * pixels.height] as const;
    const bytes = await encodeCrop(pixels, box, { side, margin, quality });
    keep.keepPicture("face", faceId, "256", bytes);
    return { bytes, type: "image/webp" };
  });
}

/** A photo, small or as large as the screen (made and kept when first looked at), or in full. Throws `photo-not-found`. */
export async function photoPicture(keep: Keep, photoId: number, size: "thumb" | "screen" | "full"): Promise<PictureView> {
  const spot = keep.photoSpot(photoId);
  if (!spot) throw new Problem("photo-not-found", String(photoId));
  if (size === "full") {
    try {
      return await firstThatOpens(spot.paths, fullPicture);
    } catch (thrown) {
      if (!keep.pictureFile("photo", photoId, "screen")) throw thrown;
      return photoPicture(keep, photoId, "screen");
    }
  }
  const kept = keep.pictureFile("photo", photoId, size);
  if (kept) {
    try {
      return { bytes: await readFile(kept), type: "image/webp" };
    } catch {
      keep.forgetPicture("photo", photoId);
    }
  }
  return firstThatOpens(spot.paths, async (path) => {
    const { webp } = await preview(path, { longSide: settings.pictures[size], quality: settings.pictures.quality });
    keep.keepPicture("photo", photoId, size, webp);
    return { bytes: webp, type: "image/webp" };
  });
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
