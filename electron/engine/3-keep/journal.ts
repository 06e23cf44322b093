import type { Said } from "../../contract/said.ts";
import type { FactTable, Row, RowChange } from "../types.ts";
import { followPlaces } from "./follow-places.ts";
import { factTable, factTables, readRow, rowText, writeRow } from "./fact-tables.ts";
import { refreshPhotos } from "./refresh-photos.ts";
import { markStale, refreshMembers } from "./members.ts";
import type { Store } from "./store.ts";

/**
 * [Note: Decisions] A decision is one row in `decisions` and, in `changes`, each fact row it changed, before and after. Both are
 * final (triggers refuse anything else); only `undone_by`, which repeats what later rows say, moves. Taking back is itself a row of
 * kind `undo` with the inverse changes, and doing again one of kind `redo`, so the facts are exactly what the changes of all rows
 * make, played in order from nothing. The facts are `people`, `confirmed`, `rejected`, `never_merge`, `not_faces`, `drawn_faces`,
 * `adjusted_faces`, `turned_photos` and `albums`; nothing else writes them. They name faces and photos by id but lean on no row of `faces` or `photos`, so a decision
 * holds, and can be taken back, when its photo is away. Handing decisions on from an edited photo to its successor is the machine's
 * only entry, kind `carry`: it adds rows for the new faces and can be taken back like any other.
 *
 * Taking back out of order is allowed when every row still is what the decision left (`after`), and nothing that came later leans
 * on a person or a drawn face that would go. Otherwise the later decisions are named.
 */
export interface Entry {
  readonly kind: string;
  readonly payload: unknown;
  readonly sentence: string;
  readonly said: Said | null;
  readonly faceIds: readonly number[];
  readonly personId: number | null;
  /** Of an undo or redo. */
  readonly target: number | null;
}

interface Followed {
  /** People whose cards changed. */
  readonly personIds: readonly number[];
  /** Photos to look at again. */
  readonly photoIds: readonly number[];
}

/** Writes the decision and its changes, and makes the facts so. Inside a transaction. Answers its id and whom it concerns. */
export function record(store: Store, entry: Entry, changes: readonly RowChange[]): Followed & { readonly decisionId: number } {
  const inserted = store
    .sql(
      "INSERT INTO main.decisions (kind, payload, at, sentence, faces, face_ids, person_id, target, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .run(
      entry.kind,
      JSON.stringify(entry.payload ?? null),
      store.now().toISOString(),
      entry.sentence,
      entry.faceIds.length,
      JSON.stringify(entry.faceIds.slice(0, 4)),
      entry.personId,
      entry.target,
      entry.said === null ? null : JSON.stringify(entry.said),
    );
  const decisionId = Number(inserted.lastInsertRowid);
  const insert = store.sql("INSERT INTO main.changes VALUES (?, ?, ?, ?, ?, ?)");
  for (const [seq, change] of changes.entries()) {
    const { table, key, before, after } = change;
    insert.run(decisionId, seq, table, JSON.stringify(key), rowText(table, before), rowText(table, after));
    writeRow(store, table, key, after);
  }
  return { decisionId, ...follow(store, changes) };
}

/** The changes of one decision, in order. */
export function changesOf(store: Store, decisionId: number): readonly RowChange[] {
  return store
    .sql<[number], StoredChange>("SELECT tbl, key, before, after FROM main.changes WHERE decision_id = ? ORDER BY seq")
    .all(decisionId)
    .map(changeOf);
}

/** All changes ever, in order: playing them from nothing gives the facts. */
export function* allChanges(store: Store): Iterable<RowChange> {
  for (const row of store.sql<[], StoredChange>("SELECT tbl, key, before, after FROM main.changes ORDER BY decision_id, seq").iterate())
    yield changeOf(row);
}

/** The fact tables as the journal says they are: table, then key as text, then row as text. */
export function replay(store: Store): ReadonlyMap<FactTable, ReadonlyMap<string, string>> {
  const tables = new Map<FactTable, Map<string, string>>();
  for (const name of Object.keys(factTables)) tables.set(factTable(name), new Map());
  for (const { table, key, after } of allChanges(store)) {
    const text = rowText(table, after);
    if (text === null) tables.get(table)?.delete(JSON.stringify(key));
    else tables.get(table)?.set(JSON.stringify(key), text);
  }
  return tables;
}

/** Whether a row stands as `expected`. */
export function stands(store: Store, change: RowChange, expected: Row | null): boolean {
  return rowText(change.table, readRow(store, change.table, change.key)) === rowText(change.table, expected);
}

interface StoredChange {
  readonly tbl: string;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

function changeOf(row: StoredChange): RowChange {
  const parse = (text: string | null): Row | null => (text === null ? null : (JSON.parse(text) as Row));
  return { table: factTable(row.tbl), key: JSON.parse(row.key) as (string | number)[], before: parse(row.before), after: parse(row.after) };
}

/** What hangs on the facts comes along: drawn faces' rows, photos' counts, members, cards. */
function follow(store: Store, changes: readonly RowChange[]): Followed {
  const faces = new Set<number>();
  const people = new Set<number>();
  const { photos, unseen } = followPlaces(store, changes);
  for (const { table, key, before, after } of changes) {
    const first = Number(key[0]);
    if (table === "people") {
      people.add(first);
      // Proposals to somebody merged away count no longer, and count again when it is taken back.
      if ((before?.["merged_into"] ?? null) !== (after?.["merged_into"] ?? null))
        for (const faceId of proposedTo(store, first)) faces.add(faceId);
    } else if (table !== "never_merge" && table !== "albums" && table !== "turned_photos") faces.add(first);
    if (table === "not_faces") {
      const photo = store.sql<[number], { photo_id: number }>("SELECT photo_id FROM main.faces WHERE id = ?").get(first);
      if (photo !== undefined) photos.add(photo.photo_id);
    }
  }
  refreshPhotos(store, photos);
  for (const personId of refreshMembers(store, [...faces])) people.add(personId);
  markStale(store, people);
  return { personIds: [...people], photoIds: unseen };
}

function proposedTo(store: Store, personId: number): readonly number[] {
  return store
    .sql<[number], { face_id: number }>("SELECT face_id FROM derived.proposals WHERE person_id = ?")
    .all(personId)
    .map((row) => row.face_id);
}
