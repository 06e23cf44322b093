import type { Said } from "../../contract/said.ts";
import type { Turns } from "../lib/turns.ts";
import type { FaceQuality, FivePoints, PersonState, PhotoFacts, RowChange, SeenFace, Sureness, UnitBox } from "../types.ts";

/** What the walker found: one file on disk. */
export interface FoundFile {
  /** As given by the file system, never normalised. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** 0 where the file system has none. */
  readonly inode: number;
}
/** What a walk changed in the catalogue. */
export interface SeenFiles {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly back: number;
  readonly same: number;
}
/** A file that wants its content hashed. */
export interface FileToIdentify extends FoundFile {
  readonly fileId: number;
}
/** A file to be decoded and looked at; one a photo, the others with the same content follow. */
export interface FileToRead extends FoundFile {
  readonly fileId: number;
  readonly hash: string;
  /** Null while the content is new. */
  readonly photoId: number | null;
}
/** The models a photo is read with; a photo is read again when any of these differs from its last reading. */
export interface Reading {
  readonly detector: string;
  readonly detectorVersion: number;
  readonly embedder: string;
  readonly embedderVersion: number;
  readonly smallFaces: boolean;
}
/** Everything one reading of one photo found. */
export interface PhotoToKeep {
  readonly fileId: number;
  readonly hash: string;
  readonly bytes: number;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly facts: PhotoFacts;
  readonly damaged: boolean;
  /** Base64, or null where none was made. */
  readonly thumbhash: string | null;
  readonly faces: readonly SeenFace[];
  readonly reading: Reading;
  /** How the photo was turned when it was looked at; 0 unless given. */
  readonly turns?: Turns;
}
export interface KeptPhoto {
  readonly photoId: number;
  /** Ids of `faces`, in their order. */
  readonly faceIds: readonly number[];
  /** Those whose box somebody moved: what was seen of them is not what is meant. */
  readonly adjusted: ReadonlySet<number>;
  /** Faces that no earlier reading knew. */
  readonly newFaces: number;
  /** Set when the file was edited and decisions were handed on, or are asked about; `decisionId` 0 where there are only doubts. */
  readonly carried: { readonly decisionId: number; readonly faces: number; readonly doubtful: number } | null;
}

/** A face as grouping needs it. `vectors` row i belongs to `faceIds[i]`. */
export interface FacesToGroup {
  readonly pack: string;
  readonly dimensions: number;
  readonly faceIds: Int32Array;
  readonly photoIds: Int32Array;
  /** Unit length, row-major, `faceIds.length * dimensions`. */
  readonly vectors: Float32Array;
  /** Raw embedding lengths. */
  readonly norms: Float32Array;
  /** Face widths in pixels of the full photo. */
  readonly pixels: Float32Array;
  readonly scores: Float32Array;
  readonly qualities: Float32Array;
  readonly turned: Uint8Array;
}
/** Everything people said, as grouping needs it. Merged-away people do not appear. */
export interface Constraints {
  readonly people: readonly { readonly id: number; readonly name: string | null; readonly state: PersonState }[];
  readonly confirmed: ReadonlyMap<number, number>;
  readonly rejected: readonly (readonly [faceId: number, personId: number])[];
  readonly neverMerge: readonly (readonly [a: number, b: number])[];
  readonly notFaces: ReadonlySet<number>;
  /** Last run's proposals: face to person or group, so that ids stay. */
  readonly proposed: ReadonlyMap<number, number>;
  /** Question ids that somebody skipped. */
  readonly skipped: ReadonlySet<string>;
}
export interface ProposalToKeep {
  readonly faceId: number;
  readonly personId: number;
  readonly similarity: number;
  /** False-accept rate, 0..1. */
  readonly far: number;
  readonly rule: "linked" | "attached";
  readonly band: Sureness;
}
export interface LikelyToKeep {
  readonly personId: number;
  readonly similarity: number;
  readonly far: number;
  readonly band: Sureness;
}
export interface GroupToKeep {
  readonly personId: number;
  readonly mixed: boolean;
  readonly likely: LikelyToKeep | null;
}
export interface QuestionToKeep {
  /** Stable from run to run: by convention `kind:a:b`. */
  readonly id: string;
  readonly kind: "same-person" | "is-this";
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
  readonly far: number;
  readonly band: Sureness;
  readonly settles: number;
  /** Orders the questions, largest first. */
  readonly gain: number;
  readonly others: readonly LikelyToKeep[];
}
/** One whole result of grouping; replaces the last one. */
export interface GroupingToKeep {
  readonly proposals: readonly ProposalToKeep[];
  readonly groups: readonly GroupToKeep[];
  readonly questions: readonly QuestionToKeep[];
}
/** What one grouping changed; written down in pieces, so that nobody waits for it. */
export interface GroupingChanges {
  readonly proposals: readonly ProposalToKeep[];
  /** Faces that nothing is proposed for any more. */
  readonly dropped: readonly number[];
  readonly groups: readonly GroupToKeep[];
  /** Groups that are no more. */
  readonly ended: readonly number[];
  /** All of them. */
  readonly questions: readonly QuestionToKeep[];
  readonly joined: readonly JoinedToKeep[];
}
/** Two unconfirmed groups that grew together. */
export interface JoinedToKeep {
  /** The id that ended. */
  readonly gone: number;
  readonly stayed: number;
  /** Faces that came over. */
  readonly faceIds: readonly number[];
}

