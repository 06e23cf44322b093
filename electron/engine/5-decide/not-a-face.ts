import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { knownFaces, leaveKeyFace } from "./stand.ts";
import { countOf } from "./words.ts";

/** Says that these are no faces at all: they leave every screen and do not come back with the next reading. Throws `face-not-found`. */
export function notAFace(facts: Facts, payload: { readonly faceIds: readonly number[] }): Outcome {
  const faceIds = knownFaces(facts, payload.faceIds);
  const leaving = new Set(faceIds);
  const draft = startDraft(facts);
  for (const faceId of faceIds) {
    if (facts.isNotFace(faceId)) continue;
    const holder = facts.confirmedPerson(faceId) ?? facts.proposedPerson(faceId);
    if (holder !== null) leaveKeyFace(draft, holder, leaving);
    draft.unconfirm(faceId);
    for (const personId of facts.rejectedPeople(faceId)) draft.unreject(faceId, personId);
    draft.setNotFace(faceId, true);
    draft.touch(faceId);
  }
  const one = "Removed 1 that is not a face. It will not come back.";
  return draft.finish(
    faceIds.length === 1 ? one : `Removed ${countOf(faceIds.length, "that is", "that are")} not faces. They will not come back.`,
    null,
    { did: "not-faces", faces: faceIds.length },
  );
}
