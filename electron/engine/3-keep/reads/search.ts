import type { PlaceView } from "../../../contract/finding-views.ts";
import type { SearchQuery, SearchResult } from "../../../contract/views.ts";
import { under } from "../folders.ts";
import { freshCards } from "../members.ts";
import type { Store } from "../store.ts";
import { squareAround } from "./photo-positions.ts";
import { rootPerson } from "./root-person.ts";
import { countVisible } from "./photos-list.ts";
import { tilesOf } from "./tiles.ts";

export interface SearchArgs {
  readonly query: SearchQuery;
  readonly sort?: "newest" | "oldest";
  readonly offset: number;
  readonly limit: number;
}
/** Undated photos come last both ways. */
const orders = {
  newest: "p.taken_at DESC, p.id DESC",
  oldest: "p.taken_at IS NULL, p.taken_at, p.id",
} as const;

interface Condition {
  readonly drop: string;
  readonly words: string;
  readonly sql: string;
  readonly params: readonly (string | number)[];
  /** Names few photos, so the search starts from it. */
  readonly narrow: boolean;
}

/**
 * See Reads.search. `all`: everybody of these is in the photo; `any`: at least one; `none`: nobody; `only`: at least one, and no
 * other face at all. `from` and `to` are whole days, months or years and both belong to the answer. Newest first unless asked otherwise.
 */
export function search(store: Store, args: SearchArgs): SearchResult {
  freshCards(store);
  const conditions = conditionsOf(store, args.query);
  const total = countPhotos(store, conditions);
  const ids = idsOf(store, conditions, args);
  const people = peopleIn(store, ids);
  const items = tilesOf(store, ids).map((tile) => ({ ...tile, people: people.get(tile.id) ?? [] }));
  const nothing = total === 0 && conditions.length > 1;
  return { total, items, without: nothing ? withoutOne(store, conditions) : [], anyOf: nothing ? anyInstead(store, args.query) : 0 };
}

/** Photos that a search finds, in its order, and how many there are in all. */
export function foundPhotos(store: Store, args: SearchArgs): { readonly total: number; readonly photoIds: readonly number[] } {
  freshCards(store);
  const conditions = conditionsOf(store, args.query);
  return { total: countPhotos(store, conditions), photoIds: idsOf(store, conditions, args) };
}

function idsOf(store: Store, conditions: readonly Condition[], { sort = "newest", offset, limit }: SearchArgs): readonly number[] {
  const { text, params } = where(conditions);
  return store
    .sql<(string | number)[], { id: number }>(`SELECT p.id ${text} ORDER BY ${orders[sort]} LIMIT ? OFFSET ?`)
    .all(...params, limit, offset)
    .map((row) => row.id);
}

/** How many photos a search finds. */
export function countFound(store: Store, query: SearchQuery): number {
  return countPhotos(store, conditionsOf(store, query));
}

function countPhotos(store: Store, conditions: readonly Condition[]): number {
  if (conditions.length === 0) return countVisible(store);
  const { text, params } = where(conditions);
  return store.sql<(string | number)[], { n: number }>(`SELECT count(*) AS n ${text}`).get(...params)?.n ?? 0;
}

function where(conditions: readonly Condition[]): { readonly text: string; readonly params: readonly (string | number)[] } {
  // With a person asked for, going through that person's photos beats going through all photos by date; "+" says so to the planner.
  const narrow = conditions.some((condition) => condition.narrow);
  const all = [`${narrow ? "+" : ""}p.visible = 1`, ...conditions.map((condition) => condition.sql)];
  return { text: `FROM main.photos p WHERE ${all.join(" AND ")}`, params: conditions.flatMap((condition) => condition.params) };
}

