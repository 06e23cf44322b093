import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { setAside } from "./set-aside.ts";

/** Hides somebody from the screens without forgetting who they are. Throws `person-not-found`. */
export function hide(facts: Facts, payload: { readonly personId: number }): Outcome {
  return setAside(facts, payload.personId, "hidden", (name) => ({ sentence: `Hid ${name ?? "a group"}.`, said: { did: "hidden", name } }));
}
