import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { tidyName } from "./tidy-name.ts";

/** Keeps a search as an album. `query` is the contract's search query. Throws `name-empty`. */
export function saveAlbum(facts: Facts, payload: { readonly name: string; readonly query: object }): Outcome {
  const name = tidyName(payload.name);
  const draft = startDraft(facts);
  const id = facts.newAlbumId();
  draft.set("albums", [id], null, { id, name, query: JSON.stringify(payload.query) });
  return draft.finish(`Saved the album ${name}.`, null);
}
