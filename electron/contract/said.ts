/**
 * What a decision said, as data: the screens word it in their language. A name is null where somebody has none ("a group"). Counts are of
 * faces unless they say otherwise.
 */
export type Said =
  | { readonly did: "merged" | "confirmed" | "rejected"; readonly faces: number; readonly name: string | null }
  | { readonly did: "moved"; readonly faces: number; readonly name: string | null; readonly fresh: boolean }
  | { readonly did: "split"; readonly faces: number; readonly off: string | null; readonly into: string | null }
  | { readonly did: "named" | "album-saved" | "album-removed"; readonly name: string }
  | { readonly did: "renamed"; readonly was: string; readonly name: string }
  | {
      readonly did: "stranger" | "hidden" | "brought-back" | "key-face" | "drew" | "adjusted";
      readonly name: string | null;
    }
  | { readonly did: "not-faces"; readonly faces: number }
  /** Null: at least one of them has no name. */
  | { readonly did: "two-people"; readonly names: readonly [a: string, b: string] | null }
  /** `date`: `YYYY-MM-DD`, null where it was removed. */
  | { readonly did: "birthday"; readonly name: string | null; readonly date: string | null }
  /** Clockwise. */
  | { readonly did: "turned"; readonly quarter: 1 | 2 | 3 }
  | {
      readonly did: "imported";
      readonly faces: number;
      readonly people: number;
      readonly waiting: number;
      readonly conflicts: number;
      readonly nothing: boolean;
    }
  | { readonly did: "shared"; readonly faces: number; readonly people: number }
  /** Onto an edited photo; no faces: how it was turned. */
  | { readonly did: "carried"; readonly faces: number }
  | { readonly did: "taken-back" | "done-again"; readonly what: Said };

/** What stands in the way of taking a decision back. */
export interface BlockedView {
  readonly decisionId: number;
  /** The latest of the later decisions, as a kind and in words; `said` null where it was made by an older Familiar. */
  readonly kind: string;
  readonly sentence: string;
  readonly said: Said | null;
  /** ISO instant, UTC. */
  readonly at: string;
  /** Faces of the earlier one that it is about; 0 where it builds on a person. */
  readonly faces: number;
  /** Decisions that stand in the way besides. */
  readonly more: number;
}
