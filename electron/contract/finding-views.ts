import type { ProblemView } from "./problems.ts";
import type { FaceView, PersonCard } from "./views.ts";

/** A place as the search takes it: degrees (WGS 84) and kilometres around. */
export interface PlaceView {
  readonly latitude: number;
  readonly longitude: number;
  readonly km: number;
}
/** What a place is called, by the gazetteer that comes with Familiar. */
export interface PlaceNameView {
  readonly name: string;
  /** State, province or the like, by its name; null where none is known. */
  readonly region: string | null;
  /** ISO 3166-1 alpha-2; the screen names it in its language. */
  readonly country: string;
  /** It is the nearest, but not there: some kilometres lie between. */
  readonly near: boolean;
}
/** What the search field offers beside people and dates. */
export interface SuggestView {
  readonly folders: readonly { readonly path: string; readonly photos: number }[];
  /** `name` null: far from any place, as on the sea. `photos`: as many as a search around it finds. */
  readonly places: readonly { readonly place: PlaceView; readonly name: PlaceNameView | null; readonly photos: number }[];
}

/** What one page of an export came to. */
export interface ExportView {
  /** The folder that was written into. */
  readonly into: string;
  /** Photos in the whole search. */
  readonly total: number;
  readonly written: number;
  /** The same file was there before, from an earlier export. */
  readonly already: number;
  readonly failed: readonly { readonly path: string; readonly problem: ProblemView }[];
  /** What ended the whole of it, as a full disk does; nothing more was written then. */
  readonly stopped: ProblemView | null;
}

/** Two people of whom somebody said that they are two. */
export interface PairView {
  readonly a: PersonCard;
  readonly b: PersonCard;
}
/** A face that either of the two may be. */
export interface LookAlikeFace {
  readonly face: FaceView;
  /** What `review.skip` takes once something was said of it. */
  readonly questionId: string;
  /** Similarity (cosine) to the best of a and of b, the face itself left out. */
  readonly toA: number;
  readonly toB: number;
  readonly ageA: number | null;
  readonly ageB: number | null;
}
export interface LookAlikesView {
  readonly a: PersonCard;
  readonly b: PersonCard;
  /** Hardest first: proposed faces, and confirmed ones that are about as much like the other. None that was looked at for this before. */
  readonly faces: readonly LookAlikeFace[];
  /** Faces to compare with: confirmed and clear ones first. */
  readonly ofA: readonly FaceView[];
  readonly ofB: readonly FaceView[];
}

/** How a photo was taken, as its file says; null for what it does not say. */
export interface ExposureView {
  readonly lens: string | null;
  /** f-number. */
  readonly aperture: number | null;
  readonly seconds: number | null;
  readonly iso: number | null;
  /** Millimetres on 35 mm film where the file gives them so, else of the lens itself. */
  readonly focalLength: number | null;
}
