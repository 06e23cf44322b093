import { rebuildMembers } from "./members.ts";
import type { Store } from "./store.ts";

/**
 * Brings `derived.db` to where the catalogue stands, at opening: see [Note: Two files, one transaction] and [Note: Lineage]. One that is
 * ahead stands beside a catalogue that was put back from a copy of its past.
 */
export function catchUp(store: Store): void {
  const value = (file: "main" | "derived", key: string): number =>
    store.sql<[string], { value: number }>(`SELECT value FROM ${file}.meta WHERE key = ?`).get(key)?.value ?? 0;
  const [catalog, derived] = [value("main", "change"), value("derived", "change")];
  const lineage = value("main", "lineage");
  const stranger = lineage !== value("derived", "lineage");
  if (catalog === derived && !stranger) return;
  store.write(() => {
    if (stranger) dropAll(store, lineage);
    else if (derived > catalog) dropUnknown(store, catalog);
    rebuildMembers(store);
  });
}

/** Nothing in it can be told to be about this catalogue. */
function dropAll(store: Store, lineage: number): void {
  for (const table of ["seen", "stood", "embeddings", "pictures", "neighbour_blocks", "proposals", "groups", "questions", "joined"])
    store.sql(`DELETE FROM derived.${table}`).run();
  store.sql("INSERT INTO derived.meta VALUES ('lineage', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(lineage);
}

/** Numbers given after the copy was made will be given again: nothing may be left under them. */
function dropUnknown(store: Store, change: number): void {
  store.sql("DELETE FROM derived.seen WHERE change > ?").run(change);
  for (const table of ["embeddings", "proposals"]) {
    store.sql(`DELETE FROM derived.${table} WHERE face_id >= (SELECT value FROM main.meta WHERE key = 'next_face_id')`).run();
  }
  // Pictures of what the catalogue knows stay: the drives they came from may be away.
  store.sql("DELETE FROM derived.pictures WHERE kind = 'face' AND id >= (SELECT value FROM main.meta WHERE key = 'next_face_id')").run();
  store.sql("DELETE FROM derived.pictures WHERE kind = 'photo' AND id NOT IN (SELECT id FROM main.photos)").run();
  store.sql("DELETE FROM derived.neighbour_blocks").run();
  store.sql("DELETE FROM derived.proposals WHERE person_id >= (SELECT value FROM main.meta WHERE key = 'next_person_id')").run();
  store.sql("DELETE FROM derived.groups").run();
  store.sql("DELETE FROM derived.questions").run();
  store.sql("DELETE FROM derived.joined").run();
}
