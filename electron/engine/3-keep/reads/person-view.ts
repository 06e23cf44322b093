import { Problem } from "../../errors.ts";
import type { PersonView, Sureness } from "../../../contract/views.ts";
import { bandName } from "../bands.ts";
import type { Store } from "../store.ts";
import { cardOf } from "./people-list.ts";
import { settings } from "../../settings.ts";

/** See Reads.person. */
export function personView(store: Store, personId: number): PersonView {
  const card = cardOf(store, personId);
  if (card === null) throw new Problem("person-not-found", String(personId));
  const id = card.id;
  const birthday =
    store.sql<[number], { birthday: string | null }>("SELECT birthday FROM main.people WHERE id = ?").get(id)?.birthday ?? null;
  const mixed = store.sql<[number], { mixed: number }>("SELECT mixed FROM derived.groups WHERE person_id = ?").get(id)?.mixed === 1;
  return {
    ...card,
    birthday,
    mixed,
    bySureness: bySureness(store, id),
    years: store
      .sql<[number], { year: number | null; faces: number }>(
        `SELECT CAST(substr(taken_at, 1, 4) AS INTEGER) AS year, count(*) AS faces FROM derived.members
         WHERE person_id = ? GROUP BY year ORDER BY year IS NULL, year`,
      )
      .all(id),
    together: store.remember(`together ${id}`, () => together(store, id)),
    neverMerged: neverMerged(store, id),
    twicePhotos:
      store
        .sql<[number], { n: number }>(
          "SELECT count(*) AS n FROM (SELECT 1 FROM derived.members WHERE person_id = ? GROUP BY photo_id HAVING count(*) > 1)",
        )
        .get(id)?.n ?? 0,
    beforeBirth:
      birthday === null
        ? 0
        : (store
            .sql<[number, string], { n: number }>("SELECT count(*) AS n FROM derived.members WHERE person_id = ? AND taken_at < ?")
            .get(id, birthday)?.n ?? 0),
    album: null,
  };
}

function bySureness(store: Store, personId: number): Readonly<Record<Sureness, number>> {
  const counts: Record<Sureness, number> = { confirmed: 0, sure: 0, "fairly-sure": 0, "not-sure": 0, guess: 0 };
  const rows = store
    .sql<[number], { band: number; n: number }>("SELECT band, count(*) AS n FROM derived.members WHERE person_id = ? GROUP BY band")
    .all(personId);
  for (const row of rows) counts[bandName(row.band)] += row.n;
  return counts;
}

function together(store: Store, personId: number): PersonView["together"] {
  type Found = { personId: number; name: string | null; keyFaceId: number | null; photos: number };
  return store
    .sql<[object], Found>(
      `SELECT t.person_id AS personId, c.name, c.key_face_id AS keyFaceId, t.photos FROM (
         SELECT b.person_id, count(DISTINCT b.photo_id) AS photos
         FROM (SELECT DISTINCT photo_id FROM derived.members WHERE person_id = @person) a
         CROSS JOIN derived.members b ON b.photo_id = a.photo_id WHERE b.person_id <> @person GROUP BY b.person_id
       ) t CROSS JOIN derived.cards c ON c.person_id = t.person_id
       WHERE c.state IN ('named', 'unnamed') ORDER BY t.photos DESC, c.state = 'named' DESC, t.person_id LIMIT @limit`,
    )
    .all({ person: personId, limit: settings.shown.together });
}

function neverMerged(store: Store, personId: number): PersonView["neverMerged"] {
  type Found = { personId: number; name: string | null; keyFaceId: number | null };
  return store
    .sql<[object], Found>(
      `SELECT o.id AS personId, o.name, coalesce(c.key_face_id, o.key_face_id) AS keyFaceId
       FROM (SELECT b AS id FROM main.never_merge WHERE a = @person UNION SELECT a FROM main.never_merge WHERE b = @person) n
       CROSS JOIN main.people o ON o.id = n.id LEFT JOIN derived.cards c ON c.person_id = o.id ORDER BY o.name IS NULL, o.name, o.id`,
    )
    .all({ person: personId });
}
