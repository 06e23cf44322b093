import { Problem } from "../errors.ts";
import { turnsOf } from "../lib/turns.ts";
import type { Facts } from "./facts.ts";
import { startDraft } from "./draft.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Turns a photo that lies on its side, clockwise by so many quarters of how it is shown now. The file stays as it is. Throws
 * `photo-not-found`.
 */
export function turn(
  facts: Facts,
  payload: { readonly photoId?: number | undefined; readonly path?: string | undefined; readonly quarter: 1 | 2 | 3 },
): Outcome {
  const photoId = payload.photoId ?? (payload.path === undefined ? null : facts.photoAt(payload.path));
  if (photoId === null || !facts.hasPhoto(photoId)) throw new Problem("photo-not-found", payload.path ?? String(payload.photoId ?? ""));
  const draft = startDraft(facts);
  const before = facts.turns(photoId);
  const after = turnsOf(before + payload.quarter);
  const row = (quarter: number) => (quarter === 0 ? null : { photo_id: photoId, quarter });
  draft.set("turned_photos", [photoId], row(before), row(after));
  const words = { 1: "to the right", 2: "upside down", 3: "to the left" } as const;
  return draft.finish(`Turned a photo ${words[payload.quarter]}.`, null, { did: "turned", quarter: payload.quarter });
}
