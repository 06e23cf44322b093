import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { confirmFace, knownFaces, leaveKeyFace, stand } from "./stand.ts";
import { tidyName } from "./tidy-name.ts";
import { countOf } from "./words.ts";

/**
 * Faces leave a person for a new one (with or without a name) or for `into`. They are confirmed there and will not be offered to
 * the old one again. Throws `person-not-found`, `face-not-found`, `name-empty`, `bad-request`.
 */
export function split(
  facts: Facts,
  payload: {
    readonly personId: number;
    readonly faceIds: readonly number[];
    readonly name?: string | undefined;
    readonly into?: number | undefined;
    /** The two are said to be different people. */
    readonly apart?: boolean | undefined;
  },
): Outcome {
  if (payload.into === payload.personId) throw new Problem("bad-request", "a split needs somewhere to go");
  const faceIds = knownFaces(facts, payload.faceIds);
  const leaving = new Set(faceIds);
  const wanted = payload.name === undefined || payload.into !== undefined ? null : tidyName(payload.name);
  const draft = startDraft(facts);
  const old = stand(facts, draft, payload.personId, "anchor", leaving);
  const target =
    payload.into === undefined
      ? ({
          id: facts.newPersonId(),
          name: wanted,
          state: wanted === null ? "unnamed" : "named",
          keyFaceId: null,
          birthday: null,
          mergedInto: null,
        } as const)
      : stand(facts, draft, payload.into, "anchor", leaving);
  draft.setPerson(target);
  leaveKeyFace(draft, old.id, leaving);
  for (const faceId of faceIds) {
    const holder = draft.confirmedPerson(faceId);
    if (holder !== null && holder !== old.id && holder !== target.id) leaveKeyFace(draft, holder, leaving);
    confirmFace(draft, faceId, target.id);
    draft.reject(faceId, old.id);
  }
  if (payload.apart === true) draft.keepApart(old.id, target.id);
  const off = old.name === null ? "" : ` off ${old.name}`;
  const to = target.name === null ? "" : ` into ${target.name}`;
  return draft.finish(`Split ${countOf(faceIds.length, "face")}${off}${to}.`, target.id, {
    did: "split",
    faces: faceIds.length,
    off: old.name,
    into: target.name,
  });
}
