import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { catalogsAside, listBackups } from "./backup-files.ts";
import { migrate } from "./migrate.ts";
import { catalogMigrations } from "./migrations/catalog.ts";
import { log } from "../log.ts";
import { asProblem } from "../errors.ts";

/** What a forgetting still has to do, on disk until it is done, so that one that is cut off goes on at the next opening. */
interface Forgetting {
  readonly backups: boolean;
  /** The table of settings: how somebody likes Familiar is no face data. */
  readonly settings: readonly (readonly [string, string])[];
}
const marker = (libraryDir: string): string => join(libraryDir, "forgetting.json");
/** Names of this library in files it wrote; without it a new one is given. */
const notKept = "libraryId";

/**
 * Forgets everything a library knows: both databases with their logs, all kept pictures, catalogues set aside and, where `backups` says
 * so, every copy. What was in the databases is written over before their files go. The library is then as on its first day, but for its
 * settings. The lock must be held; photos are not touched.
 */
export function forgetEverything(libraryDir: string, backups: boolean): void {
  const kept: Forgetting = { backups, settings: settingsOf(join(libraryDir, "catalog.db")) };
  const file = marker(libraryDir);
  writeFileSync(`${file}.part`, JSON.stringify(kept), { flush: true });
  renameSync(`${file}.part`, file);
  finishForgetting(libraryDir);
}

/** Goes on with a forgetting that was cut off; does nothing where there is none. */
export function finishForgetting(libraryDir: string): void {
  const file = marker(libraryDir);
  if (!existsSync(file)) return;
  const { backups, settings } = JSON.parse(readFileSync(file, "utf8")) as Forgetting;
  for (const name of ["derived.db", "catalog.db"])
    for (const end of ["-wal", "-shm", "-journal", ".part", ""]) wipe(join(libraryDir, name + end));
  rmSync(join(libraryDir, "pictures"), { recursive: true, force: true });
  forgetBackups(libraryDir, backups);
  const db = new Sqlite(join(libraryDir, "catalog.db"));
  try {
    migrate(db, catalogMigrations);
    const keep = db.prepare("INSERT OR REPLACE INTO settings VALUES (?, ?)");
    for (const [key, value] of settings) if (key !== notKept) keep.run(key, value);
  } finally {
    db.close();
  }
  rmSync(file);
}

/** Deletes catalogues set aside and, where `backups` says so, every copy. */
export function forgetBackups(libraryDir: string, backups: boolean): void {
  if (!backups) return;
  for (const file of catalogsAside(libraryDir)) wipe(file);
  const folder = join(libraryDir, "backups");
  for (const { file } of listBackups(folder)) wipe(file);
  if (existsSync(folder)) for (const name of readdirSync(folder)) if (/\.part(?:-[a-z]+)?$/u.test(name)) wipe(join(folder, name));
}

/** Writes zeros over a file, then removes it. Whether the disk itself keeps an older block is beyond any program's reach. */
function wipe(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return;
  const handle = openSync(file, "r+");
  try {
    const zeros = Buffer.alloc(1 << 20);
    for (let at = 0; at < size; at += zeros.length) writeSync(handle, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(file);
}

function settingsOf(catalog: string): Forgetting["settings"] {
  if (!existsSync(catalog)) return [];
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(catalog, { fileMustExist: true });
    const rows = db.prepare<[], { key: string; value: string }>("SELECT key, value FROM settings").all();
    return rows.map(({ key, value }) => [key, value] as const);
  } catch (thrown) {
    log("warn", `settings could not be kept: ${asProblem(thrown).message}`);
    return [];
  } finally {
    db?.close();
  }
}
