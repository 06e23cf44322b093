import type { Draft } from "./draft.ts";
import type { Facts } from "./facts.ts";
import type { Incoming, IncomingQuery } from "./incoming.ts";

const lists = ["all", "any", "none", "only"] as const;

/**
 * Adds an album of a portable file unless the very same is here. False where it asks for somebody who is not here, or for what this
 * Familiar does not know: it is left out.
 */
export function bringAlbum(
  facts: Facts,
  draft: Draft,
  album: Incoming["albums"][number],
  own: Incoming["ownAlbums"],
  people: ReadonlyMap<string, number | null>,
): boolean {
  const query = album.query === null ? null : localQuery(album.query, people);
  if (query === null) return false;
  const text = JSON.stringify(query);
  if (own.some((one) => one.name === album.name && sameQuery(one.query, text))) return true;
  const id = facts.newAlbumId();
  draft.set("albums", [id], null, { id, name: album.name, query: text });
  return true;
}

function localQuery(query: IncomingQuery, people: ReadonlyMap<string, number | null>): object | null {
  const local: Record<string, unknown> = { ...query };
  for (const list of lists) {
    const ids = query[list]?.map((ref) => people.get(ref) ?? null);
    if (ids === undefined) continue;
    if (ids.includes(null)) return null;
    local[list] = ids;
  }
  if (query.aged !== undefined) {
    const aged = query.aged.map((one) => ({ ...one, person: people.get(one.person) ?? null }));
    if (aged.some(({ person }) => person === null)) return null;
    local["aged"] = aged;
  }
  return local;
}

/** Whatever the order of its fields. */
function sameQuery(a: string, b: string): boolean {
  const sorted = (text: string): string =>
    JSON.stringify(Object.entries(JSON.parse(text) as Record<string, unknown>).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}
