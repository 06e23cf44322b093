import { Problem } from "../errors.ts";
import type { FactTable, Row } from "../types.ts";
import { rootPerson } from "./reads/root-person.ts";
import type { Store } from "./store.ts";

/** All that is one person: themselves, those merged into them, and every face that is theirs, said or proposed. */
export interface Scope {
  readonly people: ReadonlySet<number>;
  readonly faces: ReadonlySet<number>;
  /** Albums that ask for them, also those that were removed since. */
  readonly albums: ReadonlySet<number>;
  /** Every name they ever had. */
  readonly names: readonly string[];
}

/** What belongs to a person or group. Throws `person-not-found`. */
export function scopeOf(store: Store, personId: number): Scope {
  const root = rootPerson(store, personId);
  const ids = store
    .sql<[number], { id: number }>(
      `WITH RECURSIVE all_of(id) AS (VALUES (?) UNION SELECT p.id FROM main.people p JOIN all_of a ON p.merged_into = a.id)
       SELECT id FROM all_of`,
    )
    .all(root)
    .map((row) => row.id);
  const people = new Set(ids);
  const faces = new Set<number>();
  for (const id of ids) {
    const rows = store
      .sql<[number, number, number], { face_id: number }>(
        `SELECT face_id FROM main.confirmed WHERE person_id = ?
         UNION SELECT q.face_id FROM derived.proposals q WHERE q.person_id = ?
           AND q.face_id NOT IN (SELECT face_id FROM main.confirmed)
           AND q.face_id NOT IN (SELECT face_id FROM main.rejected WHERE person_id = ?)`,
      )
      .all(id, id, id);
    for (const { face_id } of rows) faces.add(face_id);
  }
  if (faces.size === 0 && store.sql("SELECT 1 FROM main.people WHERE id = ?").get(root) === undefined)
    throw new Problem("person-not-found", String(personId));
  const names = new Set<string>();
  const albums = new Set<number>();
  const told = store.sql<[], { tbl: string; key: string; before: string | null; after: string | null }>(
    "SELECT tbl, key, before, after FROM main.changes WHERE tbl IN ('people', 'albums')",
  );
  for (const { tbl, key, before, after } of told.iterate()) {
    const id = firstOf(key);
    if (tbl === "people" && !people.has(id)) continue;
    for (const text of [before, after]) {
      if (text === null) continue;
      const row = JSON.parse(text) as Row;
      if (tbl === "albums" && asksFor(String(row["query"]), people)) albums.add(id);
      if (tbl === "people" && typeof row["name"] === "string") names.add(row["name"]);
    }
  }
  // Longest first: "Ana Lima" before "Ana".
  return { people, faces, albums, names: [...names].toSorted((a, b) => b.length - a.length) };
}

/** A fact row as it would be had this person never been there; null where nothing of it is left. */
export function without(scope: Scope, table: FactTable, key: readonly (string | number)[], row: Row | null): Row | null {
  if (row === null || isTheirs(scope, table, key)) return null;
  const is = (column: string): boolean => typeof row[column] === "number" && scope.people.has(row[column]);
  if (table === "confirmed" || table === "rejected") return is("person_id") ? null : row;
  if (table !== "people") return row;
  const keyFace = row["key_face_id"];
  return {
    ...row,
    merged_into: is("merged_into") ? null : (row["merged_into"] ?? null),
    key_face_id: typeof keyFace === "number" && scope.faces.has(keyFace) ? null : (keyFace ?? null),
  };
}

function isTheirs(scope: Scope, table: FactTable, key: readonly (string | number)[]): boolean {
  const [first, second] = key.map(Number);
  const has = (set: ReadonlySet<number>, id: number | undefined): boolean => id !== undefined && set.has(id);
  switch (table) {
    case "people":
      return has(scope.people, first);
    case "never_merge":
      return has(scope.people, first) || has(scope.people, second);
    case "rejected":
      return has(scope.faces, first) || has(scope.people, second);
    case "albums":
      return has(scope.albums, first);
    case "confirmed":
    case "not_faces":
    case "drawn_faces":
    case "adjusted_faces":
      return has(scope.faces, first);
    case "turned_photos":
      return false;
  }
}

/** Whether an album's query (JSON) names one of these people. */
function asksFor(query: string, people: ReadonlySet<number>): boolean {
  const asked = Object.values(JSON.parse(query) as Record<string, unknown>).flatMap((part): unknown[] => (Array.isArray(part) ? part : []));
  const person = (one: unknown): unknown => (typeof one === "object" && one !== null && "person" in one ? one.person : one);
  return asked.map(person).some((id) => typeof id === "number" && people.has(id));
}

/** The first part of a row's key, kept as JSON. */
export function firstOf(key: string): number {
  return Number((JSON.parse(key) as (string | number)[])[0]);
}
