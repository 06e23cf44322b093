import type { Component } from "svelte";
import type { LikelyPerson } from "../../../electron/contract/views.ts";

/** What was said about a face. */
export type Answer =
  | { readonly kind: "yes" }
  | { readonly kind: "no" }
  | { readonly kind: "person"; readonly personId: number; readonly name: string | null }
  | { readonly kind: "new"; readonly name: string }
  | { readonly kind: "stranger" }
  | { readonly kind: "not-a-face" }
  | { readonly kind: "leave" }
  /** Its box is to be moved. */
  | { readonly kind: "adjust" };

/** One line of the list that is offered for a face. */
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly answer: Answer;
  readonly person?: LikelyPerson;
  /** Key 1..9 that chooses it. */
  readonly number?: number;
  /** Letter that chooses it while nothing is being written. */
  readonly letter?: string;
  readonly icon?: Component<Record<string, unknown>>;
  /** A line stands above it. */
  readonly apart?: boolean;
}
