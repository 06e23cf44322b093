import type { MonthView, Page, PhotoTile } from "../../../contract/views.ts";
import { freshCards } from "../members.ts";
import type { Store } from "../store.ts";
import { tilesOf } from "./tiles.ts";
import { settings } from "../../settings.ts";

/** See Reads.photos. Newest first, undated last. */
export function photosList(store: Store, args: { readonly offset: number; readonly limit: number }): Page<PhotoTile> {
  const total = countVisible(store);
  const ids = store
    .sql<number[], { id: number }>("SELECT id FROM main.photos WHERE visible = 1 ORDER BY taken_at DESC, id DESC LIMIT ? OFFSET ?")
    .all(args.limit, args.offset)
    .map((row) => row.id);
  return { total, items: tilesOf(store, ids) };
}

/** How many photos can be browsed; counted once a change. */
export function countVisible(store: Store): number {
  return store.remember(
    "photos total",
    () => store.sql<[], { n: number }>("SELECT count(*) AS n FROM main.photos INDEXED BY photos_by_month WHERE visible = 1").get()?.n ?? 0,
  );
}

/** See Reads.months. Newest first, undated last, as `photosList` has them. */
export function photoMonths(store: Store): readonly MonthView[] {
  freshCards(store);
  return store.remember("months", () => {
    // Most of the time goes here (.3 s at 100,000 photos), and a photo that was just read changes nothing of it.
    const people = store.rememberPeople("people by month", () => peopleByMonth(store));
    let offset = 0;
    return store
      .sql<[], { month: string | null; photos: number }>(
        "SELECT month, count(*) AS photos FROM main.photos WHERE visible = 1 GROUP BY month ORDER BY month DESC",
      )
      .all()
      .map((row) => {
        const view = { ...row, offset, people: people.get(row.month) ?? [] };
        offset += row.photos;
        return view;
      });
  });
}

/** Named people with most faces in each month. */
function peopleByMonth(store: Store): ReadonlyMap<string | null, MonthView["people"]> {
  type Row = { month: string | null; personId: number; name: string | null; keyFaceId: number | null };
  const rows = store
    .sql<[], Row>(
      `SELECT t.month, c.person_id AS personId, c.name, c.key_face_id AS keyFaceId
       FROM derived.cards c CROSS JOIN (
         SELECT m.person_id, coalesce(substr(m.taken_at, 1, 7), p.month) AS month, count(*) AS faces FROM derived.members m
         LEFT JOIN main.photos p ON m.taken_at IS NULL AND p.id = m.photo_id
         WHERE m.person_id IN (SELECT person_id FROM derived.cards WHERE state = 'named') GROUP BY m.person_id, 2
       ) t ON t.person_id = c.person_id ORDER BY t.month, t.faces DESC, c.person_id`,
    )
    .all();
  const months = new Map<string | null, MonthView["people"][number][]>();
  for (const { month, ...person } of rows) {
    const list = months.get(month) ?? [];
    months.set(month, list);
    if (list.length < settings.shown.inMonth) list.push(person);
  }
  return months;
}
