import type { ProblemView } from "../../contract/problems.ts";
import type { FolderView } from "../../contract/views.ts";
import { applyDecision } from "./apply-decision.ts";
import { backupNow, backupWhenDue } from "./backup.ts";
import { changeNumber, type Store } from "./store.ts";
import { openStore, closeStore, type KeepOptions } from "./open-store.ts";
import { openFacts, type KeepFacts } from "./facts.ts";
import { addFolder, folderAway, folderRead, listFolders, removeFolder } from "./folders.ts";
import { clearFailures, fileFailed, failureAt } from "./file-problems.ts";
import { fileIdentified, filesToIdentify, filesToRead, readAgain } from "./file-work.ts";
import { filesSeen } from "./files-seen.ts";
import { countForgetting } from "./forget-person.ts";
import { copiesDone, copyLater } from "./late-copy.ts";
import { keepEmbeddings, facesToEmbed } from "./keep-embeddings.ts";
import { keepGrouping, constraints, reservePersonIds } from "./keep-grouping.ts";
import { facesToGroup, vectorsOf } from "./vectors.ts";
import { joinedGroups, keepGroups, keepProposals, openGrouping, groupingIsOpen, hasProposals, type JoinedGroups } from "./keep-changes.ts";
import { keepPhoto } from "./keep-photo.ts";
import { faceSpot, forgetPicture, keepPicture, photoSpot, pictureFile, pictureTurns } from "./pictures.ts";
import { openPackStore, type PackStore } from "./pack-store.ts";
import { openReads, type Reads } from "./reads/reads.ts";
import { getSetting, setSetting } from "./settings-table.ts";
import { redo, undo } from "./undo.ts";
import { turnsOfHash } from "./turned-photos.ts";
import type { Turns } from "../lib/turns.ts";
import type * as shape from "./shapes.ts";

/** Opens a library, making it where there is none. Throws `library-locked`, `library-newer`, `library-damaged`, `library-unwritable`. */
export function openKeep(options: KeepOptions): Keep {
  return new Keep(openStore(options));
}

