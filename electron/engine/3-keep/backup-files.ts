import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";
import { settings } from "../settings.ts";
import { catalogMigrations } from "./migrations/catalog.ts";
import type { BackupEntry, BackupPreview } from "./shapes.ts";

const named = /^catalog (\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z) ([a-z-]+)\.db$/u;

/** Copies of the catalogue in a library's `backups` folder, newest first. */
export function listBackups(backupsDir: string): readonly BackupEntry[] {
  if (!existsSync(backupsDir)) return [];
  const entries = readdirSync(backupsDir).flatMap((name): BackupEntry[] => {
    const match = named.exec(name);
    if (match?.[1] === undefined || match[2] === undefined) return [];
    const file = join(backupsDir, name);
    // One that goes while the list is made is not on it.
    const bytes = statSync(file, { throwIfNoEntry: false })?.size;
    if (bytes === undefined) return [];
    const at = match[1].replace(/T(\d\d)-(\d\d)-/u, "T$1:$2:");
    return [{ id: `${match[1]}_${match[2]}`, file, reason: match[2], at, bytes }];
  });
  return entries.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** The copy of that id. Throws `not-found`. */
export function backupOf(backupsDir: string, id: string): BackupEntry {
  const entry = listBackups(backupsDir).find((one) => one.id === id);
  if (entry === undefined) throw new Problem("not-found", id, { sentence: "There is no copy of that name." });
  return entry;
}

/** Catalogues that a restoring set aside because they could not be copied, with all that belongs to them. */
export function catalogsAside(libraryDir: string): readonly string[] {
  if (!existsSync(libraryDir)) return [];
  return readdirSync(libraryDir)
    .filter((name) => name.startsWith("catalog set aside "))
    .map((name) => join(libraryDir, name));
}

/**
 * Writes a copy of the open catalogue, checks it, and only then gives it its name and removes the oldest beyond
 * `settings.keep.backups` (never `spare`). Throws `disk-full`, `library-damaged` when the copy does not check out.
 */
export function copyCatalog(db: Sqlite.Database, backupsDir: string, reason: string, at: Date, spare = ""): BackupEntry {
  const stamp = at.toISOString();
  const tidy = reason.toLowerCase().replace(/[^a-z]+/gu, "-");
  const file = join(backupsDir, `catalog ${stamp.replaceAll(":", "-")} ${tidy}.db`);
  const half = `${file}.part`;
  try {
    // Halves of copies that were cut off: nobody else writes here now.
    for (const name of readdirSync(backupsDir)) if (/\.part(?:-journal)?$/u.test(name)) rmSync(join(backupsDir, name), { force: true });
    db.prepare("VACUUM main INTO ?").run(half);
    const seen = inspect(half);
    if (!seen.good) throw new Problem("library-damaged", half);
    flush(half);
    renameSync(half, file);
  } catch (thrown) {
    rmSync(half, { force: true });
    throw asProblem(thrown, file);
  }
  for (const old of tooMany(listBackups(backupsDir).filter((one) => one.file !== file))) {
    if (old.file !== spare) rmSync(old.file, { force: true });
  }
  return { id: `${stamp.replaceAll(":", "-")}_${tidy}`, file, reason: tidy, at: stamp, bytes: statSync(file).size };
}

/**
 * The oldest beyond the limit. Copies before large decisions have half the places, so that they never push out the daily ones; what
 * stood before a restoring or an update is no passing thing and lies with the daily ones.
 */
function tooMany(backups: readonly BackupEntry[]): readonly BackupEntry[] {
  const passes = (one: BackupEntry): boolean =>
    one.reason.startsWith("before-") && !["before-restore", "before-update"].includes(one.reason);
  const passing = backups.filter(passes);
  const lasting = backups.filter((one) => !passes(one));
  // One place of each is the copy just made.
  const half = Math.floor(settings.keep.backups / 2) - 1;
  return [...passing.slice(half), ...lasting.slice(half)];
}

/** What a copy holds and whether it is whole. Never throws. */
export function previewBackup(entry: BackupEntry): BackupPreview {
  return { ...entry, ...inspect(entry.file) };
}

/** The newest copy that is whole and that this Familiar can open, or null. */
export function newestGoodBackup(backupsDir: string): BackupPreview | null {
  for (const entry of listBackups(backupsDir)) {
    const preview = previewBackup(entry);
    if (preview.good) return preview;
  }
  return null;
}

/**
 * Puts a copy in the catalogue's place. What stood there is set aside under another name, never deleted; answers that name or null.
 * When it is cut off between the two, the next opening finishes it: see `finishPutting`.
 */
export function putInPlace(libraryDir: string, file: string, at: Date): string | null {
  if (!inspect(file).good) throw new Problem("library-damaged", file);
  const catalog = join(libraryDir, "catalog.db");
  const incoming = `${catalog}.part`;
  try {
    copyFileSync(file, incoming);
    flush(incoming);
  } catch (thrown) {
    rmSync(incoming, { force: true });
    throw asProblem(thrown, file);
  }
  const aside = `${catalog.slice(0, -3)} set aside ${at.toISOString().replaceAll(":", "-")}.db`;
  const existed = existsSync(catalog);
  // The log goes first: without its catalogue it is harmless, while a restored catalogue beside a stranger's log is not.
  for (const end of ["-wal", "-shm", ""]) if (existsSync(catalog + end)) renameSync(catalog + end, aside + end);
  renameSync(incoming, catalog);
  return existed ? aside : null;
}

/** A restoring was cut off when the old catalogue was aside and the new one not yet in its place: finishes it. */
export function finishPutting(libraryDir: string): void {
  const catalog = join(libraryDir, "catalog.db");
  const incoming = `${catalog}.part`;
  if (!existsSync(incoming)) return;
  // A half-written one is of no use; the copy it came from still lies among the others.
  if (!existsSync(catalog) && inspect(incoming).good) renameSync(incoming, catalog);
  else rmSync(incoming, { force: true });
}

function inspect(file: string): Omit<BackupPreview, keyof BackupEntry> {
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true });
    const open = db;
    const count = (text: string): number => open.prepare<[], { n: number }>(text).get()?.n ?? 0;
    const version = Number(db.pragma("user_version", { simple: true }));
    const whole = db.pragma("quick_check(1)", { simple: true }) === "ok";
    return {
      good: whole && version > 0 && version <= (catalogMigrations.at(-1)?.version ?? 0),
      people: count("SELECT count(*) AS n FROM people WHERE state = 'named' AND merged_into IS NULL"),
      decisions: count("SELECT count(*) AS n FROM decisions WHERE standing = 1"),
      confirmedFaces: count("SELECT count(*) AS n FROM confirmed"),
    };
  } catch {
    return { good: false, people: 0, decisions: 0, confirmedFaces: 0 };
  } finally {
    db?.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
