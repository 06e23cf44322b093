import type { Said } from "../../contract/said.ts";
import type { RowChange } from "../types.ts";

/** What a verb makes of a payload: everything 3-keep needs to apply and record it. */
export interface Outcome {
  readonly changes: readonly RowChange[];
  /** For the toast and for History, in the words of the plan. */
  readonly sentence: string;
  /** The same as data. */
  readonly said: Said;
  /** Faces whose person, state or standing changed. */
  readonly faces: readonly number[];
  /** The person it was about, or the one it made. */
  readonly personId: number | null;
}
