import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { setAside } from "./set-aside.ts";

/** Brings a stranger or a hidden person back among people. Throws `person-not-found`. */
export function restore(facts: Facts, payload: { readonly personId: number }): Outcome {
  const named = (facts.person(payload.personId)?.name ?? null) !== null;
  return setAside(facts, payload.personId, named ? "named" : "unnamed", (name) => ({
    sentence: `Brought ${name ?? "a group"} back.`,
    said: { did: "brought-back", name },
  }));
}
