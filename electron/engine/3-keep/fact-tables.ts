import { Problem } from "../errors.ts";
import type { FactTable, Row } from "../types.ts";
import type { Store } from "./store.ts";

/** Columns of the tables that only decisions write; the first `keys` of them are the key. */
export const factTables: { readonly [T in FactTable]: { readonly columns: readonly string[]; readonly keys: number } } = {
  people: { columns: ["id", "name", "state", "key_face_id", "birthday", "merged_into"], keys: 1 },
  confirmed: { columns: ["face_id", "person_id"], keys: 1 },
  rejected: { columns: ["face_id", "person_id"], keys: 2 },
  never_merge: { columns: ["a", "b"], keys: 2 },
  not_faces: { columns: ["face_id"], keys: 1 },
  drawn_faces: { columns: ["face_id", "photo_id", "x", "y", "w", "h", "source"], keys: 1 },
  adjusted_faces: { columns: ["face_id", "photo_id", "x", "y", "w", "h"], keys: 1 },
  turned_photos: { columns: ["photo_id", "quarter"], keys: 1 },
  albums: { columns: ["id", "name", "query"], keys: 1 },
};

/** The name of a fact table; anything else throws `internal`, so no other text reaches a statement. */
export function factTable(name: string): FactTable {
  if (name in factTables) return name as FactTable;
  throw new Problem("internal", `no fact table ${name}`);
}

/** The row as it stands, or null. */
export function readRow(store: Store, table: FactTable, key: readonly (string | number)[]): Row | null {
  const { columns, keys } = factTables[table];
  const where = columns.slice(0, keys).map((column) => `${column} = ?`);
  const row = store
    .sql<(string | number)[], Row>(`SELECT ${columns.join(", ")} FROM main.${table} WHERE ${where.join(" AND ")}`)
    .get(...key);
  return row ?? null;
}

/** Makes the row what it should be; null removes it. */
export function writeRow(store: Store, table: FactTable, key: readonly (string | number)[], row: Row | null): void {
  const { columns, keys } = factTables[table];
  if (row === null) {
    const where = columns.slice(0, keys).map((column) => `${column} = ?`);
    store.sql(`DELETE FROM main.${table} WHERE ${where.join(" AND ")}`).run(...key);
    return;
  }
  const rest = columns.slice(keys);
  const set = rest.length === 0 ? "NOTHING" : `UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  store
    .sql(
      `INSERT INTO main.${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
       ON CONFLICT (${columns.slice(0, keys).join(", ")}) DO ${set}`,
    )
    .run(...columns.map((column) => row[column] ?? null));
}

/** The row as text, columns in their order, so that equal rows are equal texts. */
export function rowText(table: FactTable, row: Row | null): string | null {
  if (row === null) return null;
  return JSON.stringify(Object.fromEntries(factTables[table].columns.map((column) => [column, row[column] ?? null])));
}
