import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";

/** Removes an album; its photos stay. Throws `not-found`. */
export function removeAlbum(facts: Facts, payload: { readonly albumId: number }): Outcome {
  const album = facts.album(payload.albumId);
  if (album === null) throw new Problem("not-found", String(payload.albumId));
  const draft = startDraft(facts);
  draft.set("albums", [album.id], { ...album }, null);
  return draft.finish(`Removed the album ${album.name}.`, null, { did: "album-removed", name: album.name });
}
