import type { Page, PersonCard, PersonState } from "../../../contract/views.ts";
import { freshCards } from "../members.ts";
import type { LikelyToKeep } from "../shapes.ts";
import type { Store } from "../store.ts";
import { isOffline } from "./is-offline.ts";
import { likelyView } from "./likely.ts";
import { rootPerson } from "./root-person.ts";

interface CardRow {
  readonly person_id: number;
  readonly name: string | null;
  readonly state: PersonState;
  readonly key_face_id: number | null;
  readonly face_ids: string;
  readonly faces: number;
  readonly photos: number;
  readonly confirmed: number;
  readonly to_check: number;
  readonly first_at: string | null;
  readonly last_at: string | null;
  readonly likely: string | null;
}
const select = `SELECT c.person_id, c.name, c.state, c.key_face_id, c.face_ids, c.faces, c.photos, c.confirmed, c.to_check, c.first_at, c.last_at, g.likely
FROM derived.cards c LEFT JOIN derived.groups g ON g.person_id = c.person_id`;

interface Found {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly folder?: string | undefined;
}
const orders = {
  faces: "c.faces DESC, c.person_id",
  name: "c.name_order, c.person_id",
  recent: "c.last_at DESC, c.person_id",
} as const;

/** See Reads.people. "All" has the named first, then the rest, each by its order. */
export function listPeople(
  store: Store,
  args: {
    readonly show: PersonState | "all";
    readonly sort: keyof typeof orders;
    readonly offset: number;
    readonly limit: number;
  } & Found,
): Page<PersonCard> {
  freshCards(store);
  const { show, sort, offset, limit } = args;
  if (args.from !== undefined || args.to !== undefined || args.folder !== undefined) return findByPhoto(store, args);
  if (show === "all") {
    const total = store.sql<[], { n: number }>("SELECT count(*) AS n FROM derived.cards").get()?.n ?? 0;
    const rows = store.sql<number[], CardRow>(`${select} ORDER BY c.state <> 'named', ${orders[sort]} LIMIT ? OFFSET ?`).all(limit, offset);
    return { total, items: rows.map((row) => cardView(store, row)) };
  }
  const total = store.sql<[string], { n: number }>("SELECT count(*) AS n FROM derived.cards WHERE state = ?").get(show)?.n ?? 0;
  const rows = store
    .sql<(string | number)[], CardRow>(`${select} WHERE c.state = ? ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`)
    .all(show, limit, offset);
  return { total, items: rows.map((row) => cardView(store, row)) };
}

/** People of a state with a photo from a time, or at a path that holds a text. */
function findByPhoto(
  store: Store,
  args: { readonly show: PersonState | "all"; readonly sort: keyof typeof orders; readonly offset: number; readonly limit: number } & Found,
): Page<PersonCard> {
  // "~" sorts after every digit, "-" and "T": the whole of that day, month or year.
  const params = {
    show: args.show,
    from: args.from ?? "",
    to: `${args.to ?? ""}~`,
    path: `%${(args.folder ?? "").replace(/[\\%_]/gu, (character) => `\\${character}`)}%`,
    limit: args.limit,
    offset: args.offset,
  };
  const dated = args.from === undefined && args.to === undefined ? "" : " AND m.taken_at >= @from AND m.taken_at <= @to";
  const placed =
    args.folder === undefined ? "" : " AND EXISTS (SELECT 1 FROM main.photos p WHERE p.id = m.photo_id AND p.path LIKE @path ESCAPE '\\')";
  const where = `WHERE (c.state = @show OR @show = 'all')
    AND EXISTS (SELECT 1 FROM derived.members m WHERE m.person_id = c.person_id${dated}${placed})`;
  const total = store.sql<[object], { n: number }>(`SELECT count(*) AS n FROM derived.cards c ${where}`).get(params)?.n ?? 0;
  const rows = store.sql<[object], CardRow>(`${select} ${where} ORDER BY ${orders[args.sort]} LIMIT @limit OFFSET @offset`).all(params);
  return { total, items: rows.map((row) => cardView(store, row)) };
}

/** See Reads.card. */
export function cardOf(store: Store, personId: number): PersonCard | null {
  freshCards(store);
  const row = store.sql<[number], CardRow>(`${select} WHERE c.person_id = ?`).get(rootPerson(store, personId));
  return row === undefined ? null : cardView(store, row);
}

function cardView(store: Store, row: CardRow): PersonCard {
  const likely = row.state === "unnamed" && row.likely !== null ? likelyView(store, JSON.parse(row.likely) as LikelyToKeep) : null;
  return {
    id: row.person_id,
    name: row.name,
    state: row.state,
    keyFaceId: row.key_face_id,
    faceIds: JSON.parse(row.face_ids) as number[],
    faces: row.faces,
    photos: row.photos,
    confirmed: row.confirmed,
    toCheck: row.to_check,
    firstYear: yearOf(row.first_at),
    lastYear: yearOf(row.last_at),
    offline: isOffline(store, row.person_id),
    likely,
  };
}

function yearOf(at: string | null): number | null {
  return at === null ? null : Number(at.slice(0, 4));
}
