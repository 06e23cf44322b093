import type { ParsedArgs } from "../../contract/args.ts";
import type { ConflictView } from "../../contract/grouping-views.ts";
import type { Page } from "../../contract/views.ts";
import type { NamedConflict } from "./group-task.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";

type Actions = ConflictView["actions"];

/** What does not fit, each with the decisions that settle it. Throws `pack-uncalibrated`. */
export async function listConflicts(house: House, { offset, limit }: ParsedArgs<"conflicts">): Promise<Page<ConflictView>> {
  const { daring, lookAlikes } = preferences(house.keep);
  const { total, items } = await house.grouper.ask("conflicts", { alpha: daring, learned: lookAlikes, offset, limit });
  return { total, items: items.flatMap((one) => conflictView(house, one) ?? []) };
}

function conflictView(house: House, one: NamedConflict): ConflictView | null {
  const { reads } = house.keep;
  const person = reads.card(one.kind === "look-like-one" ? one.people[0] : one.personId);
  if (person === null) return null;
  const otherId = one.kind === "look-like-one" ? one.people[1] : one.kind === "more-like-another" ? one.otherId : null;
  const other = otherId === null ? null : reads.card(otherId);
  if (otherId !== null && other === null) return null;
  const faceIds = one.kind === "twice-in-photo" ? one.faces : one.kind === "look-like-one" ? [] : [one.face];
  const faces = reads.facesById(faceIds);
  if (faces.length < faceIds.length) return null;
  return {
    id: one.id,
    kind: one.kind,
    person,
    other,
    photoId: one.kind === "twice-in-photo" ? one.photoId : (faces[0]?.photoId ?? null),
    faces,
    similarity: "similarity" in one ? one.similarity : null,
    birthdayInDoubt: one.kind === "before-birth",
    actions: actionsFor(one),
  };
}

function actionsFor(one: NamedConflict): Actions {
  switch (one.kind) {
    case "twice-in-photo": {
      const { personId, faces } = one;
      const only = (kept: number): { readonly faceIds: readonly number[]; readonly personId: number } => ({
        faceIds: faces.filter((face) => face !== kept),
        personId,
      });
      const [first = 0, second = 0] = faces;
      const choice: Actions =
        one.action === "choose" && faces.length === 2 ? [{ does: "keep-second", kind: "reject", payload: only(second) }] : [];
      return [
        { does: "keep-first", kind: "reject", payload: only(first) },
        ...choice,
        { does: "both", kind: "confirm", payload: { faceIds: faces, personId } },
      ];
    }
    case "before-birth":
      return [{ does: "not-this", kind: "reject", payload: { faceIds: [one.face], personId: one.personId } }];
    case "far-from-everyone":
      return one.action === "look" ? [notThis(one)] : [notThis(one), itIs(one)];
    case "more-like-another":
      return [{ does: "is-other", kind: "move", payload: { faceIds: [one.face], personId: one.otherId } }, itIs(one), notThis(one)];
    case "look-like-one": {
      const [into, from] = one.people;
      return [
        { does: "merge", kind: "merge", payload: { into, from: [from] } },
        { does: "never-merge", kind: "never-merge", payload: { a: into, b: from } },
      ];
    }
  }
}

interface OfOneFace {
  readonly face: number;
  readonly personId: number;
}
function notThis({ face, personId }: OfOneFace): Actions[number] {
  return { does: "not-this", kind: "reject", payload: { faceIds: [face], personId } };
}
function itIs({ face, personId }: OfOneFace): Actions[number] {
  return { does: "it-is", kind: "confirm", payload: { faceIds: [face], personId } };
}
