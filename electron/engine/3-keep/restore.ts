import { randomInt } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { catalogsAside, copyCatalog, newestGoodBackup, putInPlace } from "./backup-files.ts";
import { lockLibrary } from "./lock.ts";
import type { BackupEntry } from "./shapes.ts";

/** What a restoring did with what stood before. */
export interface Restored {
  /** The copy that stands now. */
  readonly restored: string;
  /** The copy made of what stood, or null where it could not be read. */
  readonly kept: BackupEntry | null;
  /** What stood, as it was, where it could not be copied; else null. */
  readonly aside: string | null;
}

/**
 * Puts a copy (by default the newest good one) in the place of a closed library's catalogue. A copy of what stood is made first, so this
 * can be taken back; a catalogue too damaged for that is set aside, never deleted. Throws `library-locked` while it is open anywhere,
 * `library-damaged` for a copy that is not whole, `not-found` without one.
 */
export function restoreLibrary(libraryDir: string, file?: string, now: Date = new Date()): Restored {
  const unlock = lockLibrary(libraryDir);
  try {
    const backupsDir = join(libraryDir, "backups");
    const chosen = file ?? newestGoodBackup(backupsDir)?.file;
    if (chosen === undefined) throw new Problem("not-found", "no good copy of the catalogue");
    const kept = keepWhatStands(libraryDir, backupsDir, chosen, now);
    const aside = putInPlace(libraryDir, chosen, now);
    settleDerived(libraryDir, kept);
    if (kept === null) return { restored: chosen, kept, aside };
    // The copy holds all of it.
    for (const leftover of catalogsAside(libraryDir)) if (aside !== null && leftover.startsWith(aside.slice(0, -3))) rmSync(leftover);
    return { restored: chosen, kept, aside: null };
  } finally {
    unlock();
  }
}

function keepWhatStands(libraryDir: string, backupsDir: string, chosen: string, now: Date): BackupEntry | null {
  const catalog = join(libraryDir, "catalog.db");
  if (!existsSync(catalog)) return null;
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(catalog, { fileMustExist: true });
    return copyCatalog(db, backupsDir, "before-restore", now, chosen);
  } catch (thrown) {
    const problem = asProblem(thrown, catalog);
    if (problem.code === "disk-full" || problem.code === "library-unwritable") throw problem;
    log("warn", `what stood could not be copied: ${problem.message}`);
    return null;
  } finally {
    db?.close();
  }
}

/**
 * [Note: Lineage] After a restoring, ids of photos, faces and people are given a second time, to others. What `derived.db` holds under
 * such an id would then be said of the wrong face. So each restoring begins a new lineage, a number that both files carry, and
 * `derived.db` keeps only what is the same in the catalogue it was made for and in the one that stands now. Where that cannot be seen
 * (the old one is damaged and the copy is not from its past), all of it is made anew.
 */
function settleDerived(libraryDir: string, kept: BackupEntry | null): void {
  const file = join(libraryDir, "derived.db");
  const catalog = join(libraryDir, "catalog.db");
  const db = new Sqlite(catalog, { fileMustExist: true });
  const next = randomInt(1, 2 ** 47);
  try {
    if (existsSync(file)) {
      try {
        db.prepare("ATTACH ? AS derived").run(file);
        const past =
          number(db, "main", "lineage") === number(db, "derived", "lineage") &&
          number(db, "main", "change") <= number(db, "derived", "change");
        if (kept !== null) keepTheSame(db, kept.file, past);
        else if (!past) throw new Problem("internal", "the copy is not from this file's past");
        setNumber(db, "derived", "lineage", next);
        db.exec("DETACH derived");
      } catch (thrown) {
        log("warn", `derived.db is made anew: ${asProblem(thrown).message}`);
        if (isAttached(db)) db.exec("DETACH derived");
        for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true });
      }
    }
    setNumber(db, "main", "lineage", next);
  } finally {
    db.close();
  }
}

function isAttached(db: Sqlite.Database): boolean {
  return (db.pragma("database_list") as { readonly name: string }[]).some(({ name }) => name === "derived");
}

function number(db: Sqlite.Database, schema: "main" | "derived", key: string): number {
  return db.prepare<[string], { value: number }>(`SELECT value FROM ${schema}.meta WHERE key = ?`).get(key)?.value ?? 0;
}
function setNumber(db: Sqlite.Database, schema: "main" | "derived", key: string, value: number): void {
  db.prepare(`INSERT INTO ${schema}.meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`).run(key, value);
}

/** Drops what is not the same in the catalogue that stood (`old`) and in the one that stands (`main`). See [Note: Lineage]. */
function keepTheSame(db: Sqlite.Database, old: string, past: boolean): void {
  db.prepare("ATTACH ? AS old").run(old);
  db.transaction(() => {
    db.exec(`
CREATE TEMP TABLE other_photos AS
  SELECT id FROM (SELECT id, hash FROM old.photos EXCEPT SELECT id, hash FROM main.photos);
CREATE TEMP TABLE other_faces AS
  SELECT id, photo_id FROM (SELECT id, photo_id, x, y, w, h FROM old.faces EXCEPT SELECT id, photo_id, x, y, w, h FROM main.faces)
  UNION SELECT id, photo_id FROM (SELECT id, photo_id, x, y, w, h FROM main.faces EXCEPT SELECT id, photo_id, x, y, w, h FROM old.faces);
DELETE FROM derived.seen WHERE photo_id IN (SELECT id FROM other_photos) OR photo_id IN (SELECT photo_id FROM other_faces)
  OR photo_id NOT IN (SELECT id FROM main.photos);
DELETE FROM derived.embeddings WHERE face_id IN (SELECT id FROM other_faces) OR face_id NOT IN (SELECT id FROM main.faces);
DELETE FROM derived.pictures WHERE kind = 'face' AND (id IN (SELECT id FROM other_faces) OR id NOT IN (SELECT id FROM main.faces));
DELETE FROM derived.pictures WHERE kind = 'photo' AND (id IN (SELECT id FROM other_photos) OR id NOT IN (SELECT id FROM main.photos));
DELETE FROM derived.neighbour_blocks;
DELETE FROM derived.groups;
DELETE FROM derived.questions;
DELETE FROM derived.joined;
DELETE FROM derived.proposals WHERE face_id IN (SELECT id FROM other_faces) OR face_id NOT IN (SELECT id FROM main.faces)
  OR person_id >= ${past ? "(SELECT value FROM main.meta WHERE key = 'next_person_id')" : "0"};
DROP TABLE other_photos;
DROP TABLE other_faces;
-- What follows from the catalogue is made anew at the next opening: see [Note: Two files, one transaction].
UPDATE derived.meta SET value = -1 WHERE key = 'change';`);
  })();
  db.exec("DETACH old");
}
