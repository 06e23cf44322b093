import { sep } from "node:path";
import { Problem } from "../errors.ts";
import type { FolderView } from "../../contract/views.ts";
import { refreshPhotos } from "./refresh-photos.ts";
import { shownOfFiles } from "./shown-of-files.ts";
import type { Store } from "./store.ts";

/** See Keep.addFolder. */
export function addFolder(store: Store, path: string): number {
  const tidy = path.length > 1 && path.endsWith(sep) && !/^[A-Za-z]:\\$/u.test(path) ? path.slice(0, -1) : path;
  return store.write(() => {
    const known = store.sql<[], { id: number; path: string }>("SELECT id, path FROM main.folders").all();
    const cover = known.find((folder) => folder.path === tidy || tidy.startsWith(under(folder.path)));
    if (cover !== undefined) return cover.id;
    const added = store.sql("INSERT INTO main.folders (path, added_at) VALUES (?, ?)").run(tidy, store.now().toISOString());
    const id = Number(added.lastInsertRowid);
    for (const inner of known.filter((folder) => folder.path.startsWith(under(tidy)))) {
      store.sql("UPDATE main.files SET folder_id = ? WHERE folder_id = ?").run(id, inner.id);
      store.sql("DELETE FROM main.folders WHERE id = ?").run(inner.id);
    }
    return id;
  });
}

/** See Keep.removeFolder. */
export function removeFolder(store: Store, folderId: number): void {
  store.write(() => {
    const photos = photosIn(store, folderId);
    const removed = store.sql("DELETE FROM main.folders WHERE id = ?").run(folderId);
    if (removed.changes === 0) throw new Problem("not-found", String(folderId));
    refreshPhotos(store, photos);
  });
}

/** See Keep.folderAway. */
export function folderAway(store: Store, folderId: number, state: "gone" | "unreadable"): void {
  store.write(() => {
    store.sql("UPDATE main.folders SET state = ? WHERE id = ?").run(state, folderId);
    const changed = store.sql("UPDATE main.files SET state = 'offline' WHERE folder_id = ? AND state = 'present'").run(folderId);
    if (changed.changes === 0) return;
    // A file that is away still shows its photo: none comes or goes, and no face with it. At once, since a drive may hold a whole library.
    store
      .sql(
        `UPDATE main.photos SET ${shownOfFiles} WHERE id IN (SELECT photo_id FROM main.files WHERE folder_id = ? AND photo_id IS NOT NULL)`,
      )
      .run(folderId);
  });
}

/** See Keep.folderRead. */
export function folderRead(store: Store, folderId: number): void {
  store.write(() => store.sql("UPDATE main.folders SET last_read_at = ? WHERE id = ?").run(store.now().toISOString(), folderId));
}

/** All folders with their counts, by path. */
export function listFolders(store: Store): readonly FolderView[] {
  return store.remember("folders", () =>
    store
      .sql<[], FolderView>(
        `SELECT o.id, o.path, o.state, o.last_read_at AS lastReadAt,
          (SELECT count(DISTINCT photo_id) FROM main.files WHERE folder_id = o.id AND state <> 'gone') AS photos,
          (SELECT count(*) FROM main.files WHERE folder_id = o.id AND state <> 'gone') AS files,
          (SELECT count(*) FROM main.files WHERE folder_id = o.id AND state = 'present' AND problem IS NOT NULL) AS failed
         FROM main.folders o ORDER BY o.path`,
      )
      .all(),
  );
}

/** What every path inside a folder begins with. */
export function under(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

function photosIn(store: Store, folderId: number): readonly number[] {
  return store
    .sql<[number], { id: number }>("SELECT DISTINCT photo_id AS id FROM main.files WHERE folder_id = ? AND photo_id IS NOT NULL")
    .all(folderId)
    .map((row) => row.id);
}
