import type { Said } from "./said.ts";

/** A copy of the catalogue and what it holds. */
export interface BackupView {
  readonly id: string;
  /** ISO instant, UTC. */
  readonly at: string;
  /** Why it was made: `daily`, `by-hand`, `before-restore`, `before-update`, or `before-` and the kind of a large decision. */
  readonly reason: string;
  readonly bytes: number;
  /** It is whole and this Familiar can open it. */
  readonly good: boolean;
  readonly people: number;
  readonly decisions: number;
  readonly confirmedFaces: number;
}

/** What a catalogue holds. */
export interface CatalogCounts {
  readonly people: number;
  readonly decisions: number;
  readonly confirmedFaces: number;
  readonly photos: number;
}

/** What would be different with a copy in the catalogue's place. */
export interface RestorePreview {
  readonly copy: BackupView;
  readonly then: CatalogCounts;
  /** Null where what stands cannot be read; the lists below are empty then. */
  readonly now: CatalogCounts | null;
  /** Names that would be there again, and names that would be gone. */
  readonly namesBack: readonly string[];
  readonly namesGone: readonly string[];
  /** Decisions that the copy does not know, and those that only it knows. */
  readonly decisionsGone: number;
  readonly decisionsBack: number;
  /** The latest of those that would be gone. */
  readonly latestGone: readonly { readonly at: string; readonly sentence: string; readonly said: Said | null }[];
  /** Photos the copy does not know; they are read again, none is lost. */
  readonly photosToRead: number;
}

export interface RestoreResult {
  readonly restored: BackupView;
  /** The copy made of what stood: restoring it takes this back. Null where it could not be read. */
  readonly kept: BackupView | null;
  /** Path of what stood, as it was, where it could not be copied. */
  readonly setAside: string | null;
  readonly sentence: string;
}

export interface StartedEmpty {
  /** Path of the damaged catalogue; null where there was none any more. */
  readonly setAside: string | null;
  readonly sentence: string;
}

export interface ForgetPreview {
  /** Null: everything. */
  readonly personId: number | null;
  readonly name: string | null;
  /** People with a name. */
  readonly people: number;
  readonly faces: number;
  /** Photos in which those faces are; the photos themselves stay. */
  readonly photos: number;
  /** Faces as numbers, by which they are recognised. */
  readonly vectors: number;
  readonly pictures: number;
  readonly decisions: number;
  readonly albums: number;
  /** Copies of the catalogue, which hold all this too. */
  readonly backups: number;
  readonly backupBytes: number;
}

export interface ForgetResult extends ForgetPreview {
  /** Copies that were left: what was forgotten is still in them. */
  readonly backupsLeft: number;
  /** A plain account of what was removed. */
  readonly sentence: string;
}
