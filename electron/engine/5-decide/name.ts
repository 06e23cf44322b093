import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";
import { tidyName } from "./tidy-name.ts";

/**
 * Names a group: it becomes a person, and every face that was in it is confirmed. Of somebody who has a name it is a renaming.
 * Two people may bear one name: whether they are one is asked, never assumed. Throws `person-not-found`, `name-empty`.
 */
export function name(facts: Facts, payload: { readonly personId: number; readonly name: string }): Outcome {
  const wanted = tidyName(payload.name);
  const draft = startDraft(facts);
  const old = facts.person(payload.personId);
  const renaming = old !== null && old.name !== null;
  const person = stand(facts, draft, payload.personId, renaming ? "none" : "whole");
  draft.setPerson({ ...person, name: wanted, state: renaming ? person.state : "named" });
  const was = person.name ?? "";
  return renaming
    ? draft.finish(`Renamed ${was} to ${wanted}.`, person.id, { did: "renamed", was, name: wanted })
    : draft.finish(`Named ${wanted}.`, person.id, { did: "named", name: wanted });
}
