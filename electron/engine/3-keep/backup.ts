import { join } from "node:path";
import { copyCatalog, listBackups, previewBackup } from "./backup-files.ts";
import type { Store } from "./store.ts";
import type { BackupEntry, BackupPreview } from "./shapes.ts";
import { settings } from "../settings.ts";

const day = 86_400_000;

/** Copies the catalogue now. See `copyCatalog`. */
export function backupNow(store: Store, reason: string): BackupEntry {
  return copyCatalog(store.db, store.backupsDir, reason, store.now());
}

/** Copies the catalogue when there is no copy of the last day; null otherwise. Copies from a future that a wrong clock made do not count. */
export function backupWhenDue(store: Store): BackupEntry | null {
  return hasYounger(store, day) ? null : backupNow(store, "daily");
}

/** Before a large decision: a copy unless one is younger than `settings.keep.bulkEvery`. */
export function backupBeforeBulk(store: Store, kind: string): void {
  if (!hasYounger(store, settings.keep.bulkEvery)) backupNow(store, `before-${kind}`);
}

function hasYounger(store: Store, milliseconds: number): boolean {
  const now = store.now().getTime();
  return listBackups(store.backupsDir).some((copy) => {
    const age = now - Date.parse(copy.at);
    return age >= 0 && age < milliseconds;
  });
}

/** Copies of a library's catalogue with what each holds, newest first. The library need not be open. */
export function backupsOf(libraryDir: string): readonly BackupPreview[] {
  return listBackups(join(libraryDir, "backups")).map(previewBackup);
}
