import { Problem } from "../../errors.ts";
import type { PhotoView } from "../../../contract/views.ts";
import type { Store } from "../store.ts";
import { facesOfPhoto } from "./faces.ts";
import { tilesOf } from "./tiles.ts";

interface More {
  readonly takenZone: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly camera: string | null;
  readonly damaged: number;
  readonly bytes: number;
}

/** A photo as it is kept; what its place is called is no fact of the library. */
export type KeptPhoto = Omit<PhotoView, "place">;

/** See Reads.photo. */
export function photoView(store: Store, photoId: number): KeptPhoto {
  const [tile] = tilesOf(store, [photoId]);
  const more = store
    .sql<[number], More>("SELECT taken_zone AS takenZone, latitude, longitude, camera, damaged, bytes FROM main.photos WHERE id = ?")
    .get(photoId);
  if (tile === undefined || more === undefined) throw new Problem("photo-not-found", String(photoId));
  const files = store
    .sql<[number], PhotoView["files"][number]>(
      "SELECT path, state, bytes FROM main.files WHERE photo_id = ? ORDER BY CASE state WHEN 'present' THEN 0 WHEN 'offline' THEN 1 ELSE 2 END, id",
    )
    .all(photoId);
  return { ...tile, ...more, damaged: more.damaged === 1, files, faceList: facesOfPhoto(store, photoId) };
}
