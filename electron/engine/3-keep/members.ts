import { foldName } from "../../contract/name-match.ts";
import type { Store } from "./store.ts";
import { checkAbove } from "./settings-table.ts";
import { settings } from "../settings.ts";

/**
 * [Note: Members] `members` says who stands in which photo now: a face's confirmed person, else its proposed one unless that was
 * rejected. Faces that are gone, are no faces, or whose photo has no file left do not appear. It follows the facts: whoever changes
 * faces, photos, facts or proposals calls `refreshMembers` with the faces concerned, in the same transaction. `cards` sums it up a
 * person; a person whose members changed is put into `stale` and summed up again when somebody next asks.
 */
const source = `
SELECT f.id AS face_id, coalesce(c.person_id, q.person_id) AS person_id, f.photo_id, c.person_id IS NOT NULL AS confirmed,
  CASE WHEN c.person_id IS NOT NULL THEN 0 ELSE q.band END AS band,
  CASE WHEN c.person_id IS NOT NULL THEN 1.0 ELSE q.similarity END AS similarity,
  CASE WHEN c.person_id IS NOT NULL THEN 0.0 ELSE q.far END AS far,
  CASE WHEN p.taken_from = 'file-time' THEN NULL ELSE p.taken_at END AS taken_at, f.quality
FROM main.faces f
JOIN main.photos p ON p.id = f.photo_id
LEFT JOIN main.confirmed c ON c.face_id = f.id
LEFT JOIN derived.proposals q ON q.face_id = f.id
  AND NOT EXISTS (SELECT 1 FROM main.rejected r WHERE r.face_id = f.id AND r.person_id = q.person_id)
  AND NOT EXISTS (SELECT 1 FROM main.people m WHERE m.id = q.person_id AND m.merged_into IS NOT NULL)
WHERE f.gone = 0 AND p.visible = 1 AND coalesce(c.person_id, q.person_id) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM main.not_faces n WHERE n.face_id = f.id)`;

/** Makes all members and cards anew. */
export function rebuildMembers(store: Store): void {
  store.sql("DELETE FROM derived.members").run();
  store.sql(`INSERT INTO derived.members ${source}`).run();
  store.sql("DELETE FROM derived.cards").run();
  store.sql("INSERT INTO derived.stale SELECT DISTINCT person_id FROM derived.members WHERE true ON CONFLICT DO NOTHING").run();
  store.sql("INSERT INTO derived.stale SELECT id FROM main.people WHERE true ON CONFLICT DO NOTHING").run();
}

/** Brings some faces' members up to date and marks the people concerned. Answers those people. */
export function refreshMembers(store: Store, faceIds: readonly number[]): readonly number[] {
  const people = new Set<number>();
  if (faceIds.length > settings.keep.membersAtOnce) return refreshMany(store, faceIds);
  const old = store.sql<[number], { person_id: number }>("DELETE FROM derived.members WHERE face_id = ? RETURNING person_id");
  const fresh = store.sql<[number], { person_id: number }>(`INSERT INTO derived.members ${source} AND f.id = ? RETURNING person_id`);
  for (const faceId of faceIds) {
    for (const row of old.all(faceId)) people.add(row.person_id);
    for (const row of fresh.all(faceId)) people.add(row.person_id);
  }
  markStale(store, people);
  return [...people];
}

/** The same of very many: a tenth of the time a face. */
function refreshMany(store: Store, faceIds: readonly number[]): readonly number[] {
  store.sql("CREATE TEMP TABLE IF NOT EXISTS refreshed (face_id INTEGER PRIMARY KEY)").run();
  store.sql("DELETE FROM temp.refreshed").run();
  store.sql("INSERT OR IGNORE INTO temp.refreshed SELECT value FROM json_each(?)").run(JSON.stringify(faceIds));
  const of = "SELECT DISTINCT person_id FROM derived.members WHERE face_id IN (SELECT face_id FROM temp.refreshed)";
  const people = new Set(
    store
      .sql<[], { person_id: number }>(of)
      .all()
      .map((row) => row.person_id),
  );
  store.sql("DELETE FROM derived.members WHERE face_id IN (SELECT face_id FROM temp.refreshed)").run();
  store.sql(`INSERT INTO derived.members ${source} AND f.id IN (SELECT face_id FROM temp.refreshed)`).run();
  for (const row of store.sql<[], { person_id: number }>(of).all()) people.add(row.person_id);
  store.sql("DELETE FROM temp.refreshed").run();
  markStale(store, people);
  return [...people];
}

