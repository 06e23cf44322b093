import { Problem } from "../errors.ts";
import type { UnitBox } from "../types.ts";
import type { Facts } from "./facts.ts";
import { startDraft } from "./draft.ts";
import { inFile, insidePhoto } from "./inside-photo.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Moves the box of a face that was found or drawn. The face stays who it is. `box`: fractions of the photo as it is shown, cut to it.
 * Throws `face-not-found`, `bad-request` for a box outside.
 */
export function adjust(facts: Facts, { faceId, box }: { readonly faceId: number; readonly box: UnitBox }): Outcome {
  const face = facts.face(faceId);
  const kept = facts.boxRow(faceId);
  if (face === null || kept === null) throw new Problem("face-not-found", String(faceId));
  const { table, row } = kept;
  const [x, y, w, h] = inFile(facts, face.photoId, insidePhoto(box));
  const place = { face_id: faceId, photo_id: face.photoId, x, y, w, h };
  const draft = startDraft(facts);
  draft.set(table, [faceId], row, table === "drawn_faces" ? { ...place, source: row?.["source"] ?? "drawn" } : place);
  draft.touch(faceId);
  const personId = facts.confirmedPerson(faceId) ?? facts.proposedPerson(faceId);
  const name = personId === null ? null : (facts.person(personId)?.name ?? null);
  return draft.finish(name === null ? "Moved the box of a face." : `Moved the box of a face of ${name}.`, null, { did: "adjusted", name });
}
