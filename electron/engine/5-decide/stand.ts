import { Problem } from "../errors.ts";
import type { Facts, PersonFact } from "./facts.ts";
import type { Draft } from "./draft.ts";

/**
 * [Note: Becoming a person] A group of the machine becomes a row of `people` when somebody acts on it. What the act says of its
 * faces decides which become confirmed: naming, setting aside and merging speak of all of them ("whole"); rejecting a face,
 * keeping two apart, or a birthday speak of the person alone, so only one face is confirmed ("anchor"): without any, the word
 * would be lost with the next grouping.
 */
export type Standing = "whole" | "anchor" | "none";

/** Makes sure that a person or group stands in `people`; answers its row. Throws `person-not-found`. `without`: never an anchor. */
export function stand(
  facts: Facts,
  draft: Draft,
  personId: number,
  standing: Standing,
  without: ReadonlySet<number> = new Set(),
): PersonFact {
  const known = draft.person(personId);
  if (known !== null && known.mergedInto !== null) throw new Problem("person-not-found", String(personId));
  const proposed = facts
    .proposedFaces(personId)
    .filter((faceId) => !draft.isRejected(faceId, personId) && draft.confirmedPerson(faceId) === null);
  if (known === null && proposed.length === 0) throw new Problem("person-not-found", String(personId));
  const person = known ?? { id: personId, name: null, state: "unnamed", keyFaceId: null, birthday: null, mergedInto: null };
  if (known === null) draft.setPerson(person);
  const left = proposed.filter((faceId) => !without.has(faceId));
  if (standing === "whole") for (const faceId of left) confirmFace(draft, faceId, personId);
  const anchor = left[0];
  if (standing === "anchor" && anchor !== undefined && known === null) draft.confirm(anchor, personId);
  return person;
}

/** Confirms a face as somebody's and counts it. */
export function confirmFace(draft: Draft, faceId: number, personId: number): void {
  if (draft.confirmedPerson(faceId) === personId) return;
  draft.confirm(faceId, personId);
  draft.touch(faceId);
}

/** Throws `face-not-found` unless all faces exist; answers them without repeats. */
export function knownFaces(facts: Facts, faceIds: readonly number[]): readonly number[] {
  const ids = [...new Set(faceIds)];
  for (const faceId of ids) if (facts.face(faceId) === null) throw new Problem("face-not-found", String(faceId));
  return ids;
}

/** The person's key face is chosen anew when it leaves. */
export function leaveKeyFace(draft: Draft, personId: number, leaving: ReadonlySet<number>): void {
  const person = draft.person(personId);
  if (person !== null && person.keyFaceId !== null && leaving.has(person.keyFaceId)) draft.setPerson({ ...person, keyFaceId: null });
}

/**
 * Takes a face away from whoever it is now and gives it to `personId`. Whoever loses it is not offered it again, unless that was
 * only a group of the machine: then the group may well be the same person, and a rejection would keep them apart for ever.
 */
export function handOver(facts: Facts, draft: Draft, faceId: number, personId: number): void {
  const from = draft.confirmedPerson(faceId) ?? facts.proposedPerson(faceId);
  if (from !== null && from !== personId && draft.person(from) !== null) {
    draft.reject(faceId, from);
    leaveKeyFace(draft, from, new Set([faceId]));
  }
  confirmFace(draft, faceId, personId);
}
