import { factTables, factTable, rowText } from "../../../electron/engine/3-keep/fact-tables.ts";
import { replay } from "../../../electron/engine/3-keep/journal.ts";
import { freshCards, rebuildMembers } from "../../../electron/engine/3-keep/members.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import type { Row } from "../../../electron/engine/types.ts";

/** All facts as text, to be compared; null: of a library where nobody said anything. */
export function factsOf(store: Store | null): string {
  const tables = Object.keys(factTables).map((name) => {
    const { columns, keys } = factTables[factTable(name)];
    const order = columns.slice(0, keys).join(", ");
    return store === null ? [] : store.sql<[], Row>(`SELECT ${columns.join(", ")} FROM main.${name} ORDER BY ${order}`).all();
  });
  return JSON.stringify(tables);
}

/** The facts are what the journal says, what follows from them is as if made anew, and SQLite finds nothing wrong. */
export function checkLibrary(libraryDir: string): void {
  const store = openStore({ libraryDir });
  try {
    checkStore(store);
  } finally {
    closeStore(store);
  }
}

/** The same of a library that is open. */
export function checkStore(store: Store): void {
  const told = replay(store);
  for (const name of Object.keys(factTables)) {
    const table = factTable(name);
    const { columns, keys } = factTables[table];
    const rows = store.sql<[], Row>(`SELECT ${columns.join(", ")} FROM main.${table}`).all();
    const stored = new Map(rows.map((row) => [JSON.stringify(columns.slice(0, keys).map((column) => row[column])), rowText(table, row)]));
    const expected = told.get(table) ?? new Map<string, string>();
    const differ = [...new Set([...stored.keys(), ...expected.keys()])].filter((key) => stored.get(key) !== expected.get(key));
    if (differ.length > 0) throw new Error(`${table} differs from its journal at ${differ.join(" ")}`);
  }
  const broken = store.db.pragma("foreign_key_check");
  if (!Array.isArray(broken) || broken.length > 0) throw new Error(`foreign keys: ${JSON.stringify(broken)}`);
  const merged = store.sql("SELECT 1 FROM confirmed c JOIN people p ON p.id = c.person_id WHERE p.merged_into IS NOT NULL").get();
  if (merged !== undefined) throw new Error("a face is confirmed as somebody who was merged away");
  const clash = store.sql("SELECT 1 FROM confirmed c JOIN rejected r USING (face_id, person_id)").get();
  if (clash !== undefined) throw new Error("a face is confirmed as and rejected for one person");
  const both = store.sql("SELECT 1 FROM confirmed JOIN not_faces USING (face_id)").get();
  if (both !== undefined) throw new Error("what is not a face is confirmed as somebody");
  const dump = (): string => {
    freshCards(store);
    const members = store.sql("SELECT * FROM derived.members ORDER BY face_id").all();
    const cards = store.sql("SELECT * FROM derived.cards ORDER BY person_id").all();
    const counts = store.sql("SELECT id, face_count, shown FROM photos ORDER BY id").all();
    return JSON.stringify({ members, cards, counts });
  };
  const before = dump();
  store.db.transaction(() => rebuildMembers(store))();
  const after = dump();
  if (before !== after) throw new Error(`members or cards drifted:\n${before}\n${after}`);
}
