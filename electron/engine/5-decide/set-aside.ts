import type { Said } from "../../contract/said.ts";
import type { PersonState } from "../types.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";

/** Gives a whole person or group a state; an untouched group's faces are confirmed, so that it can be brought back as it was. */
export function setAside(
  facts: Facts,
  personId: number,
  state: PersonState,
  tell: (name: string | null) => { readonly sentence: string; readonly said: Said },
): Outcome {
  const draft = startDraft(facts);
  const before = facts.person(personId);
  const person = stand(facts, draft, personId, before === null || before.name === null ? "whole" : "none");
  if (person.state !== state) for (const faceId of facts.confirmedFaces(personId)) draft.touch(faceId);
  draft.setPerson({ ...person, state });
  const { sentence, said } = tell(person.name);
  return draft.finish(sentence, person.id, said);
}
