import type { PlaceNameView, PlaceView } from "./finding-views.ts";
import type { BlockedView, Said } from "./said.ts";
import type { ProblemView } from "./problems.ts";
import type { FolderView, ProgressView, ProviderView } from "./work-views.ts";

export type * from "./work-views.ts";

/** `[x, y, width, height]` as fractions (0..1) of the upright photo, origin top left. */
export type BoxView = readonly [number, number, number, number];
/** Five points (left eye, right eye, nose, left mouth corner, right mouth corner; left in the picture) as fractions of the upright photo. */
export type LandmarksView = readonly (readonly [number, number])[];
/** How sure the machine is of a proposal. `confirmed`: a person said so. */
export type Sureness = "confirmed" | "sure" | "fairly-sure" | "not-sure" | "guess";
/** `unnamed`: a group. `named`: somebody named it. `stranger` and `hidden`: set aside. */
export type PersonState = "named" | "unnamed" | "stranger" | "hidden";
export type FaceState = "confirmed" | "proposed";
export type FaceSource = "detected" | "drawn" | "imported";

export interface FaceView {
  readonly id: number;
  readonly photoId: number;
  /** A path on disk of the photo (any present one first), as given. */
  readonly path: string;
  readonly box: BoxView;
  readonly landmarks: LandmarksView | null;
  /** Detector's probability, 0..1 (1 for drawn faces). */
  readonly score: number;
  /** 0 (poor) .. 1 (as good as it gets). */
  readonly quality: number;
  readonly source: FaceSource;
  readonly personId: number | null;
  readonly name: string | null;
  readonly personState: PersonState | null;
  readonly state: FaceState;
  readonly sureness: Sureness;
  /** Proposed, and less sure than somebody chose to let stand without a look. */
  readonly toCheck: boolean;
  /** ISO wall-clock time `YYYY-MM-DDTHH:MM:SS`, or null where the photo does not say (the time of its file does not count). */
  readonly takenAt: string | null;
  /** Whole years since the person's birthday when the photo was taken. */
  readonly age: number | null;
  /** Two faces of this person stand in the same photo. */
  readonly twice: boolean;
}

export interface PersonCard {
  readonly id: number;
  readonly name: string | null;
  readonly state: PersonState;
  readonly keyFaceId: number | null;
  /** Up to seven faces, best first, key face first. */
  readonly faceIds: readonly number[];
  readonly faces: number;
  readonly photos: number;
  readonly confirmed: number;
  /** Proposed faces that are fairly sure or less. */
  readonly toCheck: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  /** None of the photos can be reached: they are all on drives that are not connected. */
  readonly offline: boolean;
  /** For an unnamed group: the person most like it, if any is likely. */
  readonly likely: LikelyPerson | null;
}

/** A person that a face or group may be. */
export interface LikelyPerson {
  readonly personId: number;
  readonly name: string | null;
  readonly keyFaceId: number | null;
  readonly faces: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  /** Cosine similarity, -1..1. */
  readonly similarity: number;
  readonly sureness: Sureness;
  /** The likeness in words, as in "very alike". */
  readonly words: string;
  /** Expected share of different people that look this alike or more. */
  readonly falseAcceptRate: number;
}

export interface PersonView extends PersonCard {
  readonly birthday: string | null;
  readonly bySureness: Readonly<Record<Sureness, number>>;
  readonly years: readonly { readonly year: number | null; readonly faces: number }[];
  readonly together: readonly {
    readonly personId: number;
    readonly name: string | null;
    readonly keyFaceId: number | null;
    readonly photos: number;
  }[];
  readonly neverMerged: readonly { readonly personId: number; readonly name: string | null; readonly keyFaceId: number | null }[];
  /** Photos in which this person appears twice. */
  readonly twicePhotos: number;
  /** Faces in photos taken before the birthday. */
  readonly beforeBirth: number;
  /** The machine sees more than one person in it. */
  readonly mixed: boolean;
  readonly album: null;
}

export interface SplitPart {
  readonly faceIds: readonly number[];
  readonly likely: LikelyPerson | null;
}
export interface SplitView {
  readonly personId: number;
  /** Largest part first: it keeps the name. */
  readonly parts: readonly SplitPart[];
  /** The machine itself thinks there is more than one person. */
  readonly mixed: boolean;
}

export interface PhotoTile {
  readonly id: number;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly takenAt: string | null;
  /** Where the date came from: `exif`, `gps`, `file-name`, `file-time` (when the file was written, which says little), `xmp`. */
  readonly takenFrom: string | null;
  /** Base64 of a thumbhash, or null until the photo was read. */
  readonly thumbhash: string | null;
  readonly faces: number;
  readonly offline: boolean;
  readonly path: string;
}
export interface PhotoView extends PhotoTile {
  readonly files: readonly { readonly path: string; readonly state: "present" | "gone" | "offline"; readonly bytes: number }[];
  readonly faceList: readonly FaceView[];
  /** Offset from UTC as `+02:00`, or null. */
  readonly takenZone: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** What the nearest place is called; null without a position, and far from any place. */
  readonly place: PlaceNameView | null;
  readonly camera: string | null;
  readonly damaged: boolean;
  readonly bytes: number;
}
export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}
export interface MonthView {
  /** `YYYY-MM`, or null for photos without a date. */
  readonly month: string | null;
  readonly photos: number;
  /** Position of its first photo in the whole list. */
  readonly offset: number;
  readonly people: readonly { readonly personId: number; readonly name: string | null; readonly keyFaceId: number | null }[];
}
export interface SearchResult extends Page<
  PhotoTile & { readonly people: readonly { readonly id: number; readonly name: string | null }[] }
