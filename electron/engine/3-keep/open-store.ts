import { accessSync, constants, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { copyCatalog, newestGoodBackup } from "./backup-files.ts";
import { lockLibrary } from "./lock.ts";
import { rebuildMembers } from "./members.ts";
import { migrate } from "./migrate.ts";
import { catalogMigrations } from "./migrations/catalog.ts";
import { derivedMigrations } from "./migrations/derived.ts";
import { makeStore, type Store } from "./store.ts";

export interface KeepOptions {
  /** Made where it is not there. */
  readonly libraryDir: string;
  /** The clock, for tests. */
  readonly now?: () => Date;
}

/** Opens both files and takes the lock. Throws `library-locked`, `library-newer`, `library-damaged`, `library-unwritable`. */
export function openStore(options: KeepOptions): Store {
  const { libraryDir } = options;
  const now = options.now ?? (() => new Date());
  const folders = { picturesDir: join(libraryDir, "pictures"), backupsDir: join(libraryDir, "backups") };
  try {
    for (const folder of [libraryDir, folders.picturesDir, folders.backupsDir]) mkdirSync(folder, { recursive: true });
    accessSync(libraryDir, constants.W_OK);
  } catch (thrown) {
    const problem = asProblem(thrown, libraryDir);
    throw problem.code === "disk-full" ? problem : new Problem("library-unwritable", libraryDir, { cause: thrown });
  }
  const unlock = lockLibrary(libraryDir);
  let db: Sqlite.Database | null = null;
  try {
    db = openCatalog(libraryDir, folders.backupsDir, now);
    const derivedIsNew = attachDerived(db, join(libraryDir, "derived.db"));
    const open = db;
    const store = makeStore({
      db: open,
      libraryDir,
      ...folders,
      derivedIsNew,
      now,
      release: () => {
        open.close();
        unlock();
      },
    });
    catchUp(store);
    store.sql("UPDATE main.meta SET value = 0 WHERE key = 'clean'").run();
    return store;
  } catch (thrown) {
    db?.close();
    unlock();
    throw asProblem(thrown, libraryDir);
  }
}

/** Notes that everything came to rest, then lets go. */
export function closeStore(store: Store): void {
  if (!store.db.open) return;
  try {
    store.sql("UPDATE main.meta SET value = 1 WHERE key = 'clean'").run();
    store.db.pragma("optimize");
  } catch (thrown) {
    log("warn", `closing the library: ${asProblem(thrown).message}`);
  }
  store.release();
}

function openCatalog(libraryDir: string, backupsDir: string, now: () => Date): Sqlite.Database {
  const file = join(libraryDir, "catalog.db");
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(file, { timeout: settings.keep.busy });
    // Reading the version first leaves a file from the future untouched.
    db.pragma("user_version", { simple: true });
    const opened = db;
    checkVersion(opened);
    opened.pragma("journal_mode = WAL");
    opened.pragma("synchronous = FULL");
    opened.pragma("foreign_keys = ON");
    opened.pragma("cache_size = -65536");
    opened.pragma("temp_store = MEMORY");
    migrate(opened, catalogMigrations, () => void copyCatalog(opened, backupsDir, "before-update", now()));
    if (!restedWell(opened)) checkWhole(opened);
    return opened;
  } catch (thrown) {
    db?.close();
    const problem = asProblem(thrown, file);
    throw problem.code === "library-damaged" ? damaged(backupsDir, file, thrown) : problem;
  }
}

function checkVersion(db: Sqlite.Database): void {
  const newest = catalogMigrations.at(-1)?.version ?? 0;
  const version = Number(db.pragma("user_version", { simple: true }));
  if (version > newest) throw new Problem("library-newer", `version ${version}, this Familiar knows ${newest}`);
}

function restedWell(db: Sqlite.Database): boolean {
  return db.prepare<[], { value: number }>("SELECT value FROM meta WHERE key = 'clean'").get()?.value === 1;
}

function checkWhole(db: Sqlite.Database): void {
  const said = String(db.pragma("quick_check(1)", { simple: true }));
  if (said !== "ok") throw new Problem("library-damaged", said);
}

/** The sentence names the newest good copy, so that the screen can offer it. */
function damaged(backupsDir: string, file: string, cause: unknown): Problem {
  const copy = newestGoodBackup(backupsDir);
  if (copy === null) return new Problem("library-damaged", file, { cause });
  const when = new Date(copy.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const counts = `${copy.people.toLocaleString("en-US")} people, ${copy.decisions.toLocaleString("en-US")} decisions`;
  const sentence = `Familiar could not open its catalogue. The copy of ${when} is complete: ${counts}.`;
  return new Problem("library-damaged", copy.file, { cause, sentence });
}

/** Attaches `derived.db`; one that is damaged or from another version is made anew. Answers whether it is new. */
function attachDerived(db: Sqlite.Database, file: string): boolean {
  const existed = existsSync(file);
  try {
    prepareDerived(file);
    db.prepare("ATTACH ? AS derived").run(file);
    setDerived(db);
    return !existed;
  } catch (thrown) {
    log("warn", `derived.db is made anew: ${asProblem(thrown).message}`);
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(file + end, { force: true });
    prepareDerived(file);
    db.prepare("ATTACH ? AS derived").run(file);
    setDerived(db);
    return true;
  }
}

function prepareDerived(file: string): void {
  const derived = new Sqlite(file, { timeout: settings.keep.busy });
  try {
    derived.pragma("journal_mode = WAL");
    migrate(derived, derivedMigrations);
    derived.prepare("SELECT value FROM meta WHERE key = 'change'").get();
  } finally {
    derived.close();
  }
}

function setDerived(db: Sqlite.Database): void {
  db.pragma("derived.synchronous = NORMAL");
  db.pragma("derived.cache_size = -65536");
}

/** See [Note: Two files, one transaction]. A derived file that is ahead stands beside a catalogue put back from a copy. */
function catchUp(store: Store): void {
  const change = (file: string): number =>
    store.sql<[], { value: number }>(`SELECT value FROM ${file}.meta WHERE key = 'change'`).get()?.value ?? 0;
  const [catalog, derived] = [change("main"), change("derived")];
  if (catalog === derived) return;
  store.write(() => {
    if (derived > catalog) dropUnknown(store, catalog);
    rebuildMembers(store);
  });
}

/** Numbers given after the copy was made will be given again: nothing may be left under them. */
function dropUnknown(store: Store, change: number): void {
  store.sql("DELETE FROM derived.seen WHERE change > ?").run(change);
  for (const table of ["embeddings", "proposals"]) {
    store.sql(`DELETE FROM derived.${table} WHERE face_id >= (SELECT value FROM main.meta WHERE key = 'next_face_id')`).run();
  }
  store.sql("DELETE FROM derived.pictures").run();
  store.sql("DELETE FROM derived.neighbour_blocks").run();
  store.sql("DELETE FROM derived.proposals WHERE person_id >= (SELECT value FROM main.meta WHERE key = 'next_person_id')").run();
  store.sql("DELETE FROM derived.groups").run();
  store.sql("DELETE FROM derived.questions").run();
  store.sql("DELETE FROM derived.joined").run();
}
