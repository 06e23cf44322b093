import { Problem } from "../errors.ts";
import { under } from "./folders.ts";
import { refreshPhotos } from "./refresh-photos.ts";
import type { Store } from "./store.ts";
import type { FoundFile, SeenFiles } from "./shapes.ts";

interface FileRow {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly mtime_ms: number;
  readonly inode: number;
  readonly photo_id: number | null;
  readonly state: string;
}

/**
 * Compares a whole walk of one folder with what is known. A file with the same size and time is taken as unchanged; its inode alone
 * says nothing (some file systems make inodes up at every mount), except where it now is the one another known file had: then two
 * files changed places and both are identified again.
 */
export function filesSeen(store: Store, folderId: number, found: readonly FoundFile[], unreadable: readonly string[]): SeenFiles {
  return store.write(() => {
    const path = store.sql<[number], { path: string }>("SELECT path FROM main.folders WHERE id = ?").get(folderId);
    if (path === undefined) throw new Problem("not-found", String(folderId));
    const at = store.now().toISOString();
    store.sql("UPDATE main.folders SET state = 'present' WHERE id = ?").run(folderId);
    const known = new Map<string, FileRow>();
    const select = "SELECT id, path, bytes, mtime_ms, inode, photo_id, state FROM main.files";
    for (const row of store.sql<[number], FileRow>(`${select} WHERE folder_id = ?`).all(folderId)) known.set(row.path, row);
    const byInode = new Map([...known.values()].filter((row) => row.inode !== 0).map((row) => [row.inode, row.path]));
    const elsewhere = store.sql<[string], FileRow>(`${select} WHERE path = ?`);
    const photos = new Set<number>();
    const counts = { added: 0, changed: 0, gone: 0, back: 0, same: 0 };
    for (const file of found) {
      const row = known.get(file.path) ?? elsewhere.get(file.path);
      known.delete(file.path);
      if (row === undefined) {
        insert(store, folderId, file, at);
        counts.added++;
        continue;
      }
      const traded = file.inode !== row.inode && byInode.has(file.inode) && byInode.get(file.inode) !== file.path;
      const same = row.bytes === file.bytes && Math.abs(row.mtime_ms - file.mtimeMs) < 1 && !traded;
      if (row.photo_id !== null && (!same || row.state !== "present")) photos.add(row.photo_id);
      if (same) {
        if (row.state !== "present" || row.inode !== file.inode) back(store, row.id, folderId, file, at);
        counts[row.state === "present" ? "same" : "back"]++;
      } else {
        changed(store, row.id, folderId, file, at);
        counts.changed++;
      }
    }
    const skipped = unreadable.map(under);
    for (const row of known.values()) {
      const hidden = skipped.some((start) => row.path.startsWith(start));
      const state = hidden ? "offline" : "gone";
      if (row.state === state || (hidden && row.state === "gone")) continue;
      store.sql("UPDATE main.files SET state = ? WHERE id = ?").run(state, row.id);
      if (row.photo_id !== null) photos.add(row.photo_id);
      if (!hidden) counts.gone++;
    }
    refreshPhotos(store, photos);
    return counts;
  });
}

function insert(store: Store, folderId: number, file: FoundFile, at: string): void {
  store
    .sql("INSERT INTO main.files (folder_id, path, bytes, mtime_ms, inode, seen_at) VALUES (?, ?, ?, ?, ?, ?)")
    .run(folderId, file.path, file.bytes, file.mtimeMs, file.inode, at);
}

function back(store: Store, id: number, folderId: number, file: FoundFile, at: string): void {
  store
    .sql("UPDATE main.files SET state = 'present', folder_id = ?, inode = ?, seen_at = ? WHERE id = ?")
    .run(folderId, file.inode, at, id);
}

/** The content may be another now. Its photo stays where it is until the new content is known; then decisions are handed on from it. */
function changed(store: Store, id: number, folderId: number, file: FoundFile, at: string): void {
  store
    .sql(
      `UPDATE main.files SET state = 'present', folder_id = ?, bytes = ?, mtime_ms = ?, inode = ?, seen_at = ?, hash = NULL,
        was_photo_id = coalesce(photo_id, was_photo_id), problem = NULL, problem_detail = NULL, problem_sentence = NULL, problem_transient = NULL
       WHERE id = ?`,
    )
    .run(folderId, file.bytes, file.mtimeMs, file.inode, at, id);
}
