import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { asProblem, Problem } from "../errors.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { beginBackup, standsAlone } from "./backup-files.ts";
import type { BackupEntry } from "./shapes.ts";
import type { Store } from "./store.ts";

/**
 * [Note: Late copies] A copy holds the catalogue as it stood when it was asked for, and nobody waits for it. A connection of its own opens
 * a reading at that moment, which in WAL mode goes on seeing what was there however much is written afterwards; from there pages are
 * copied a few at a time between the engine's other work, and a thread looks whether the copy is whole. Until it has its name it is
 * none: cut off, the next copy clears it away. One is made at a time.
 */
interface Desk {
  /** When the copies under way were asked for. */
  readonly begun: Map<symbol, Date>;
  last: Promise<unknown>;
  closed: boolean;
}
const desks = new WeakMap<Store["db"], Desk>();

/** Begins a copy of the catalogue as it stands now. Throws where not even that can be; rejects with `disk-full`, `library-damaged`, `cancelled`. */
export function copyLater(store: Store, reason: string): Promise<BackupEntry> {
  const desk = deskOf(store);
  const at = store.now();
  const reading = openReading(store);
  const mark = Symbol(reason);
  desk.begun.set(mark, at);
  const copy = desk.last
    .then(() => writeCopy(store.backupsDir, reading, { reason, at, stopped: () => desk.closed }))
    .finally(() => {
      reading.close();
      desk.begun.delete(mark);
    });
  desk.last = copy.catch(() => undefined);
  return copy;
}

/** When the copies that are under way were asked for. */
export function copiesUnderWay(store: Store): readonly Date[] {
  return [...deskOf(store).begun.values()];
}

/** Resolves when no copy is under way. */
export async function copiesDone(store: Store): Promise<void> {
  const desk = deskOf(store);
  while (desk.begun.size > 0) await desk.last;
}

/** The library is closed: copies under way are given up. */
export function stopCopies(store: Store): void {
  deskOf(store).closed = true;
}

function deskOf(store: Store): Desk {
  let desk = desks.get(store.db);
  if (desk === undefined) desks.set(store.db, (desk = { begun: new Map(), last: Promise.resolve(), closed: false }));
  return desk;
}

function openReading(store: Store): Sqlite.Database {
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(store.db.name, { readonly: true, fileMustExist: true, timeout: settings.keep.busy });
    db.exec("BEGIN");
    // Only with the first row read does it hold on to what is there.
    db.prepare("SELECT count(*) FROM meta").get();
    return db;
  } catch (thrown) {
    db?.close();
    throw asProblem(thrown, store.db.name);
  }
}

async function writeCopy(
  backupsDir: string,
  reading: Sqlite.Database,
  { reason, at, stopped }: { readonly reason: string; readonly at: Date; readonly stopped: () => boolean },
): Promise<BackupEntry> {
  const copy = beginBackup(backupsDir, reason, at);
  try {
    await reading.backup(copy.half, {
      progress() {
        if (stopped()) throw new Problem("cancelled");
        return settings.keep.copyPages;
      },
    });
    if (!(await isWhole(copy.half))) throw new Problem("library-damaged", copy.half);
    if (stopped()) throw new Problem("cancelled");
    return copy.finish();
  } catch (thrown) {
    copy.giveUp();
    throw asProblem(thrown, copy.half);
  }
}

/** Half a second for a large catalogue, so a thread of its own looks. */
function isWhole(file: string): Promise<boolean> {
  if (statSync(file).size <= settings.keep.copyLookedAt) return Promise.resolve(standsAlone(file));
  const script = `./check-copy-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
  return new Promise<boolean>((resolve, reject) => {
    const worker = new Worker(new URL(script, import.meta.url), { workerData: { file } });
    worker.once("message", (good: boolean) => resolve(good));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that looks at a copy stopped")));
  }).catch((thrown: unknown) => {
    log("warn", `a copy is looked at here: ${asProblem(thrown).message}`);
    return standsAlone(file);
  });
}
