import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";
import { settings } from "../settings.ts";
import { catalogMigrations } from "./migrations/catalog.ts";
import type { BackupEntry, BackupPreview } from "./shapes.ts";

/** The number at the end is missing in names that the first Familiar gave. */
const named = /^catalog (\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z) ([a-z-]+)(?: (\d+))?\.db$/u;

/** A copy as its name tells it. `number` grows with each, whatever the clock says; 0 where it has none. */
interface Numbered extends BackupEntry {
  readonly number: number;
}

/** Copies of the catalogue in a library's `backups` folder, the last made first: a clock that was wrong once puts none before the others. */
export function listBackups(backupsDir: string): readonly Numbered[] {
  if (!existsSync(backupsDir)) return [];
  const entries = readdirSync(backupsDir).flatMap((name): Numbered[] => {
    const match = named.exec(name);
    if (match?.[1] === undefined || match[2] === undefined) return [];
    const file = join(backupsDir, name);
    // One that goes while the list is made is not on it.
    const bytes = statSync(file, { throwIfNoEntry: false })?.size;
    return bytes === undefined ? [] : [entryOf(file, match[1], match[2], Number(match[3] ?? 0), bytes)];
  });
  return entries.sort((a, b) => b.number - a.number || (a.at < b.at ? 1 : -1));
}

function entryOf(file: string, stamp: string, reason: string, number: number, bytes: number): Numbered {
  const id = `${stamp}_${reason}${number === 0 ? "" : `_${number}`}`;
  return { id, file, reason, at: stamp.replace(/T(\d\d)-(\d\d)-/u, "T$1:$2:"), bytes, number };
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

/** A copy that is being written: where, and how it comes to be one of the others. */
export interface BegunCopy {
  readonly half: string;
  /** It is whole: gives it its name and removes the oldest beyond `settings.keep.backups`, never `spare`. */
  finish(spare?: string): BackupEntry;
  /** Nothing came of it. */
  giveUp(): void;
}
/** Halves that somebody in this process is writing. */
const underWay = new Set<string>();

/** Makes room for a copy. What was left of those that were cut off is cleared away: the lock says that nobody else writes here. */
export function beginBackup(backupsDir: string, reason: string, at: Date): BegunCopy {
  const stamp = at.toISOString().replaceAll(":", "-");
  const tidy = reason.toLowerCase().replace(/[^a-z]+/gu, "-");
  for (const name of readdirSync(backupsDir)) {
    const whole = join(backupsDir, name.replace(/\.part-[a-z]+$/u, ".part"));
    if (/\.part(?:-[a-z]+)?$/u.test(name) && !underWay.has(whole)) rmSync(join(backupsDir, name), { force: true });
  }
  let half = "";
  for (let n = 0; half === "" || underWay.has(half); n++) half = join(backupsDir, `catalog ${stamp} ${tidy}${n === 0 ? "" : ` ${n}`}.part`);
  underWay.add(half);
  return {
    half,
    finish(spare = "") {
      const others = listBackups(backupsDir);
      const number = 1 + Math.max(0, ...others.map((one) => one.number));
      const file = join(backupsDir, `catalog ${stamp} ${tidy} ${number}.db`);
      flush(half);
      renameSync(half, file);
      underWay.delete(half);
      for (const old of tooMany(others)) if (old.file !== spare) rmSync(old.file, { force: true });
      return entryOf(file, stamp, tidy, number, statSync(file).size);
    },
    giveUp() {
      for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(half + end, { force: true });
      underWay.delete(half);
    },
  };
}

/**
 * Writes a copy of the open catalogue, checks it, and only then gives it its name. Throws `disk-full`, `library-damaged` when the copy does
 * not check out. The caller waits; see `copyLater` for one that nobody waits for.
 */
export function copyCatalog(db: Sqlite.Database, backupsDir: string, reason: string, at: Date, spare?: string): BackupEntry {
  const copy = beginBackup(backupsDir, reason, at);
  try {
    db.prepare("VACUUM main INTO ?").run(copy.half);
    if (!inspectCopy(copy.half).good) throw new Problem("library-damaged", copy.half);
    return copy.finish(spare);
  } catch (thrown) {
    copy.giveUp();
    throw asProblem(thrown, copy.half);
  }
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
  return { ...entry, ...inspectCopy(entry.file) };
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
  if (!inspectCopy(file).good) throw new Problem("library-damaged", file);
  const catalog = join(libraryDir, "catalog.db");
  const incoming = `${catalog}.part`;
  try {
    copyFileSync(file, incoming);
    flush(incoming);
  } catch (thrown) {
    rmSync(incoming, { force: true });
    throw asProblem(thrown, file);
  }
  const aside = setAside(libraryDir, at);
  renameSync(incoming, catalog);
  return aside;
}

/** Renames the catalogue of a closed library with all that belongs to it; nothing is deleted. Answers its new path, or null where there is none. */
export function setAside(libraryDir: string, at: Date): string | null {
  const catalog = join(libraryDir, "catalog.db");
  const name = `${catalog.slice(0, -3)} set aside ${at.toISOString().replaceAll(":", "-")}`;
  let aside = `${name}.db`;
  for (let n = 2; existsSync(aside); n++) aside = `${name} ${n}.db`;
  const existed = existsSync(catalog);
  // The log goes first: without its catalogue it is harmless, while a restored catalogue beside a stranger's log is not.
  for (const end of ["-wal", "-shm", ""]) if (existsSync(catalog + end)) renameSync(catalog + end, aside + end);
  return existed ? aside : null;
}

/** A restoring was cut off when the old catalogue was aside and the new one not yet in its place: finishes it. */
export function finishPutting(libraryDir: string): void {
  const catalog = join(libraryDir, "catalog.db");
  const incoming = `${catalog}.part`;
  if (!existsSync(incoming)) return;
  // A half-written one is of no use; the copy it came from still lies among the others.
  if (!existsSync(catalog) && inspectCopy(incoming).good) renameSync(incoming, catalog);
  else rmSync(incoming, { force: true });
}

/** What a file that may be a copy of a catalogue holds, and whether it is whole. Never throws. */
export function inspectCopy(file: string): Omit<BackupPreview, keyof BackupEntry> {
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

/** Lets a copy that was just written stand without a log beside it, and says whether it is whole. Never throws. */
export function standsAlone(file: string): boolean {
  try {
    const db = new Sqlite(file, { fileMustExist: true });
    db.pragma("journal_mode = DELETE");
    db.close();
    return inspectCopy(file).good;
  } catch {
    return false;
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