/** What a verb of 5-decide answers. */
export interface DecisionToApply {
  readonly kind: string;
  readonly payload: unknown;
  readonly changes: readonly RowChange[];
  readonly sentence: string;
  /** The same as data; left out by tests that only want a decision. */
  readonly said?: Said;
  /** Faces whose person, state or standing changed. */
  readonly faces: readonly number[];
  readonly personId: number | null;
  /** Recorded also when it changes nothing yet, because its payload will be needed. */
  readonly standsAnyway?: boolean;
}
export interface AppliedDecision {
  /** 0 when nothing needed changing, so nothing was recorded. */
  readonly decisionId: number;
  readonly changed: number;
  readonly sentence: string;
  readonly said: Said | null;
  readonly personId: number | null;
  readonly faceIds: readonly number[];
  /** People whose cards changed. */
  readonly personIds: readonly number[];
  /** Photos that stand otherwise now, and are to be looked at again. */
  readonly photoIds: readonly number[];
}

/** What a crop needs: where the face is and which file to take it from. */
export interface FaceSpot {
  readonly faceId: number;
  readonly photoId: number;
  /** See PhotoSpot. */
  readonly turns: Turns;
  readonly box: UnitBox;
  /** As fractions of the photo; null for a face that somebody drew. */
  readonly points: FivePoints | null;
  readonly width: number;
  readonly height: number;
  /** Present files first; may be empty when every copy is away. */
  readonly paths: readonly string[];
}
export interface PhotoSpot {
  readonly photoId: number;
  /** What a person turned it by, clockwise; box, points and size are of the turned photo. */
  readonly turns: Turns;
  readonly width: number;
  readonly height: number;
  readonly paths: readonly string[];
}
/** Drawn, imported and moved faces whose photo has been read, but which have no embedding of `pack` as they stand. */
export interface FaceToEmbed {
  readonly faceId: number;
  readonly photoId: number;
  readonly turns: Turns;
  readonly path: string;
  readonly box: UnitBox;
}
export interface EmbeddingToKeep {
  readonly faceId: number;
  readonly pack: string;
  readonly vector: Float32Array;
  readonly norm: number;
  readonly points?: FivePoints;
  readonly quality?: FaceQuality;
}
/** A verified copy of the catalogue. */
export interface BackupEntry {
  /** When and why, as one word; stays the same. */
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
  readonly reason: string;
  /** ISO instant, UTC. */
  readonly at: string;
  readonly bytes: number;
}
export interface BackupPreview extends BackupEntry {
  readonly good: boolean;
  readonly people: number;
  readonly decisions: number;
  readonly confirmedFaces: number;
}
/** A dated face with points that somebody confirmed or that is sure, for showing a person through the years. */
export interface GrowthFace {
  readonly faceId: number;
  readonly takenAt: string;
  readonly quality: number;
  readonly yaw: number;
  /** Width in pixels of the full photo. */
  readonly pixels: number;
}
/** What a forgetting removes, or removed. */
export interface ForgetCounts {
  /** People with a name. */
  readonly people: number;
  readonly faces: number;
  /** Photos in which those faces are; the photos themselves stay. */
  readonly photos: number;
  readonly vectors: number;
  /** Kept pictures: crops of faces and, when everything goes, small copies of photos. */
  readonly pictures: number;
  /** Decisions that go or are rewritten without the person. */
  readonly decisions: number;
  readonly albums: number;
}
