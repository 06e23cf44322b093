import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";

/** Says that two are different people: never merged by the machine, never asked. Throws `person-not-found`, `bad-request` for one and the same. */
export function neverMerge(facts: Facts, payload: { readonly a: number; readonly b: number }): Outcome {
  if (payload.a === payload.b) throw new Problem("bad-request", "one person cannot be two");
  const draft = startDraft(facts);
  const a = stand(facts, draft, payload.a, "anchor");
  const b = stand(facts, draft, payload.b, "anchor");
  draft.keepApart(a.id, b.id);
  const who = a.name !== null && b.name !== null ? `${a.name} and ${b.name}` : "these";
  return draft.finish(`Noted: ${who} are two people.`, a.id, {
    did: "two-people",
    names: a.name !== null && b.name !== null ? [a.name, b.name] : null,
  });
}
