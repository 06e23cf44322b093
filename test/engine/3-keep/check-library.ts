import { factTables, factTable, rowText } from "../../../electron/engine/3-keep/fact-tables.ts";
import { replay } from "../../../electron/engine/3-keep/journal.ts";
import { freshCards, rebuildMembers } from "../../../electron/engine/3-keep/members.ts";
import { closeStore, openStore } from "../../../electron/engine/3-keep/open-store.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import { turnedUnitBox, turnsOf } from "../../../electron/engine/lib/turns.ts";
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
  checkBoxes(store);
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

/** Faces whose box somebody drew or moved lie there, however their photo is turned; all others are as the machine found them. */
function checkBoxes(store: Store): void {
  type Said = { id: number; x: number; y: number; w: number; h: number; sx: number; sy: number; sw: number; sh: number; quarter: number };
  const said = store
    .sql<[], Said>(
      `SELECT f.id, f.x, f.y, f.w, f.h, s.x AS sx, s.y AS sy, s.w AS sw, s.h AS sh, coalesce(t.quarter, 0) AS quarter
       FROM (SELECT face_id, x, y, w, h FROM drawn_faces UNION ALL SELECT face_id, x, y, w, h FROM adjusted_faces) s
       JOIN faces f ON f.id = s.face_id LEFT JOIN turned_photos t ON t.photo_id = f.photo_id`,
    )
    .all();
  for (const { id, x, y, w, h, sx, sy, sw, sh, quarter } of said) {
    const box = turnedUnitBox([sx, sy, sw, sh], turnsOf(quarter));
    if ([x, y, w, h].some((value, i) => Math.abs(value - (box[i] ?? 9)) > 1e-9))
      throw new Error(`face ${id} does not lie where it was put`);
  }
  const apart = store
    .sql(`SELECT 1 FROM faces WHERE source = 'detected' AND (found IS NOT NULL) <> (id IN (SELECT face_id FROM adjusted_faces))`)
    .get();
  if (apart !== undefined) throw new Error("a face was moved by nobody, or lies where the machine found it although it was moved");
}
