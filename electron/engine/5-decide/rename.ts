import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { name } from "./name.ts";

/** Gives somebody another name; of somebody without one it is a naming. Throws `person-not-found`, `name-empty`. */
export function rename(facts: Facts, payload: { readonly personId: number; readonly name: string }): Outcome {
  return name(facts, payload);
}
