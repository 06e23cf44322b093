import type { Store } from "./store.ts";
import { refreshMembers } from "./members.ts";
import { shownOfFiles } from "./shown-of-files.ts";

/**
 * Brings what photos say of their files and faces up to date: `shown` (present when any file is, else offline when any is, else
 * gone), the path shown, and the number of faces; when a photo comes or goes, its faces' members follow.
 */
export function refreshPhotos(store: Store, photoIds: Iterable<number>): void {
  const before = store.sql<[number], { visible: number }>("SELECT visible FROM main.photos WHERE id = ?");
  const update = store.sql<[number], { visible: number }>(`
UPDATE main.photos SET ${shownOfFiles},
  face_count = (SELECT count(*) FROM main.faces WHERE photo_id = photos.id AND gone = 0
    AND id NOT IN (SELECT face_id FROM main.not_faces))
WHERE id = ? RETURNING visible`);
  for (const photoId of photoIds) {
    const was = before.get(photoId)?.visible;
    const is = update.get(photoId)?.visible;
    if (was !== is) refreshMembers(store, faceIdsOf(store, photoId));
  }
}

/** Ids of all faces of a photo, also those that are gone. */
export function faceIdsOf(store: Store, photoId: number): readonly number[] {
  return store
    .sql<[number], { id: number }>("SELECT id FROM main.faces WHERE photo_id = ?")
    .all(photoId)
    .map((row) => row.id);
}
