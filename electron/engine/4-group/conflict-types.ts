import type { Calibration } from "../types.ts";
import type { GroupPerson } from "./group-types.ts";

/** Everything that conflicts are looked for in; one entry a face. */
export interface ConflictJob {
  readonly faceIds: Int32Array;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** 1: the vector can be used. */
  readonly usable: Uint8Array;
  readonly personId: Int32Array;
  /** 1: somebody said so. */
  readonly confirmed: Uint8Array;
  readonly photoIds: Int32Array;
  readonly takenAt: Float64Array;
  readonly people: readonly GroupPerson[];
  readonly neverMerge: readonly (readonly [number, number])[];
  readonly calibration: Calibration;
  readonly alpha: number;
  /** The learned map for look-alikes (`learned-metric.ts`), null where there is none or it does not help. */
  readonly map: Float32Array | null;
}
/** Something that does not fit, with the action that settles it. */
export type Conflict =
  /** The same person twice in one photo; the first face fits best. */
  | {
      readonly kind: "twice-in-photo";
      readonly personId: number;
      readonly photoId: number;
      readonly faces: readonly number[];
      readonly action: "reject-others" | "choose";
    }
  | {
      readonly kind: "before-birth";
      readonly personId: number;
      readonly face: number;
      readonly days: number;
      readonly action: "reject" | "change-birthday";
    }
  /** No more like the person than a stranger would be. */
  | {
      readonly kind: "far-from-everyone";
      readonly personId: number;
      readonly face: number;
      readonly similarity: number;
      readonly action: "reject" | "look";
    }
  /** A proposal that is more like the confirmed faces of a look-alike. */
  | {
      readonly kind: "more-like-another";
      readonly personId: number;
      readonly otherId: number;
      readonly face: number;
      readonly similarity: number;
      readonly toOther: number;
      readonly action: "move";
    }
  /** Two people that somebody acted on and that look like one. */
  | {
      readonly kind: "look-like-one";
      readonly people: readonly [number, number];
      readonly similarity: number;
      readonly z: number;
      readonly action: "merge-or-never";
    };
