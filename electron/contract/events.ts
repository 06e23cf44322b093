import type { ProblemView } from "./problems.ts";
import type { ProgressView } from "./views.ts";

/** What the engine pushes to every door that listens. */
export interface Events {
  /** At most four a second. */
  readonly progress: ProgressView;
  /** Something on a screen is out of date; `people` names those that changed, or is empty when many did. */
  readonly changed: {
    readonly what: readonly ("people" | "photos" | "history" | "folders" | "settings" | "packs")[];
    readonly personIds: readonly number[];
    /** Pictures that are others now under the same address. */
    readonly pictures?: { readonly photoIds: readonly number[]; readonly faceIds: readonly number[] };
  };
  /** How many photos of a file of names were looked at, at most four times a second; `over` when it was taken in, or refused. */
  readonly importing: { readonly done: number; readonly total: number; readonly over: boolean };
  /** Something stopped work or fell back; said once. */
  readonly problem: ProblemView;
}
export type EventName = keyof Events;
