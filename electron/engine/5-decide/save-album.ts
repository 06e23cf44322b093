import { Problem } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { startDraft } from "./draft.ts";
import { stand } from "./stand.ts";
import { tidyName } from "./tidy-name.ts";

type People = readonly number[] | undefined;

/**
 * Keeps a search as an album. `query` is the contract's search query; a group of the machine that it asks for becomes a person, or the
 * next grouping might leave the album asking for nobody. With `albumId` that album gets the name and the search. Throws `name-empty`,
 * `not-found`.
 */
export function saveAlbum(
  facts: Facts,
  payload: {
    readonly albumId?: number | undefined;
    readonly name: string;
    readonly query: { readonly all?: People; readonly any?: People; readonly none?: People; readonly only?: People };
  },
): Outcome {
  const name = tidyName(payload.name);
  const { all = [], any = [], none = [], only = [] } = payload.query;
  const before = payload.albumId === undefined ? null : facts.album(payload.albumId);
  if (payload.albumId !== undefined && before === null) throw new Problem("not-found", String(payload.albumId));
  const draft = startDraft(facts);
  for (const personId of new Set([...all, ...any, ...none, ...only]))
    if (facts.person(personId) === null && facts.proposedFaces(personId).length > 0) stand(facts, draft, personId, "anchor");
  const id = before?.id ?? facts.newAlbumId();
  draft.set("albums", [id], before === null ? null : { ...before }, { id, name, query: JSON.stringify(payload.query) });
  return draft.finish(`Saved the album ${name}.`, null, { did: "album-saved", name });
}
