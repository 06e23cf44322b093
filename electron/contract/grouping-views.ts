import type { DecisionKind } from "./args.ts";
import type { FaceView, PersonCard, Sureness } from "./views.ts";

/** Two faces with their similarity (cosine). */
export interface FacePairView {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}
/** What moving the "how daring" slider would do to what nobody acted on. */
export interface DaringEffectView {
  /** Groups of two or more, before and after. */
  readonly groupsBefore: number;
  readonly groupsAfter: number;
  /** Faces in a group, before and after. */
  readonly groupedBefore: number;
  readonly groupedAfter: number;
  /** Groups or single faces that would join others, and those that would come apart. */
  readonly joined: number;
  readonly parted: number;
  /** The most doubtful examples of each. */
  readonly together: readonly FacePairView[];
  readonly apart: readonly FacePairView[];
}
/** What moving the "to check" slider would do. */
export interface CheckEffectView {
  readonly toCheckBefore: number;
  readonly toCheckAfter: number;
  /** Faces that would change sides, those nearest the new place first. */
  readonly changing: readonly number[];
}
/** Null where that slider was not tried. */
export interface PreviewView {
  readonly daring: DaringEffectView | null;
  readonly check: CheckEffectView | null;
}

export type ConflictKind = "twice-in-photo" | "before-birth" | "more-like-another" | "far-from-everyone" | "look-like-one";
export type ConflictAction = "keep-first" | "keep-second" | "both" | "not-this" | "it-is" | "is-other" | "merge" | "never-merge";
/** Something that does not fit. */
export interface ConflictView {
  /** For `review.skip`: leaves it as it is, for good. */
  readonly id: string;
  readonly kind: ConflictKind;
  readonly person: PersonCard;
  /** The second person, where there is one. */
  readonly other: PersonCard | null;
  readonly photoId: number | null;
  /** The faces it is about; of the same person twice, the one that fits best first. */
  readonly faces: readonly FaceView[];
  /** Similarity (cosine) to the person, or of the two people; null where none was reckoned. */
  readonly similarity: number | null;
  /** A birthday may be wrong as well as a face. */
  readonly birthdayInDoubt: boolean;
  /** What settles it: the decision to take. */
  readonly actions: readonly { readonly does: ConflictAction; readonly kind: DecisionKind; readonly payload: unknown }[];
}

/** Two groups of the machine that became one by themselves. */
export interface JoinedView {
  readonly id: number;
  /** ISO instant, UTC. */
  readonly at: string;
  readonly person: PersonCard;
  /** Faces that came over, still stand there, and of which nobody has said anything. */
  readonly faceIds: readonly number[];
  /** Takes them apart for good. */
  readonly takeBack: { readonly kind: DecisionKind; readonly payload: unknown };
}

/** A map learned from confirmed faces, for telling look-alikes apart. It never changes a decision, nor who stands where. */
export interface MetricView {
  /** `off`: by the settings. `too-few`: not enough confirmed faces. `no-gain`: learned and left aside. `used`: it gains. */
  readonly state: "off" | "too-few" | "no-gain" | "used";
  /** Share (0..1) of held-out pairs of one person recognised at a false-accept rate of 1 %, without and with it; null where not measured. */
  readonly before: number | null;
  readonly after: number | null;
  /** People and faces it was learned from, and pairs it was measured on. */
  readonly people: number;
  readonly faces: number;
  readonly pairs: number;
}

/** A face that may be the person asked about. */
export interface SuggestedFace {
  readonly face: FaceView;
  /** Cosine with the person's most alike faces. */
  readonly similarity: number;
  readonly falseAcceptRate: number;
  /** Chance that it is the person, 0..1, as measured on labelled photographs; `sureness` is that chance's. */
  readonly chance: number;
  readonly sureness: Sureness;
}
export interface SuggestionsView {
  readonly personId: number;
  /** Faces likely enough to be shown. */
  readonly total: number;
  readonly items: readonly SuggestedFace[];
}
