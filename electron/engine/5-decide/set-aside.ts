import type { PersonState } from "../types.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";

/** Gives a whole person or group a state; an untouched group's faces are confirmed, so that it can be brought back as it was. */
export function setAside(facts: Facts, personId: number, state: PersonState, sentence: (name: string | null) => string): Outcome {
  const draft = startDraft(facts);
  const before = facts.person(personId);
  const person = stand(facts, draft, personId, before === null || before.name === null ? "whole" : "none");
  if (person.state !== state) for (const faceId of facts.confirmedFaces(personId)) draft.touch(faceId);
  draft.setPerson({ ...person, state });
  return draft.finish(sentence(person.name), person.id);
}
