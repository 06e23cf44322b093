import { basename, join } from "node:path";
import type { BackupView, RestorePreview, RestoreResult, StartedEmpty } from "../../contract/safety-views.ts";
import { backupsOf } from "../3-keep/backup.ts";
import { backupOf, listBackups, previewBackup } from "../3-keep/backup-files.ts";
import { compareBackup } from "../3-keep/backup-preview.ts";
import { restoreLibrary } from "../3-keep/restore.ts";
import { startEmpty } from "../3-keep/start-empty.ts";
import type { BackupPreview } from "../3-keep/shapes.ts";
import type { House } from "./house.ts";

/** Copies of a library's catalogue, newest first. The library need not be open. */
export function listCopies(libraryDir: string): readonly BackupView[] {
  return backupsOf(libraryDir).map(viewOf);
}

/** Copies the catalogue now. Throws `disk-full`. */
export async function makeCopy(house: House): Promise<BackupView> {
  const entry = await house.keep.backupLater("by-hand");
  house.emit("changed", { what: ["settings"], personIds: [] });
  return viewOf(previewBackup(entry));
}

/** What would be different with that copy. Throws `not-found`, `library-damaged`. */
export function previewCopy(libraryDir: string, id: string): RestorePreview {
  const { copy, ...rest } = compareBackup(libraryDir, id);
  return { copy: viewOf(copy), ...rest };
}

/** Puts a copy, by default the newest good one, in the place of a closed library's catalogue. See `restoreLibrary`. */
export function restoreCopy(libraryDir: string, id: string | undefined): RestoreResult {
  const backupsDir = join(libraryDir, "backups");
  const file = id === undefined ? undefined : backupOf(backupsDir, id).file;
  const { restored, kept, aside } = restoreLibrary(libraryDir, file);
  const entry = listBackups(backupsDir).find((one) => one.file === restored);
  const copy = viewOf(previewBackup(entry ?? backupOf(backupsDir, id ?? "")));
  const before =
    kept === null
      ? aside === null
        ? ""
        : " What stood before could not be read; it was set aside, not deleted."
      : " What stood before was copied first, so this can be taken back.";
  return {
    restored: copy,
    kept: kept === null ? null : viewOf(previewBackup(kept)),
    setAside: aside,
    sentence: `The copy of ${when(copy.at)} is in place.${before}`,
  };
}

/** Sets a damaged catalogue without a good copy aside and puts an empty one in its place. See `startEmpty`. */
export function startAnew(libraryDir: string): StartedEmpty {
  const aside = startEmpty(libraryDir);
  const where = aside === null ? "" : ` What could not be opened was set aside as “${basename(aside)}”, not deleted.`;
  return {
    setAside: aside,
    sentence: `An empty catalogue is in place.${where} Add your folders again; a file of names brings names back as their photos are read.`,
  };
}

/** `3 November 2026 at 14:31`, in the time of this computer. */
export function when(at: string): string {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

function viewOf({ id, at, reason, bytes, good, people, decisions, confirmedFaces }: BackupPreview): BackupView {
  return { id, at, reason, bytes, good, people, decisions, confirmedFaces };
}