> {
  /** When nothing was found: what dropping one condition would find. */
  readonly without: readonly { readonly drop: string; readonly words: string; readonly photos: number }[];
  /** When nothing was found that has all of several people: how many have any of them; else 0. */
  readonly anyOf: number;
}

export interface Question {
  readonly id: string;
  readonly kind: "same-person" | "is-this";
  /** The group asked about. */
  readonly a: PersonCard;
  /** The person it may be. */
  readonly b: PersonCard;
  readonly sureness: Sureness;
  /** Faces that a yes would settle. */
  readonly settles: number;
  /** Others it may be, most likely first (keys 1..9). */
  readonly others: readonly LikelyPerson[];
}
export interface ReviewView {
  readonly questions: readonly Question[];
  /** How many are worth asking in all. */
  readonly left: number;
}

export interface WhyView {
  readonly faceId: number;
  readonly personId: number | null;
  readonly name: string | null;
  readonly rule: "confirmed" | "linked" | "attached" | "drawn" | "none";
  /** The decision that put it there, when somebody did. */
  readonly decision: { readonly decisionId: number; readonly at: string; readonly sentence: string; readonly said: Said | null } | null;
  readonly similarity: number | null;
  readonly falseAcceptRate: number | null;
  readonly sureness: Sureness;
  readonly nearest: readonly { readonly faceId: number; readonly similarity: number; readonly confirmed: boolean }[];
  readonly next: LikelyPerson | null;
  readonly sameDay: readonly { readonly photoId: number; readonly faceId: number }[];
}

export interface DecisionResult {
  readonly decisionId: number;
  /** Faces whose person, state or standing changed. */
  readonly changed: number;
  /** What happened, in the words of the toast. */
  readonly sentence: string;
  /** The same as data; null where an older Familiar kept the sentence alone. */
  readonly said: Said | null;
  /** A person created by it, if any. */
  readonly personId: number | null;
  /** Proposed faces that came along, and how many of them want a look. */
  readonly found: number;
  readonly toCheck: number;
}
/** What importing a portable file came to. */
export interface ImportResult extends DecisionResult {
  /** People who came, or of whom something new was learnt. */
  readonly people: number;
  /** Faces that wait for photos which are not in this library yet; they get their share when those are read. */
  readonly waiting: number;
  /** What the file says otherwise than what was said here. What was said here stands. */
  readonly conflicts: number;
}
export interface HistoryEntry {
  readonly decisionId: number;
  readonly kind: string;
  /** ISO instant, UTC. */
  readonly at: string;
  readonly sentence: string;
  readonly said: Said | null;
  readonly faces: number;
  readonly faceIds: readonly number[];
  readonly undone: boolean;
  readonly canTakeBack: boolean;
  /** What stands in the way; null where nothing does. */
  readonly blocked: BlockedView | null;
}

export interface StatusView {
  readonly version: string;
  readonly library: string;
  readonly photos: number;
  readonly faces: number;
  readonly people: number;
  readonly unnamed: number;
  readonly strangers: number;
  readonly questions: number;
  readonly failed: number;
  readonly folders: readonly FolderView[];
  readonly progress: ProgressView;
  readonly pack: string;
  readonly provider: ProviderView;
  readonly canUndo: string | null;
  /** The same as data. */
  readonly undoSaid: Said | null;
  readonly redoSaid: Said | null;
  readonly canRedo: string | null;
}
export interface AlbumView {
  readonly id: number;
  readonly name: string;
  readonly query: SearchQuery;
  readonly photos: number;
}
export interface SearchQuery {
  readonly all?: readonly number[] | undefined;
  readonly any?: readonly number[] | undefined;
  readonly none?: readonly number[] | undefined;
  readonly only?: readonly number[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly folder?: string | undefined;
  /** Exact number of faces in the photo. */
  readonly faces?: number | undefined;
  readonly facesAtLeast?: number | undefined;
  /** Taken within so many kilometres of a place. */
  readonly near?: PlaceView | undefined;
  /** People at an age, in whole years, both ends included. */
  readonly aged?: readonly { readonly person: number; readonly from: number; readonly to: number }[] | undefined;
}
export interface VerifyView {
  readonly similarity: number;
  readonly same: boolean;
  readonly falseAcceptRate: number;
}
export interface DetectedView {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly { readonly box: BoxView; readonly landmarks: LandmarksView; readonly score: number; readonly quality: number }[];
  readonly problem: ProblemView | null;
}
export interface WhoView {
  readonly path: string;
  readonly faces: readonly {
    readonly box: BoxView;
    readonly score: number;
    readonly quality: number;
    readonly likely: readonly LikelyPerson[];
  }[];
}
