import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { setAside } from "./set-aside.ts";

/** Sets a group aside as a stranger: never shown among people, never suggested, always restorable. Throws `person-not-found`. */
export function stranger(facts: Facts, payload: { readonly personId: number }): Outcome {
  return setAside(facts, payload.personId, "stranger", (name) => ({
    sentence: name === null ? "Set 1 group aside as strangers." : `Set ${name} aside as a stranger.`,
    said: { did: "stranger", name },
  }));
}
