import { readdir } from "node:fs/promises";
import { sep } from "node:path";
import type { FolderView } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import { Problem } from "../errors.ts";

/** What a folder that goes away does to its files. */
const signs = new Set(["file-vanished", "file-busy", "file-unreadable"]);

/** Folders that go away while they are read: a drive is pulled out, a share is lost. */
export interface Leaving {
  /** The file lies in a folder that has gone away. */
  isAway(path: string): boolean;
  /** A file could not be read: has its whole folder gone? Then its files are offline, and `onAway` hears of it once. */
  hasLeft(path: string, problem: Problem): Promise<boolean>;
  readonly folderIds: ReadonlySet<number>;
}

/** Watches over folders that are being read. */
export function watchLeaving(keep: Keep, folders: readonly Pick<FolderView, "id" | "path">[], onAway: (problem: Problem) => void): Leaving {
  const away = new Set<number>();
  // The innermost first: a drive of its own may lie within another folder.
  const byDepth = folders.toSorted((a, b) => b.path.length - a.path.length);
  const folderOf = (path: string): Pick<FolderView, "id" | "path"> | undefined =>
    byDepth.find((folder) => path.startsWith(folder.path.endsWith(sep) ? folder.path : folder.path + sep));
  return {
    folderIds: away,
    isAway(path) {
      const folder = folderOf(path);
      return folder !== undefined && away.has(folder.id);
    },
    async hasLeft(path, problem) {
      const folder = folderOf(path);
      if (folder === undefined || !signs.has(problem.code)) return false;
      if (!away.has(folder.id) && !(await isEmpty(folder.path))) return false;
      if (away.has(folder.id)) return true;
      away.add(folder.id);
      keep.folderAway(folder.id, "gone");
      onAway(new Problem("folder-gone", folder.path, { cause: problem }));
      return true;
    },
  };
}

/** Not there, or an empty folder as a drive leaves behind: files were in it a moment ago. */
async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch {
    return true;
  }
}
