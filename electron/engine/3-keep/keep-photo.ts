import { carry } from "./carry.ts";
import { facesOf, insertFace, keepVector, updateFace } from "./face-rows.ts";
import { matchByOverlap } from "./match-faces.ts";
import { refreshMembers } from "./members.ts";
import { refreshPhotos } from "./refresh-photos.ts";
import { changeNumber, takeNumbers, type Store } from "./store.ts";
import type { KeptPhoto, PhotoToKeep } from "./shapes.ts";

/**
 * One photo, one transaction; `derived.seen` last, so a photo half kept is read again and its faces found again by overlap. Faces of
 * an earlier reading keep their ids. A detected face not found again is gone, unless somebody said something about it; drawn and
 * imported faces always stay.
 */
export function keepPhoto(store: Store, photo: PhotoToKeep): KeptPhoto {
  return store.write(() => {
    const detector = `${photo.reading.detector}/${photo.reading.detectorVersion}`;
    const photoId = photoRow(store, photo);
    const { touched, was } = linkFiles(store, photo, photoId);
    const { faceIds, adjusted, newFaces } = keepFaces(store, photo, photoId, detector);
    refreshPhotos(store, new Set([photoId, ...touched]));
    refreshMembers(
      store,
      facesOf(store, photoId).map((face) => face.id),
    );
    // Only onto content that is new: what people said of a photo that was known already stands.
    const carried = was === null ? null : carry(store, was, photoId, photo.reading.embedder);
    const { embedder, embedderVersion, detectorVersion, smallFaces } = photo.reading;
    store
      .sql("INSERT OR REPLACE INTO derived.seen VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(
        photoId,
        embedder,
        embedderVersion,
        photo.reading.detector,
        detectorVersion,
        smallFaces ? 1 : 0,
        changeNumber(store) + 1,
        store.now().toISOString(),
      );
    const { turns = 0 } = photo;
    if (turns === 0) store.sql("DELETE FROM derived.stood WHERE photo_id = ?").run(photoId);
    else store.sql("INSERT OR REPLACE INTO derived.stood VALUES (?, ?)").run(photoId, turns);
    return { photoId, faceIds, adjusted, newFaces, carried };
  });
}

function photoRow(store: Store, photo: PhotoToKeep): number {
  const { facts } = photo;
  const row = store
    .sql<unknown[], { id: number }>(
      `INSERT INTO main.photos (hash, width, height, taken_at, taken_zone, taken_from, month, latitude, longitude, camera, damaged, bytes, thumbhash, first_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET width = excluded.width, height = excluded.height, taken_at = excluded.taken_at,
         taken_zone = excluded.taken_zone, taken_from = excluded.taken_from, month = excluded.month, latitude = excluded.latitude,
         longitude = excluded.longitude, camera = excluded.camera, damaged = excluded.damaged, bytes = excluded.bytes,
         thumbhash = coalesce(excluded.thumbhash, thumbhash)
       RETURNING id`,
    )
    .get(
      photo.hash,
      photo.width,
      photo.height,
      facts.takenAt,
      facts.takenZone,
      facts.takenFrom,
      facts.takenAt?.slice(0, 7) ?? null,
      facts.latitude,
      facts.longitude,
      facts.camera,
      photo.damaged ? 1 : 0,
      photo.bytes,
      photo.thumbhash,
      store.now().toISOString(),
    );
  return row?.id ?? 0;
}

/** All files with this content are of this photo. Answers photos that lost a file, and the one whose decisions are to be handed on. */
function linkFiles(
  store: Store,
  photo: PhotoToKeep,
  photoId: number,
): { readonly touched: readonly number[]; readonly was: number | null } {
  type Linked = { id: number; photo_id: number | null; was_photo_id: number | null };
  const files = store
    .sql<[string, number], Linked>("SELECT id, photo_id, was_photo_id FROM main.files WHERE hash = ? OR id = ? ORDER BY id")
    .all(photo.hash, photo.fileId);
  store
    .sql(
      `UPDATE main.files SET hash = ?, photo_id = ?, was_photo_id = NULL, problem = NULL, problem_detail = NULL, problem_sentence = NULL,
        problem_transient = NULL WHERE hash = ? OR id = ?`,
    )
    .run(photo.hash, photoId, photo.hash, photo.fileId);
  const touched = files.flatMap((file) => (file.photo_id === null || file.photo_id === photoId ? [] : [file.photo_id]));
  // A file that was read again before any walk saw that it had been edited still names its earlier photo.
  const was = files.map((file) => file.was_photo_id ?? file.photo_id).find((id) => id !== null && id !== photoId) ?? null;
  return { touched, was };
}

function keepFaces(
  store: Store,
  photo: PhotoToKeep,
  photoId: number,
  detector: string,
): { readonly faceIds: readonly number[]; readonly adjusted: ReadonlySet<number>; readonly newFaces: number } {
  // A drawn face that was taken back is no face to match; a detected one that was lost may turn up again.
  const old = facesOf(store, photoId).filter((face) => !face.gone || face.source === "detected");
  const matches = matchByOverlap(old, photo.faces);
  const fresh = matches.filter((match) => match === null).length;
  let nextId = fresh === 0 ? 0 : takeNumbers(store, "next_face_id", fresh);
  const faceIds = photo.faces.map((face, index) => {
    const match = matches[index];
    const known = match === null || match === undefined ? undefined : old[match];
    const id = known?.id ?? nextId++;
    if (known === undefined) insertFace(store, id, photoId, face, detector);
    else updateFace(store, known, face, detector);
    // Of a face whose box somebody moved the vector is of what they meant.
    if (face.embedding !== null && known?.adjusted !== true) keepVector(store, photo.reading.embedder, id, face.embedding, face.norm);
    return id;
  });
  const found = new Set(faceIds);
  const lose = store.sql(
    `UPDATE main.faces SET gone = 1 WHERE id = @id AND source = 'detected'
      AND NOT EXISTS (SELECT 1 FROM main.confirmed WHERE face_id = @id)
      AND NOT EXISTS (SELECT 1 FROM main.rejected WHERE face_id = @id)
      AND NOT EXISTS (SELECT 1 FROM main.not_faces WHERE face_id = @id)
      AND NOT EXISTS (SELECT 1 FROM main.adjusted_faces WHERE face_id = @id)`,
  );
  for (const face of old) if (!found.has(face.id)) lose.run({ id: face.id });
  const adjusted = new Set(old.filter((face) => face.adjusted).map((face) => face.id));
  return { faceIds, adjusted, newFaces: fresh };
}
