import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { handOver, knownFaces, stand } from "./stand.ts";
import { countOf } from "./words.ts";

/** Faces go to another person, confirmed; the people who lose them are not offered them again. Throws `person-not-found`, `face-not-found`. */
export function move(facts: Facts, payload: { readonly faceIds: readonly number[]; readonly personId: number }): Outcome {
  const faceIds = knownFaces(facts, payload.faceIds);
  const draft = startDraft(facts);
  const person = stand(facts, draft, payload.personId, "anchor");
  for (const faceId of faceIds) handOver(facts, draft, faceId, person.id);
  return draft.finish(`Moved ${countOf(faceIds.length, "face")} to ${person.name ?? "another group"}.`, person.id);
}
