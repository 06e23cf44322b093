import type { GroupingChanges } from "../3-keep/shapes.ts";
import type { Conflict } from "../4-group/conflict-types.ts";
import type { LearnedMetric } from "../4-group/learned-metric.ts";
import type { CheckEffect, DaringEffect } from "../4-group/preview-effect.ts";
import type { RankedPerson } from "../4-group/rank-faces.ts";
import type { SuggestedFace } from "../4-group/suggest-faces.ts";
import type { Why } from "../4-group/why-face.ts";
import type { Calibration } from "../types.ts";

/** What every task of the grouping thread needs: which vectors, and how alike they are. */
export interface WithPack {
  readonly pack: string;
  readonly calibration: Calibration;
}
export interface GroupTask extends WithPack {
  /** Expected false neighbours per face. */
  readonly alpha: number;
  /** Everything that nobody acted on is grouped from nothing: after the slider moved. Ids are kept all the same. */
  readonly anew: boolean;
  /** Faces above which neighbours come from coarse lists first. */
  readonly exactUpTo: number;
}
export interface GroupAnswer {
  /** Ids of new groups are `firstNewId` and those after it: the engine gives them their real ones. */
  readonly changes: GroupingChanges;
  readonly newIds: number;
  /** Faces whose neighbours come from coarse lists and are to be finished. */
  readonly rough: number;
}
/** Ids from here on stand for groups that have none yet: no library gives so many. */
export const firstNewId = 2 ** 30;

export interface RankTask extends WithPack {
  /** Each asked about: one face's vector, or faces of the library whose mean is asked about. */
  readonly about: readonly (Float32Array | readonly number[])[];
  /** People wanted for each. */
  readonly most: number;
}
export interface WhyTask extends WithPack {
  readonly faceId: number;
}
export interface SuggestTask extends WithPack {
  readonly personId: number;
  readonly most: number;
}
export interface SuggestAnswer {
  readonly total: number;
  readonly faces: readonly SuggestedFace[];
}
export interface ConflictsTask extends WithPack {
  readonly alpha: number;
  /** Whether look-alikes may be compared by the learned map. */
  readonly learned: boolean;
  readonly offset: number;
  readonly limit: number;
}
/** A conflict with a name that stays the same for as long as it is about the same. */
export type NamedConflict = Conflict & { readonly id: string };
export interface ConflictsAnswer {
  readonly total: number;
  readonly items: readonly NamedConflict[];
}
export interface PreviewTask extends GroupTask {
  readonly checkAbove: number;
  /** What is tried; null: left as it is. */
  readonly tryDaring: number | null;
  readonly tryCheckAbove: number | null;
}
export interface PreviewAnswer {
  readonly daring: DaringEffect | null;
  readonly check: CheckEffect | null;
}

/** How far finishing coarse neighbours is. */
export interface FinishAnswer {
  /** Faces that this piece finished. */
  readonly finished: number;
  readonly left: number;
  readonly all: number;
}

/** Everything that can be asked of the grouping thread. */
export interface Tasks {
  readonly group: GroupTask;
  readonly rank: RankTask;
  readonly why: WhyTask;
  readonly preview: PreviewTask;
  readonly conflicts: ConflictsTask;
  readonly metric: WithPack;
  readonly suggest: SuggestTask;
  /** One piece of finishing coarse neighbours exactly; gives way at once to everything else that is asked. */
  readonly finish: WithPack;
  /** Makes ready for the next question. */
  readonly warm: { readonly pack: string };
}
export interface Answers {
  readonly group: GroupAnswer;
  /** Null for faces without a vector. */
  readonly rank: readonly (readonly RankedPerson[] | null)[];
  /** Null where the face has no vector. */
  readonly why: Why | null;
  readonly preview: PreviewAnswer;
  readonly conflicts: ConflictsAnswer;
  readonly metric: Omit<LearnedMetric, "map">;
  readonly suggest: SuggestAnswer;
  /** `gave-way`: something else was asked for; `group-first`: faces came or went since the last grouping, or there was none. */
  readonly finish: FinishAnswer | "gave-way" | "group-first";
  readonly warm: null;
}
export type TaskName = keyof Tasks;
export type TaskMessage = { readonly [K in TaskName]: { readonly id: number; readonly kind: K; readonly task: Tasks[K] } }[TaskName];
