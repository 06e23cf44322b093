import type { ExposureView } from "../../contract/finding-views.ts";
import { readExposure } from "../1-read/read-exposure.ts";
import type { Keep } from "../3-keep/keep.ts";
import { Problem } from "../errors.ts";

/** How a photo was taken, read from the first of its files that opens; null where none does, or it says nothing. Throws `photo-not-found`. */
export async function exposure(keep: Keep, photoId: number): Promise<ExposureView | null> {
  const spot = keep.photoSpot(photoId);
  if (!spot) throw new Problem("photo-not-found", String(photoId));
  for (const path of spot.paths) {
    try {
      return await readExposure(path);
    } catch {
      // The same bytes may lie elsewhere too.
    }
  }
  return null;
}
