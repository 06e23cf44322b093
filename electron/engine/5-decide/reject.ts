import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { knownFaces, leaveKeyFace, stand } from "./stand.ts";
import { countOf } from "./words.ts";

/** Says that these faces are not this person: they leave and are not offered again. Throws `person-not-found`, `face-not-found`. */
export function reject(facts: Facts, payload: { readonly faceIds: readonly number[]; readonly personId: number }): Outcome {
  const faceIds = knownFaces(facts, payload.faceIds);
  const leaving = new Set(faceIds);
  const draft = startDraft(facts);
  const person = stand(facts, draft, payload.personId, "anchor", leaving);
  leaveKeyFace(draft, person.id, leaving);
  for (const faceId of faceIds) {
    if (draft.isRejected(faceId, person.id)) continue;
    if (draft.confirmedPerson(faceId) === person.id) draft.unconfirm(faceId);
    draft.reject(faceId, person.id);
    draft.touch(faceId);
  }
  return draft.finish(said(person.name, faceIds.length), person.id, { did: "rejected", faces: faceIds.length, name: person.name });
}

function said(name: string | null, count: number): string {
  if (name === null) return `Took ${countOf(count, "face")} out of a group.`;
  if (count === 1) return `Not ${name}. Familiar will not suggest it again.`;
  return `Not ${name}: ${countOf(count, "face")}. Familiar will not suggest them again.`;
}
