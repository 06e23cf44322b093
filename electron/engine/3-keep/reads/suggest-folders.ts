import { basename, dirname } from "node:path";
import type { SuggestView } from "../../../contract/finding-views.ts";
import { foldName } from "../../../contract/name-match.ts";
import type { Store } from "../store.ts";
import { under } from "../folders.ts";

/** See Reads.suggestFolders. Folders whose name holds the words of `text`, most photos first; with nothing written, the largest. */
export function suggestFolders(store: Store, text: string, limit: number): SuggestView["folders"] {
  const words = foldName(text).split(/\s+/u).filter(Boolean);
  return foldersOf(store)
    .filter((folder) => words.every((word) => folder.folded.includes(word)))
    .slice(0, limit)
    .map(({ path, photos }) => ({ path, photos }));
}

interface Folder {
  readonly path: string;
  readonly photos: number;
  /** The name as it is compared: without accents and case. */
  readonly folded: string;
}

/** Every folder that holds photos, itself or further in. */
function foldersOf(store: Store): readonly Folder[] {
  return store.remember("folders to suggest", () => {
    const counts = new Map<string, number>();
    const roots = store
      .sql<[], { path: string }>("SELECT path FROM main.folders")
      .all()
      .map((row) => row.path);
    for (const { path } of store.sql<[], { path: string }>("SELECT path FROM main.photos WHERE visible = 1").iterate()) {
      const root = roots.find((each) => path.startsWith(under(each)));
      if (root === undefined) continue;
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
        if (folder === root || !folder.startsWith(under(root))) break;
      }
    }
    return [...counts]
      .map(([path, photos]) => ({ path, photos, folded: foldName(basename(path)) }))
      .sort((a, b) => b.photos - a.photos || (a.path < b.path ? -1 : 1));
  });
}