/** An open library: everything Familiar knows, at rest. All methods are synchronous and throw `Problem`. */
export class Keep {
  /** What the screens ask. */
  readonly reads: Reads;
  /** Vectors of several packs side by side. */
  readonly packs: PackStore;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    this.reads = openReads(store);
    this.packs = openPackStore(store);
  }

  /** Folder that holds the library. */
  get libraryDir(): string {
    return this.store.libraryDir;
  }
  /** Folder for pictures of the screen. */
  get picturesDir(): string {
    return this.store.picturesDir;
  }
  /** Grows with every change of what a screen may show. */
  get version(): number {
    return changeNumber(this.store);
  }
  /** True when `derived.db` had to be made anew, so all photos want reading again. */
  get derivedIsNew(): boolean {
    return this.store.derivedIsNew;
  }

  /** Runs several writes as one: all or none, and much quicker. */
  batch<T>(work: () => T): T {
    return this.store.write(work);
  }

  /** Adds a folder, or answers the id of one that already covers it; folders inside it become part of it. */
  addFolder(path: string): number {
    return addFolder(this.store, path);
  }
  /** Forgets a folder and its files. Photos, faces and decisions stay and come back with the folder. */
  removeFolder(folderId: number): void {
    removeFolder(this.store, folderId);
  }
  folders(): readonly FolderView[] {
    return listFolders(this.store);
  }
  /** The folder could not be walked: its files are offline, nothing is forgotten. */
  folderAway(folderId: number, state: "gone" | "unreadable"): void {
    folderAway(this.store, folderId, state);
  }
  /** All of the folder's photos have been read. */
  folderRead(folderId: number): void {
    folderRead(this.store, folderId);
  }
  /** Takes in a whole walk of one folder. Files under `unreadable` sub-folders keep their last state. */
  filesSeen(folderId: number, found: readonly shape.FoundFile[], unreadable: readonly string[] = []): shape.SeenFiles {
    return filesSeen(this.store, folderId, found, unreadable);
  }

  /** Files whose content is not known yet, oldest id first. Failed ones only where trying again may help. */
  filesToIdentify(folderIds?: readonly number[]): readonly shape.FileToIdentify[] {
    return filesToIdentify(this.store, folderIds);
  }
  /** Says what a file's content is; answers the photo when it is already known. */
  fileIdentified(fileId: number, hash: string): { readonly photoId: number | null } {
    return fileIdentified(this.store, fileId, hash);
  }
  /** One file for each photo that has not been read with these models. */
  filesToRead(
    reading: shape.Reading,
    options: { readonly folderIds?: readonly number[]; readonly photoIds?: readonly number[] } = {},
  ): readonly shape.FileToRead[] {
    return filesToRead(this.store, reading, options);
  }
  /** The photo is to be read again, whatever it was read with. Faces keep their ids. */
  readAgain(photoId: number): void {
    readAgain(this.store, photoId);
  }
  /** One file could not be read. Permanent problems are tried again only when the file changes. */
  fileFailed(fileId: number, problem: ProblemView): void {
    fileFailed(this.store, fileId, problem);
  }
  /** The walker met a path it could not take in (odd name, unreadable sub-folder). */
  failureAt(folderId: number, path: string, problem: ProblemView): void {
    failureAt(this.store, folderId, path, problem);
  }
  /** Lets failed files be tried again: these, or all. */
  clearFailures(fileIds?: readonly number[]): number {
    return clearFailures(this.store, fileIds);
  }
  /** One photo with its faces, in one transaction. Faces keep their ids by overlap; an edited file's decisions are handed on. */
  keepPhoto(photo: shape.PhotoToKeep): shape.KeptPhoto {
    return keepPhoto(this.store, photo);
  }

  /** Embeddings of drawn and imported faces, made after the photo was read. */
  keepEmbeddings(embeddings: readonly shape.EmbeddingToKeep[]): void {
    keepEmbeddings(this.store, embeddings);
  }
  /** Faces of present photos without an embedding of `pack`: drawn and imported ones mostly. */
  facesToEmbed(pack: string): readonly shape.FaceToEmbed[] {
    return facesToEmbed(this.store, pack);
  }
  /** All faces of browsable photos that have an embedding of `pack` and are not set aside as "not a face"; by face id. */
  facesToGroup(pack: string): shape.FacesToGroup {
    return facesToGroup(this.store, pack);
  }
  /** Id of the file at a path, or null. */
  fileAt(path: string): number | null {
    return this.store.sql<[string], { id: number }>("SELECT id FROM files WHERE path = ?").get(path)?.id ?? null;
  }
  /** Unit vectors of some faces; those without one are left out. */
  vectorsOf(pack: string, faceIds: readonly number[]): ReadonlyMap<number, Float32Array> {
    return vectorsOf(this.store, pack, faceIds);
  }
  /** What people said and what the last grouping proposed. */
  constraints(): shape.Constraints {
    return constraints(this.store);
  }
  /** First of `count` new ids for people and groups. Never given twice, also when `derived.db` is lost. */
  reservePersonIds(count: number): number {
    return reservePersonIds(this.store, count);
  }
  /** Replaces all proposals, groups and questions. Never touches what a person said; proposals against it are dropped. */
  keepGrouping(grouping: shape.GroupingToKeep): void {
    keepGrouping(this.store, grouping);
  }

  /** Says that a grouping is about to be written down in pieces; `keepGroups` says that it is done. */
  openGrouping(): void {
    openGrouping(this.store);
  }
  /** A grouping was being written down when everything stopped. */
  get groupingIsOpen(): boolean {
    return groupingIsOpen(this.store);
  }
  /** The machine has proposed something. */
  get hasProposals(): boolean {
    return hasProposals(this.store);
  }
  /** One piece of what a grouping changed; members and cards follow. */
  keepProposals(proposals: readonly shape.ProposalToKeep[], dropped: readonly number[]): void {
    keepProposals(this.store, proposals, dropped);
  }
  /** The rest of it: groups, questions, and which groups grew together. */
  keepGroups(changes: Pick<shape.GroupingChanges, "groups" | "ended" | "questions" | "joined">): void {
    keepGroups(this.store, changes);
  }
  /** Groups that grew together, latest first, with those of their faces that are still there. */
  joinedGroups(page: { readonly offset: number; readonly limit: number }): JoinedGroups {
    return joinedGroups(this.store, page);
  }

  /** Read interface of the verbs in 5-decide (structurally its `Facts`). */
  facts(block = 1): KeepFacts {
    return openFacts(this.store, block);
  }
  /** Number of the last decision: while it stays, so do the facts. */
  get lastDecision(): number {
    return this.store.sql<[], { id: number | null }>("SELECT max(id) AS id FROM main.decisions").get()?.id ?? 0;
  }
  /** Applies a verb's changes and records the decision, in one transaction. See [Note: Decisions]. */
  apply(decision: shape.DecisionToApply): shape.AppliedDecision {
    return applyDecision(this.store, decision);
  }
  /** Takes back this decision, or the latest. Throws `undo-blocked`, `nothing-to-undo`, `not-found`. */
  undo(decisionId?: number): shape.AppliedDecision {
    return undo(this.store, decisionId);
  }
  /** Does again this decision, or what was last taken back. Throws `redo-blocked`, `nothing-to-redo`, `not-found`. */
  redo(decisionId?: number): shape.AppliedDecision {
    return redo(this.store, decisionId);
  }
  /** A question is not to be asked again, or with `again` it is after all. */
  skipQuestion(questionId: string, again = false): void {
    const { store } = this;
    store.write(() => {
      if (again) store.sql("DELETE FROM skipped WHERE id = ?").run(questionId);
      else store.sql("INSERT INTO skipped VALUES (?, ?) ON CONFLICT DO NOTHING").run(questionId, store.now().toISOString());
    });
  }

  getSetting<T>(key: string, otherwise: T): T {
    return getSetting(this.store, key, otherwise);
  }
  setSetting(key: string, value: unknown): void {
    setSetting(this.store, key, value);
  }

  faceSpot(faceId: number): shape.FaceSpot | null {
    return faceSpot(this.store, faceId);
  }
  photoSpot(photoId: number): shape.PhotoSpot | null {
    return photoSpot(this.store, photoId);
  }
  /** Absolute path of a kept picture, or null. */
  pictureFile(of: "face" | "photo", id: number, size: string): string | null {
    return pictureFile(this.store, of, id, size);
  }
  /** By how much a kept picture has to be turned, clockwise, to stand as its photo does now. */
  pictureTurns(of: "face" | "photo", id: number, size: string): Turns {
    return pictureTurns(this.store, of, id, size);
  }
  /** What a person turned the photo with this content by; 0 also where it is not known yet. */
  turnsOf(hash: string): Turns {
    return turnsOfHash(this.store, hash);
  }
  /** Writes a picture (atomically) and its index row; answers its absolute path. `turns`: how the photo stood when it was made. */
  keepPicture(of: "face" | "photo", id: number, size: string, data: Uint8Array, turns?: Turns): string {
    return keepPicture(this.store, of, id, size, data, turns);
  }
  /** Drops kept pictures that are out of date: all, or those of one size. */
  forgetPicture(of: "face" | "photo", id: number, size?: string): void {
    forgetPicture(this.store, of, id, size);
  }

  /** A verified copy of the catalogue; the oldest beyond `settings.keep.backups` go. */
  backup(reason: string): shape.BackupEntry {
    return backupNow(this.store, reason);
  }
  /** The same of what stands now, whatever is written afterwards; nobody waits for it. See [Note: Late copies]. */
  backupLater(reason: string): Promise<shape.BackupEntry> {
    return copyLater(this.store, reason);
  }
  /** That, when the last is older than a day; null otherwise. */
  backupDaily(): Promise<shape.BackupEntry | null> {
    return backupWhenDue(this.store);
  }
  /** Resolves when no copy is being written. Closing gives up those that are. */
  backupsDone(): Promise<void> {
    return copiesDone(this.store);
  }

  /** What forgetting somebody, or with null everything, would remove. Throws `person-not-found`. */
  countForgetting(personId: number | null): shape.ForgetCounts {
    return countForgetting(this.store, personId);
  }

  /** Lets go of the files and the lock. */
  close(): void {
    closeStore(this.store);
  }
}
