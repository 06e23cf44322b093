import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";

/**
 * Holds the library for this process; answers how to let go. An exclusive transaction on a tiny database of its own: the operating
 * system lets go of it when the process dies in whatever way, so no stale lock can ever shut anybody out. Throws `library-locked`.
 */
export function lockLibrary(libraryDir: string): () => void {
  const lock = openLock(join(libraryDir, "library.lock"));
  try {
    lock.pragma("locking_mode = EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (thrown) {
    lock.close();
    const problem = asProblem(thrown);
    throw problem.code === "library-damaged" ? new Problem("library-unwritable", "library.lock", { cause: thrown }) : problem;
  }
  return () => lock.close();
}

function openLock(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { timeout: 0 });
  } catch (thrown) {
    throw asProblem(thrown, file);
  }
}
