import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { confirmFace, knownFaces, stand } from "./stand.ts";

/** Chooses the face that stands for a person; choosing a proposed one confirms it. Throws `person-not-found`, `face-not-found`, `bad-request` for somebody else's face. */
export function keyFace(facts: Facts, payload: { readonly personId: number; readonly faceId: number }): Outcome {
  knownFaces(facts, [payload.faceId]);
  const draft = startDraft(facts);
  const person = stand(facts, draft, payload.personId, "none");
  const holder = facts.confirmedPerson(payload.faceId) ?? facts.proposedPerson(payload.faceId);
  if (holder !== person.id) throw new Problem("bad-request", `face ${payload.faceId} is not in person ${person.id}`);
  confirmFace(draft, payload.faceId, person.id);
  draft.setPerson({ ...person, keyFaceId: payload.faceId });
  draft.touch(payload.faceId);
  return draft.finish(`Chose the face shown for ${person.name ?? "a group"}.`, person.id, { did: "key-face", name: person.name });
}