function conditionsOf(store: Store, query: SearchQuery): readonly Condition[] {
  const roots = (ids: readonly number[] | undefined): readonly number[] => [...new Set((ids ?? []).map((id) => rootPerson(store, id)))];
  const list = (ids: readonly number[]): string => JSON.stringify(ids);
  const of = "SELECT photo_id FROM derived.members WHERE person_id";
  const conditions: Condition[] = roots(query.all).map((id) => ({
    drop: `all:${id}`,
    words: `without asking for ${nameOf(store, id)}`,
    sql: `p.id IN (${of} = ?)`,
    params: [id],
    narrow: true,
  }));
  const [any, none, only] = [roots(query.any), roots(query.none), roots(query.only)];
  if (any.length > 0) {
    conditions.push({
      drop: "any",
      words: "with anybody",
      sql: `p.id IN (${of} IN (SELECT value FROM json_each(?)))`,
      params: [list(any)],
      narrow: true,
    });
  }
  if (none.length > 0) {
    conditions.push({
      drop: "none",
      words: "leaving nobody out",
      sql: `p.id NOT IN (${of} IN (SELECT value FROM json_each(?)))`,
      params: [list(none)],
      narrow: false,
    });
  }
  if (only.length > 0) {
    const sql = `p.id IN (${of} IN (SELECT value FROM json_each(?))) AND p.face_count = (SELECT count(*) FROM derived.members m
      WHERE m.photo_id = p.id AND m.person_id IN (SELECT value FROM json_each(?)))`;
    conditions.push({ drop: "only", words: "with others beside them", sql, params: [list(only), list(only)], narrow: true });
  }
  if (query.from !== undefined)
    conditions.push({ drop: "from", words: "from any time on", sql: "p.taken_at >= ?", params: [query.from], narrow: false });
  // "~" sorts after every digit, "-" and "T": the whole of that day, month or year.
  if (query.to !== undefined)
    conditions.push({ drop: "to", words: "up to any time", sql: "p.taken_at <= ?", params: [`${query.to}~`], narrow: false });
  if (query.folder !== undefined) {
    const start = under(query.folder);
    const sql = "p.id IN (SELECT photo_id FROM main.files WHERE path >= ? AND path < ? AND state <> 'gone')";
    // The last character there is ends the range of everything that begins so.
    conditions.push({ drop: "folder", words: "in any folder", sql, params: [start, `${start}\u{10FFFF}`], narrow: true });
  }
  if (query.faces !== undefined) {
    conditions.push({ drop: "faces", words: "with any number of faces", sql: "p.face_count = ?", params: [query.faces], narrow: false });
  }
  if (query.facesAtLeast !== undefined) {
    const sql = "p.face_count >= ?";
    conditions.push({ drop: "facesAtLeast", words: "with any number of faces", sql, params: [query.facesAtLeast], narrow: false });
  }
  for (const one of query.aged ?? []) conditions.push(atAge(store, one));
  if (query.near !== undefined) conditions.push({ drop: "near", words: "from anywhere", ...around(query.near), narrow: true });
  return conditions;
}

/** Somebody between two ages. Dates that are only a file's time say nothing of that; neither does an unknown birthday. */
function atAge(store: Store, { person, from, to }: NonNullable<SearchQuery["aged"]>[number]): Condition {
  const id = rootPerson(store, person);
  const birthday =
    store.sql<[number], { birthday: string | null }>("SELECT birthday FROM main.people WHERE id = ?").get(id)?.birthday ?? null;
  const drop = { drop: `aged:${person}`, words: `whatever age ${nameOf(store, id)} is`, narrow: true };
  if (birthday === null) return { ...drop, sql: "p.id IN (SELECT NULL)", params: [] };
  const [first, after] = [from, to + 1].map((age) => `${String(Number(birthday.slice(0, 4)) + age).padStart(4, "0")}${birthday.slice(4)}`);
  const sql = "p.id IN (SELECT photo_id FROM derived.members WHERE person_id = ? AND taken_at >= ? AND taken_at < ?)";
  return { ...drop, sql, params: [id, first ?? "", after ?? ""] };
}

/** Photos within a square around a place; it may lie across the date line. */
function around({ latitude, longitude, km }: PlaceView): Pick<Condition, "sql" | "params"> {
  const { south, north, west, east } = squareAround({ latitude, longitude, km });
  // What lies beyond 180° is called by a number from the other side.
  const sql =
    "p.latitude IS NOT NULL AND p.latitude BETWEEN ? AND ? AND (p.longitude BETWEEN ? AND ? OR p.longitude BETWEEN ? AND ? OR p.longitude BETWEEN ? AND ?)";
  return { sql, params: [south, north, west, east, west + 360, east + 360, west - 360, east - 360] };
}

/** Photos that have at least one of those who should all be there. */
function anyInstead(store: Store, { all = [], ...rest }: SearchQuery): number {
  return all.length < 2 || rest.any !== undefined ? 0 : countFound(store, { ...rest, any: all });
}

function withoutOne(store: Store, conditions: readonly Condition[]): SearchResult["without"] {
  return conditions
    .map((dropped) => ({
      drop: dropped.drop,
      words: dropped.words,
      photos: countPhotos(
        store,
        conditions.filter((condition) => condition !== dropped),
      ),
    }))
    .filter((one) => one.photos > 0)
    .sort((a, b) => b.photos - a.photos);
}

function nameOf(store: Store, personId: number): string {
  return store.sql<[number], { name: string | null }>("SELECT name FROM main.people WHERE id = ?").get(personId)?.name ?? "a group";
}

type People = readonly { readonly id: number; readonly name: string | null }[];

/** People of these photos: named ones by name, then groups. */
function peopleIn(store: Store, photoIds: readonly number[]): ReadonlyMap<number, People> {
  const found = new Map<number, { readonly id: number; readonly name: string | null }[]>();
  const rows = store
    .sql<[string], { photo: number; id: number; name: string | null }>(
      `SELECT DISTINCT j.value AS photo, m.person_id AS id, c.name
       FROM json_each(?) j CROSS JOIN derived.members m ON m.photo_id = j.value CROSS JOIN derived.cards c ON c.person_id = m.person_id
       WHERE c.state IN ('named', 'unnamed') ORDER BY c.name IS NULL, c.name, m.person_id`,
    )
    .all(JSON.stringify(photoIds));
  for (const { photo, ...person } of rows) found.set(photo, [...(found.get(photo) ?? []), person]);
  return found;
}
