import { join } from "node:path";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { copiesUnderWay, copyLater } from "./late-copy.ts";
import { copyCatalog, listBackups, previewBackup } from "./backup-files.ts";
import type { Store } from "./store.ts";
import type { BackupEntry, BackupPreview } from "./shapes.ts";
import { settings } from "../settings.ts";

const day = 86_400_000;

/** Copies the catalogue now. See `copyCatalog`. */
export function backupNow(store: Store, reason: string): BackupEntry {
  return copyCatalog(store.db, store.backupsDir, reason, store.now());
}

/**
 * Copies the catalogue when there is no copy of the last day; null otherwise, and where none could be made: the next look tries again.
 * Copies from a future that a wrong clock made do not count.
 */
export async function backupWhenDue(store: Store): Promise<BackupEntry | null> {
  try {
    return hasYounger(store, day) ? null : await copyLater(store, "daily");
  } catch (thrown) {
    notMade(thrown);
    return null;
  }
}

/**
 * Before a large decision: a copy of what stands, unless one is younger than `settings.keep.bulkEvery`. It is written while the decision
 * is already taken; see [Note: Late copies]. That it cannot be made stops nobody: the journal takes the decision back without it.
 */
export function backupBeforeBulk(store: Store, kind: string): void {
  if (hasYounger(store, settings.keep.bulkEvery)) return;
  try {
    copyLater(store, `before-${kind}`).catch(notMade);
  } catch (thrown) {
    notMade(thrown);
  }
}

function notMade(thrown: unknown): void {
  const problem = asProblem(thrown);
  if (problem.code !== "cancelled") log("warn", `a copy of the catalogue was not made: ${problem.message}`);
}

function hasYounger(store: Store, milliseconds: number): boolean {
  const now = store.now().getTime();
  const made = listBackups(store.backupsDir).map((copy) => Date.parse(copy.at));
  const begun = copiesUnderWay(store).map((at) => at.getTime());
  return [...made, ...begun].some((time) => now - time >= 0 && now - time < milliseconds);
}

/** Copies of a library's catalogue with what each holds, newest first. The library need not be open. */
export function backupsOf(libraryDir: string): readonly BackupPreview[] {
  return listBackups(join(libraryDir, "backups")).map(previewBackup);
}
