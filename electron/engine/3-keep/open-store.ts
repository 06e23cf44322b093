import { accessSync, constants, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Problem, asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { copyCatalog, finishPutting, listBackups, newestGoodBackup } from "./backup-files.ts";
import { catchUp } from "./catch-up.ts";
import { finishForgetting } from "./forget-everything.ts";
import { stopCopies } from "./late-copy.ts";
import { lockLibrary } from "./lock.ts";
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
    finishForgetting(libraryDir);
    finishPutting(libraryDir);
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
  stopCopies(store);
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
  // Copies without a catalogue, good ones or not: it was lost. An empty one in its place would look as if everything were gone.
  if (!existsSync(file) && listBackups(backupsDir).length > 0) throw damaged(backupsDir, file, null);
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
  const counted = (n: number, one: string, many: string): string => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
  const counts = `${counted(copy.people, "person", "people")}, ${counted(copy.decisions, "decision", "decisions")}`;
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
