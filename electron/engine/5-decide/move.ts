import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { handOver, knownFaces, stand } from "./stand.ts";
import { tidyName } from "./tidy-name.ts";
import { countOf } from "./words.ts";

/**
 * Faces go to another person, or to a new one called `name`, confirmed; the people who lose them are not offered them again.
 * Throws `person-not-found`, `face-not-found`, `name-empty`, and `bad-request` where it says neither or both.
 */
export function move(
  facts: Facts,
  payload: { readonly faceIds: readonly number[]; readonly personId?: number | undefined; readonly name?: string | undefined },
): Outcome {
  if ((payload.personId === undefined) === (payload.name === undefined))
    throw new Problem("bad-request", "a move needs a person or a name");
  const faceIds = knownFaces(facts, payload.faceIds);
  const draft = startDraft(facts);
  if (payload.name !== undefined) {
    const fresh = {
      id: facts.newPersonId(),
      name: tidyName(payload.name),
      state: "named",
      keyFaceId: null,
      birthday: null,
      mergedInto: null,
    } as const;
    draft.setPerson(fresh);
    for (const faceId of faceIds) handOver(facts, draft, faceId, fresh.id);
    return draft.finish(`Moved ${countOf(faceIds.length, "face")} to ${fresh.name}, somebody new.`, fresh.id, {
      did: "moved",
      faces: faceIds.length,
      name: fresh.name,
      fresh: true,
    });
  }
  const person = stand(facts, draft, payload.personId ?? 0, "anchor");
  for (const faceId of faceIds) handOver(facts, draft, faceId, person.id);
  return draft.finish(`Moved ${countOf(faceIds.length, "face")} to ${person.name ?? "another group"}.`, person.id, {
    did: "moved",
    faces: faceIds.length,
    name: person.name,
    fresh: false,
  });
}
