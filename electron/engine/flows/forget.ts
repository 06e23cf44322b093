import { join } from "node:path";
import type { ForgetPreview, ForgetResult } from "../../contract/safety-views.ts";
import { backupNow } from "../3-keep/backup.ts";
import { catalogsAside, listBackups } from "../3-keep/backup-files.ts";
import { forgetBackups, forgetEverything } from "../3-keep/forget-everything.ts";
import { countForgetting, forgetPerson } from "../3-keep/forget-person.ts";
import { lockLibrary } from "../3-keep/lock.ts";
import { closeStore, openStore } from "../3-keep/open-store.ts";
import { statSync } from "node:fs";
import { counted } from "./words.ts";
import type { House } from "./house.ts";

/** What forgetting somebody (with null everything) would remove. Throws `person-not-found`. */
export function previewForgetting(house: House, personId: number | null): ForgetPreview {
  const { keep } = house;
  const name = personId === null ? null : (keep.reads.card(personId)?.name ?? null);
  return { personId, name, ...keep.countForgetting(personId), ...copiesOf(keep.libraryDir) };
}

/**
 * Forgets for good, in a library that is closed. Cannot be taken back, so there is no copy made before. Answers a plain account of what
 * was removed. Throws `person-not-found`, `library-locked`; nothing is changed then.
 */
export function forgetInClosed(libraryDir: string, personId: number | null, backups: boolean): ForgetResult {
  if (personId === null) return forgetAll(libraryDir, backups);
  const store = openStore({ libraryDir });
  try {
    const before = copiesOf(libraryDir);
    const name = store.sql<[number], { name: string | null }>("SELECT name FROM main.people WHERE id = ?").get(personId)?.name ?? null;
    const counts = forgetPerson(store, personId);
    forgetBackups(libraryDir, backups);
    // The other people's names are in no copy any more.
    if (backups) backupNow(store, "daily");
    return account({ personId, name, ...counts, ...before }, backups);
  } finally {
    closeStore(store);
  }
}

function forgetAll(libraryDir: string, backups: boolean): ForgetResult {
  const store = openStore({ libraryDir });
  const preview = { personId: null, name: null, ...countForgetting(store, null), ...copiesOf(libraryDir) };
  closeStore(store);
  const unlock = lockLibrary(libraryDir);
  try {
    forgetEverything(libraryDir, backups);
  } finally {
    unlock();
  }
  return account(preview, backups);
}

function copiesOf(libraryDir: string): Pick<ForgetPreview, "backups" | "backupBytes"> {
  const files = [...listBackups(join(libraryDir, "backups")).map(({ file }) => file), ...catalogsAside(libraryDir)];
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return { backups: files.length, backupBytes: bytes };
}

function account(gone: ForgetPreview, backups: boolean): ForgetResult {
  const left = backups ? 0 : gone.backups;
  const parts = [
    ...(gone.personId === null ? [counted(gone.people, "name")] : gone.name === null ? [] : ["the name"]),
    counted(gone.faces, "face"),
    counted(gone.vectors, "face as numbers", "faces as numbers"),
    counted(gone.pictures, "small picture"),
    counted(gone.decisions, "decision"),
    ...(gone.albums > 0 ? [counted(gone.albums, "album")] : []),
    ...(backups && gone.backups > 0 ? [`${counted(gone.backups, "copy", "copies")} of the catalogue`] : []),
  ];
  const still =
    left === 0 ? "" : ` ${counted(left, "copy", "copies")} of the catalogue still ${left === 1 ? "holds" : "hold"} what was forgotten.`;
  const sentence = `Forgotten: ${parts.join(", ")}. Your photos are as they were.${still}`;
  return { ...gone, backupsLeft: left, sentence };
}
