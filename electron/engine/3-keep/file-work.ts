import { refreshPhotos } from "./refresh-photos.ts";
import type { Store } from "./store.ts";
import type { FileToIdentify, FileToRead, Reading } from "./shapes.ts";

const shape = "f.id AS fileId, f.path, f.bytes, f.mtime_ms AS mtimeMs, f.inode";
/** A permanent problem waits until the file changes; a transient one is tried with every reading. */
const worthTrying = "f.state = 'present' AND (f.problem IS NULL OR f.problem_transient = 1)";

/** See Keep.filesToIdentify. */
export function filesToIdentify(store: Store, folderIds?: readonly number[]): readonly FileToIdentify[] {
  const rows = store
    .sql<[], FileToIdentify & { folder_id: number }>(
      `SELECT ${shape}, f.folder_id FROM main.files f WHERE f.hash IS NULL AND ${worthTrying} ORDER BY f.id`,
    )
    .all();
  return rows.filter((row) => folderIds === undefined || folderIds.includes(row.folder_id)).map(({ folder_id: _, ...file }) => file);
}

/** See Keep.fileIdentified. */
export function fileIdentified(store: Store, fileId: number, hash: string): { readonly photoId: number | null } {
  return store.write(() => {
    const photoId = store.sql<[string], { id: number }>("SELECT id FROM main.photos WHERE hash = ?").get(hash)?.id ?? null;
    const before =
      store.sql<[number], { photo_id: number | null }>("SELECT photo_id FROM main.files WHERE id = ?").get(fileId)?.photo_id ?? null;
    if (photoId === null) {
      store.sql("UPDATE main.files SET hash = ? WHERE id = ?").run(hash, fileId);
      return { photoId };
    }
    // Known content: nothing was edited, files only moved. (Nor is anything handed on to a photo that people may have decided about.)
    store
      .sql(
        `UPDATE main.files SET hash = ?, photo_id = ?, was_photo_id = NULL, problem = NULL, problem_detail = NULL, problem_sentence = NULL,
          problem_transient = NULL WHERE id = ?`,
      )
      .run(hash, photoId, fileId);
    refreshPhotos(store, before === null ? [photoId] : [photoId, before]);
    return { photoId };
  });
}

/** See Keep.filesToRead. */
export function filesToRead(
  store: Store,
  reading: Reading,
  options: { readonly folderIds?: readonly number[]; readonly photoIds?: readonly number[] },
): readonly FileToRead[] {
  const rows = store
    .sql<[string, number, string, number, number], FileToRead & { folder_id: number }>(
      `SELECT ${shape}, f.hash, p.id AS photoId, f.folder_id
       FROM main.files f LEFT JOIN main.photos p ON p.hash = f.hash
       WHERE f.hash IS NOT NULL AND ${worthTrying} AND NOT EXISTS (
         SELECT 1 FROM derived.seen s WHERE s.photo_id = p.id AND s.embedder = ? AND s.embedder_version = ?
           AND s.detector = ? AND s.detector_version = ? AND s.small_faces >= ?
           AND coalesce((SELECT quarter FROM derived.stood WHERE photo_id = p.id), 0) = coalesce((SELECT quarter FROM main.turned_photos WHERE photo_id = p.id), 0))
       ORDER BY f.id`,
    )
    .all(reading.embedder, reading.embedderVersion, reading.detector, reading.detectorVersion, reading.smallFaces ? 1 : 0);
  const chosen = new Set<string>();
  const wantedPhotos = options.photoIds === undefined ? null : new Set(options.photoIds);
  const wantedFolders = options.folderIds === undefined ? null : new Set(options.folderIds);
  return rows.flatMap(({ folder_id, ...file }): FileToRead[] => {
    if (chosen.has(file.hash)) return [];
    if (wantedFolders !== null && !wantedFolders.has(folder_id)) return [];
    if (wantedPhotos !== null && (file.photoId === null || !wantedPhotos.has(file.photoId))) return [];
    chosen.add(file.hash);
    return [file];
  });
}

/** See Keep.readAgain. */
export function readAgain(store: Store, photoId: number): void {
  store.write(() => {
    store.sql("DELETE FROM derived.seen WHERE photo_id = ?").run(photoId);
    store
      .sql(
        "UPDATE main.files SET problem = NULL, problem_detail = NULL, problem_sentence = NULL, problem_transient = NULL WHERE photo_id = ?",
      )
      .run(photoId);
  });
}