/** These people's cards are to be made anew when next asked for. */
export function markStale(store: Store, personIds: Iterable<number>): void {
  const mark = store.sql("INSERT INTO derived.stale VALUES (?) ON CONFLICT DO NOTHING");
  for (const personId of personIds) mark.run(personId);
}

interface Sum {
  readonly faces: number;
  readonly photos: number;
  readonly confirmed: number;
  readonly to_check: number;
  readonly first_at: string | null;
  readonly last_at: string | null;
}
interface PersonRow {
  readonly name: string | null;
  readonly state: string;
  readonly key_face_id: number | null;
  readonly merged_into: number | null;
}

/** Sums up whoever is out of date. Quick when nobody is; every read of `cards` calls it first. */
export function freshCards(store: Store): void {
  const stale = store.sql<[], { person_id: number }>("SELECT person_id FROM derived.stale").all();
  if (stale.length === 0) return;
  const work = (): void => {
    const above = checkAbove(store);
    for (const { person_id } of stale) sumUp(store, person_id, above);
    store.sql("DELETE FROM derived.stale").run();
    store.peopleChanged();
  };
  if (store.db.inTransaction) work();
  else store.db.transaction(work).immediate();
}

function sumUp(store: Store, personId: number, above: number): void {
  const sum = store
    .sql<[number, number], Sum>(
      `SELECT count(*) AS faces, count(DISTINCT photo_id) AS photos, coalesce(sum(confirmed), 0) AS confirmed,
        coalesce(sum(confirmed = 0 AND far > ?), 0) AS to_check, min(taken_at) AS first_at, max(taken_at) AS last_at
       FROM derived.members WHERE person_id = ?`,
    )
    .get(above, personId);
  const person = store.sql<[number], PersonRow>("SELECT name, state, key_face_id, merged_into FROM main.people WHERE id = ?").get(personId);
  const gone = person !== undefined && person.merged_into !== null;
  const empty = sum === undefined || sum.faces === 0;
  store.sql("DELETE FROM derived.cards WHERE person_id = ?").run(personId);
  // A named person whose photos are all away stays on the screen; a group without faces is nothing.
  if (gone || sum === undefined || (empty && (person === undefined || person.name === null))) return;
  const best = store
    .sql<[number], { face_id: number }>("SELECT face_id FROM derived.members WHERE person_id = ? ORDER BY quality DESC, face_id LIMIT 7")
    .all(personId)
    .map((row) => row.face_id);
  const wanted = person?.key_face_id ?? null;
  const keeps = wanted !== null && isMember(store, wanted, personId);
  const key = keeps ? wanted : (best[0] ?? null);
  const shown = key === null ? best : [key, ...best.filter((faceId) => faceId !== key)].slice(0, 7);
  const name = person?.name ?? null;
  store
    .sql("INSERT INTO derived.cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(
      personId,
      person?.state ?? "unnamed",
      name,
      name === null ? null : orderOf(name),
      key,
      JSON.stringify(shown),
      sum.faces,
      sum.photos,
      sum.confirmed,
      sum.to_check,
      sum.first_at,
      sum.last_at,
    );
}

function isMember(store: Store, faceId: number, personId: number): boolean {
  return store.sql("SELECT 1 FROM derived.members WHERE face_id = ? AND person_id = ?").get(faceId, personId) !== undefined;
}

/** A name without accents and case, for sorting and for finding it as it is typed. */
export function orderOf(name: string): string {
  return foldName(name);
}
