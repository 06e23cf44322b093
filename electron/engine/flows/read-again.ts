import type { PhotoView } from "../../contract/views.ts";
import { Problem } from "../errors.ts";
import type { House } from "./house.ts";
import { readOne } from "./scan.ts";

/** Reads one photo again, whatever was known of it; faces keep their ids, decisions hold. Throws the photo's own problem. */
export async function readAgain(house: House, photoId: number): Promise<PhotoView> {
  const spot = house.keep.photoSpot(photoId);
  if (!spot) throw new Problem("photo-not-found", String(photoId));
  const path = spot.paths[0];
  if (path === undefined) throw new Problem("file-vanished", String(photoId));
  const pool = await house.pool();
  const { hash, bytes } = await pool.run({ kind: "identify", path });
  const fileId = house.keep.fileAt(path);
  if (fileId === null) throw new Problem("photo-not-found", path);
  house.keep.forgetPicture("photo", photoId);
  const kept = await readOne({ keep: house.keep, pool, reading: house.reading() }, { fileId, path, hash, bytes });
  await house.grouper.run();
  house.emit("changed", { what: ["photos", "people"], personIds: [] });
  // The file may have been edited since: then its place holds another photo.
  return house.keep.reads.photo(kept.photoId);
}
