import type { Calibration } from "../types.ts";
import type { Constraints, FacesToGroup, GroupingToKeep } from "../3-keep/shapes.ts";

/** Work for the group-worker: everything it needs, as data. */
export interface GroupTask {
  readonly faces: FacesToGroup;
  readonly constraints: Constraints;
  /** Day (days since 1970) each face's photo was taken, NaN where not known; same order as `faces`. */
  readonly takenAt: Float64Array;
  /** Person to day of birth. */
  readonly birthdays: ReadonlyMap<number, number>;
  readonly calibration: Calibration;
  /** Expected false neighbours per face. */
  readonly alpha: number;
  /** Everything that nobody acted on is grouped from nothing: after the slider moved. Ids are kept all the same. */
  readonly anew: boolean;
  /** Ids for new groups: this one and those after it. */
  readonly firstId: number;
}
export interface GroupAnswer {
  readonly grouping: GroupingToKeep;
  /** Unconfirmed groups that grew together: the one that stayed and the one whose id ended. */
  readonly retired: readonly { readonly from: number; readonly into: number }[];
}
