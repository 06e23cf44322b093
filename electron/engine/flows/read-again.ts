import type { PhotoView } from "../../contract/views.ts";
import { Problem } from "../errors.ts";
import { photoWithPlace } from "./place-names.ts";
import type { House } from "./house.ts";
import { readOne } from "./scan.ts";

/** Reads one photo again, whatever was known of it; faces keep their ids, decisions hold. Throws the photo's own problem. */
export async function readAgain(house: House, photoId: number): Promise<PhotoView> {
  const now = await readPhoto(house, photoId);
  await house.grouper.run();
  house.emit("changed", { what: ["photos", "people"], personIds: [] });
  return photoWithPlace(house.keep, now);
}

/** The same without grouping. Answers the photo that lies there: the file may have been edited since. Throws the photo's own problem. */
export async function readPhoto(house: House, photoId: number): Promise<number> {
  const spot = house.keep.photoSpot(photoId);
  if (!spot) throw new Problem("photo-not-found", String(photoId));
  const path = spot.paths[0];
  if (path === undefined) throw new Problem("file-vanished", String(photoId));
  const pool = await house.pool();
  const { hash, bytes } = await pool.run({ kind: "identify", path });
  const fileId = house.keep.fileAt(path);
  if (fileId === null) throw new Problem("photo-not-found", path);
  const kept = await readOne({ keep: house.keep, pool, reading: house.reading(pool.pack) }, { fileId, path, hash, bytes });
  // Only now: had it not opened, they would be all there is to show.
  house.keep.forgetPicture("photo", photoId, "screen");
  return kept.photoId;
}
