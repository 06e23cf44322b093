import type { Store } from "../store.ts";

/** The person that stands where `personId` was merged to; itself where it was not. */
export function rootPerson(store: Store, personId: number): number {
  const next = store.sql<[number], { into: number | null }>("SELECT merged_into AS `into` FROM main.people WHERE id = ?");
  let id = personId;
  for (let row = next.get(id); row !== undefined && row.into !== null; row = next.get(id)) id = row.into;
  return id;
}
