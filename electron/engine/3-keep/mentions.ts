import type { Store } from "./store.ts";

interface Index {
  /** Last decision that was looked through. */
  upTo: number;
  readonly people: Map<number, Set<number>>;
}
/** The journal only grows, so each decision is looked through once while the library is open. */
const indexes = new WeakMap<Store["db"], Index>();

/**
 * Decisions that stand and say anything of a person (their row, a face that is or was theirs, a pair), `except` left out; latest first.
 * Somebody whom a later decision let go of is still leaned on: taking that decision back brings the row again.
 */
export function decisionsAbout(store: Store, personId: number, except: ReadonlySet<number>): readonly number[] {
  const found = indexOf(store).people.get(personId) ?? [];
  return standing(store, [...found], except);
}

/** The same of a face. */
export function decisionsAboutFace(store: Store, faceId: number, except: ReadonlySet<number>): readonly number[] {
  const rows = store
    .sql<[object], { id: number }>(
      `SELECT decision_id AS id FROM main.changes WHERE tbl IN ('confirmed', 'not_faces') AND key = @one
       UNION SELECT decision_id FROM main.changes WHERE tbl = 'rejected' AND key > @from AND key < @to`,
    )
    .all({ one: JSON.stringify([faceId]), from: `[${faceId},`, to: `[${faceId}-` });
  return standing(
    store,
    rows.map((row) => row.id),
    except,
  );
}

function standing(store: Store, ids: readonly number[], except: ReadonlySet<number>): readonly number[] {
  const stands = store.sql<[number]>("SELECT 1 FROM main.decisions WHERE id = ? AND standing > 0 AND undone_by IS NULL");
  return ids.filter((id) => !except.has(id) && stands.get(id) !== undefined).sort((a, b) => b - a);
}

function indexOf(store: Store): Index {
  let index = indexes.get(store.db);
  if (index === undefined) indexes.set(store.db, (index = { upTo: 0, people: new Map() }));
  type Change = { id: number; tbl: string; key: string; before: string | null; after: string | null };
  // Decisions by their index alone: a row may hold a whole imported file, and to read past that for each change takes minutes.
  const fresh = store.sql<[number], { id: number }>("SELECT id FROM main.decisions WHERE standing > 0 AND id > ? ORDER BY id");
  const changes = store.sql<[number], Change>(
    `SELECT decision_id AS id, tbl, key, before, after FROM main.changes
     WHERE decision_id = ? AND tbl IN ('people', 'confirmed', 'rejected', 'never_merge')`,
  );
  for (const { id } of fresh.all(index.upTo)) {
    for (const change of changes.iterate(id)) {
      for (const personId of peopleIn(change)) {
        const known = index.people.get(personId);
        if (known === undefined) index.people.set(personId, new Set([id]));
        else known.add(id);
      }
    }
    index.upTo = id;
  }
  return index;
}

function peopleIn({
  tbl,
  key,
  before,
  after,
}: {
  tbl: string;
  key: string;
  before: string | null;
  after: string | null;
}): Iterable<number> {
  const found = new Set<number>();
  const keys = JSON.parse(key) as number[];
  if (tbl === "never_merge" || tbl === "people") for (const id of keys) found.add(id);
  for (const text of [before, after]) {
    if (text === null) continue;
    const row = JSON.parse(text) as Record<string, unknown>;
    const id = tbl === "people" ? row["merged_into"] : row["person_id"];
    if (typeof id === "number") found.add(id);
  }
  return found;
}
