import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { handOver, knownFaces, stand } from "./stand.ts";
import { countOf } from "./words.ts";

/** Says that these faces are this person. Throws `person-not-found`, `face-not-found`. */
export function confirm(facts: Facts, payload: { readonly faceIds: readonly number[]; readonly personId: number }): Outcome {
  const faceIds = knownFaces(facts, payload.faceIds);
  const draft = startDraft(facts);
  const person = stand(facts, draft, payload.personId, "none");
  for (const faceId of faceIds) handOver(facts, draft, faceId, person.id);
  const of = person.name === null ? "" : ` of ${person.name}`;
  return draft.finish(`Confirmed ${countOf(faceIds.length, "face")}${of}.`, person.id, {
    did: "confirmed",
    faces: faceIds.length,
    name: person.name,
  });
}
