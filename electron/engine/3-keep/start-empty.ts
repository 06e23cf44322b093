import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { asProblem, Problem } from "../errors.ts";
import { listBackups, newestGoodBackup, setAside } from "./backup-files.ts";
import { lockLibrary } from "./lock.ts";
import { migrate } from "./migrate.ts";
import { catalogMigrations } from "./migrations/catalog.ts";

/**
 * Gives a library whose catalogue is damaged, and of which there is no good copy, an empty one. The damaged one is set aside, never
 * deleted; answers its path, or null where it was gone. Throws `bad-request` where it is not the last resort: the catalogue is whole, or a
 * copy is. Throws `library-locked`, `library-newer`; nothing is changed then.
 */
export function startEmpty(libraryDir: string, now: Date = new Date()): string | null {
  const unlock = lockLibrary(libraryDir);
  try {
    const backupsDir = join(libraryDir, "backups");
    const catalog = join(libraryDir, "catalog.db");
    const instead = (sentence: string): Problem => new Problem("bad-request", libraryDir, { sentence });
    if (newestGoodBackup(backupsDir) !== null) throw instead("There is a good copy of this catalogue. Put that in its place.");
    const lost = !existsSync(catalog) && listBackups(backupsDir).length > 0;
    if (!lost && !isDamaged(catalog)) throw instead("This catalogue is whole. Nothing was done.");
    const aside = setAside(libraryDir, now);
    const db = new Sqlite(catalog);
    try {
      migrate(db, catalogMigrations);
      // What derived.db holds is of other faces under the same numbers: see [Note: Lineage].
      db.prepare("INSERT INTO meta VALUES ('lineage', ?)").run(randomInt(1, 2 ** 47));
    } finally {
      db.close();
    }
    return aside;
  } catch (thrown) {
    throw asProblem(thrown, libraryDir);
  } finally {
    unlock();
  }
}

/** As opening finds out, though it looks at all of it. Throws whatever else keeps it from being opened. */
function isDamaged(catalog: string): boolean {
  if (!existsSync(catalog)) return false;
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(catalog, { fileMustExist: true });
    const version = Number(db.pragma("user_version", { simple: true }));
    if (version > (catalogMigrations.at(-1)?.version ?? 0)) throw new Problem("library-newer", `version ${version}`);
    return db.pragma("quick_check(1)", { simple: true }) !== "ok";
  } catch (thrown) {
    const problem = asProblem(thrown, catalog);
    if (problem.code === "library-damaged") return true;
    throw problem;
  } finally {
    db?.close();
  }
}
