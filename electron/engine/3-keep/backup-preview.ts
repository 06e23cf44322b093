import { existsSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { CatalogCounts, RestorePreview } from "../../contract/safety-views.ts";
import { log } from "../log.ts";
import { asProblem, Problem } from "../errors.ts";
import { backupOf, previewBackup } from "./backup-files.ts";
import { saidOf } from "./said-of.ts";
import type { BackupPreview } from "./shapes.ts";

/** Names listed each way, and decisions; more only make a screen long. */
const most = { names: 200, decisions: 8 };

/**
 * What would be different with a copy in the catalogue's place. Both files are only read, so this can be asked while the library is
 * open, and of one that cannot be opened. Throws `not-found`, `library-damaged` for a copy that is not whole.
 */
export function compareBackup(libraryDir: string, id: string): Omit<RestorePreview, "copy"> & { readonly copy: BackupPreview } {
  const copy = previewBackup(backupOf(join(libraryDir, "backups"), id));
  if (!copy.good) throw new Problem("library-damaged", copy.file, { sentence: "This copy is damaged and cannot be used." });
  const db = new Sqlite(copy.file, { readonly: true, fileMustExist: true });
  try {
    const then = countsIn(db, "main");
    const catalog = join(libraryDir, "catalog.db");
    if (!existsSync(catalog)) return { copy, then, ...nothing };
    try {
      db.prepare("ATTACH ? AS now").run(catalog);
      return { copy, then, ...differences(db) };
    } catch (thrown) {
      log("warn", `what stands cannot be compared: ${asProblem(thrown).message}`);
      return { copy, then, ...nothing };
    }
  } finally {
    db.close();
  }
}

const nothing = { now: null, namesBack: [], namesGone: [], decisionsGone: 0, decisionsBack: 0, latestGone: [], photosToRead: 0 } as const;

function countsIn(db: Sqlite.Database, schema: "main" | "now"): CatalogCounts {
  const count = (text: string): number => db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${schema}.${text}`).get()?.n ?? 0;
  return {
    people: count("people WHERE state = 'named' AND merged_into IS NULL"),
    decisions: count("decisions WHERE standing = 1"),
    confirmedFaces: count("confirmed"),
    photos: count("photos WHERE visible = 1"),
  };
}

function differences(db: Sqlite.Database): Omit<RestorePreview, "copy" | "then"> {
  const names = (from: string, besides: string): readonly string[] =>
    db
      .prepare<[number], { name: string }>(
        `SELECT DISTINCT name FROM ${from}.people WHERE name IS NOT NULL AND merged_into IS NULL
         AND name NOT IN (SELECT name FROM ${besides}.people WHERE name IS NOT NULL AND merged_into IS NULL) ORDER BY name LIMIT ?`,
      )
      .all(most.names)
      .map((row) => row.name);
  // The same number may be another decision: after a restoring, numbers are given again.
  const only = (in_: string, besides: string): string => `FROM ${in_}.decisions d WHERE d.standing = 1
    AND NOT EXISTS (SELECT 1 FROM ${besides}.decisions o WHERE o.id = d.id AND o.at = d.at AND o.kind = d.kind)`;
  const count = (from: string): number => db.prepare<[], { n: number }>(`SELECT count(*) AS n ${from}`).get()?.n ?? 0;
  // What stands may be of an older Familiar, which kept sentences alone.
  const saysData = db.prepare("SELECT 1 FROM pragma_table_info('decisions', 'now') WHERE name = 'said'").get() !== undefined;
  return {
    now: countsIn(db, "now"),
    namesBack: names("main", "now"),
    namesGone: names("now", "main"),
    decisionsGone: count(only("now", "main")),
    decisionsBack: count(only("main", "now")),
    latestGone: db
      .prepare<[number], { at: string; sentence: string; said: string | null }>(
        `SELECT d.at, d.sentence, ${saysData ? "d.said" : "NULL"} AS said ${only("now", "main")} ORDER BY d.id DESC LIMIT ?`,
      )
      .all(most.decisions)
      .map((row) => ({ ...row, said: saidOf(row) })),
    photosToRead: count("FROM now.photos n WHERE n.visible = 1 AND NOT EXISTS (SELECT 1 FROM main.photos p WHERE p.hash = n.hash)"),
  };
}
