import type { BlockedView } from "../../contract/said.ts";
import type { RowChange } from "../types.ts";
import { sharesOf } from "./import-shares.ts";
import { stands } from "./journal.ts";
import { decisionsAbout, decisionsAboutFace } from "./mentions.ts";
import { saidOf } from "./said-of.ts";
import type { Store } from "./store.ts";

/** A later decision that a taking-back would break. */
export interface Blocker {
  readonly decisionId: number;
  readonly kind: string;
  readonly at: string;
  readonly sentence: string;
  readonly said: string | null;
  /** Faces of the earlier one that it is about; 0 where it leans on a person. */
  readonly faces: number;
}

/**
 * What stands in the way of applying `changes` (an inverse, or a decision done again) as if nothing had happened since `decisionId`:
 * rows that are no longer as `before` says, and later rows that lean on a person or a drawn face that would go. Latest first; empty
 * when the way is free.
 */
export function blockersOf(store: Store, decisionId: number, changes: readonly RowChange[]): readonly Blocker[] {
  // Nothing came later: all is as it was left. An import of a hundred thousand faces is taken back at once so.
  if (store.sql<[], { id: number | null }>("SELECT max(id) AS id FROM main.decisions").get()?.id === decisionId) return [];
  const faces = new Map<number, number>();
  const count = (table: string, key: string, isFace: boolean): void => {
    const later = lastWriter(store, table, key);
    if (later !== null) faces.set(later, (faces.get(later) ?? 0) + (isFace ? 1 : 0));
  };
  const inThis = new Set(changes.map((change) => `${change.table}${JSON.stringify(change.key)}`));
  for (const change of changes) {
    const key = JSON.stringify(change.key);
    const later = writtenSince(store, change.table, key, decisionId);
    if (later !== null) faces.set(later, (faces.get(later) ?? 0) + (isFaceTable(change.table) ? 1 : 0));
    else if (!stands(store, change, change.before)) count(change.table, key, isFaceTable(change.table));
    for (const missing of missingFor(store, change, inThis)) count(missing.table, missing.key, false);
    for (const clash of clashesWith(store, change)) {
      if (!inThis.has(clash.table + clash.key)) count(clash.table, clash.key, true);
    }
    if (change.after !== null && !mergesAway(change)) continue;
    for (const leaning of leaningOn(store, change)) {
      if (!inThis.has(leaning.table + leaning.key)) count(leaning.table, leaning.key, isFaceTable(leaning.table));
    }
  }
  // What they let go of meanwhile is not there to be found, but comes again with taking them back.
  for (const { table, key, after } of changes) {
    if (after !== null || (table !== "people" && table !== "drawn_faces")) continue;
    const about = table === "people" ? decisionsAbout : decisionsAboutFace;
    for (const id of about(store, Number(key[0]), sharesAndSelf(store, decisionId))) if (!faces.has(id)) faces.set(id, 0);
  }
  const ids = [...faces.keys()].filter((id) => id !== decisionId).sort((a, b) => b - a);
  return ids.flatMap((id): Blocker[] => {
    const row = store
      .sql<[number], { id: number; kind: string; at: string; sentence: string; said: string | null }>(
        // An undo or redo is told as what it did.
        "SELECT id, kind, at, sentence, said FROM main.decisions WHERE id = ?",
      )
      .get(id);
    return row === undefined
      ? []
      : [{ decisionId: row.id, kind: row.kind, at: row.at, sentence: row.sentence, said: row.said, faces: faces.get(id) ?? 0 }];
  });
}

/** What stands in the way, for the screens to word; null where nothing does. */
export function blockedView([first, ...others]: readonly Blocker[]): BlockedView | null {
  if (first === undefined) return null;
  const { decisionId, kind, sentence, at, faces } = first;
  return {
    decisionId,
    kind,
    sentence,
    said: saidOf(first),
    at,
    faces,
    more: others.length,
  };
}

/** What goes together with a decision. */
function sharesAndSelf(store: Store, decisionId: number): ReadonlySet<number> {
  const self = store.sql<[number], { id: number; kind: string }>("SELECT id, kind FROM main.decisions WHERE id = ?").get(decisionId);
  return new Set([decisionId, ...(self === undefined ? [] : sharesOf(store, self, null))]);
}

function isFaceTable(table: string): boolean {
  return table === "confirmed" || table === "rejected" || table === "not_faces" || table === "drawn_faces" || table === "adjusted_faces";
}

/**
 * The decision that wrote a row last of those that stand, where that is another one than stood when `decisionId` was written; null where
 * it is the same. That a row holds the same again is not enough: what came between would then lean on something that is gone.
 */
function writtenSince(store: Store, table: string, key: string, decisionId: number): number | null {
  if (lastWriter(store, table, key) === decisionId) return null;
  type Writer = { id: number; kind: string; about: number };
  const writers = store
    .sql<[string, string], Writer>(
      // What an import gave to photos read later is part of the import.
      // Only what such a share says is looked into: the file itself may be ten megabytes.
      `SELECT DISTINCT d.id, d.kind, CASE t.kind WHEN 'carry' THEN coalesce(json_extract(t.payload, '$.import'), t.id) ELSE t.id END AS about
       FROM main.changes c CROSS JOIN main.decisions d ON d.id = c.decision_id CROSS JOIN main.decisions t ON t.id = coalesce(d.target, d.id)
       WHERE c.tbl = ? AND c.key = ? ORDER BY d.id`,
    )
    .all(table, key);
  let standing: readonly number[] = [];
  let then: readonly number[] = [];
  for (const { id, kind, about } of writers) {
    standing = kind === "undo" ? standing.filter((one) => one !== about) : [...standing, about];
    if (id <= decisionId) then = standing;
  }
  const now = standing.at(-1);
  return now === undefined || now === decisionId || now === then.at(-1) ? null : now;
}

function lastWriter(store: Store, table: string, key: string): number | null {
  const row = store
    .sql<[string, string], { id: number | null }>("SELECT max(decision_id) AS id FROM main.changes WHERE tbl = ? AND key = ?")
    .get(table, key);
  return row?.id ?? null;
}

interface Leaning {
  readonly table: string;
  readonly key: string;
}

/** Rows that this row would point at and that are not there any more, or are of somebody merged away since. */
function missingFor(store: Store, change: RowChange, inThis: ReadonlySet<string>): readonly Leaning[] {
  const { table, after } = change;
  if (after === null) return [];
  const people = [
    table === "people" ? after["merged_into"] : after["person_id"],
    ...(table === "never_merge" ? [after["a"], after["b"]] : []),
  ];
  const missing = people.flatMap((id): Leaning[] => {
    if (typeof id !== "number") return [];
    const key = JSON.stringify([id]);
    if (inThis.has(`people${key}`)) return [];
    const row = store.sql<[number], { merged_into: number | null }>("SELECT merged_into FROM main.people WHERE id = ?").get(id);
    const stands = row !== undefined && (row.merged_into === null || table === "people");
    return stands ? [] : [{ table: "people", key }];
  });
  if (!isFaceTable(table) || table === "drawn_faces") return missing;
  const key = JSON.stringify([change.key[0]]);
  const undrawn = store.sql("SELECT 1 FROM main.faces WHERE id = ? AND source <> 'detected' AND gone = 1").get(change.key[0]) !== undefined;
  return undrawn && !inThis.has(`drawn_faces${key}`) ? [...missing, { table: "drawn_faces", key }] : missing;
}

/** Rows that say the opposite of this one. */
function clashesWith(store: Store, change: RowChange): readonly Leaning[] {
  const { table, after } = change;
  if (after === null) return [];
  const faceId = Number(change.key[0]);
  const key = JSON.stringify([faceId]);
  const confirmed = store
    .sql<[number], { person_id: number }>("SELECT person_id FROM main.confirmed WHERE face_id = ?")
    .get(faceId)?.person_id;
  if (table === "not_faces") return confirmed === undefined ? [] : [{ table: "confirmed", key }];
  if (table === "rejected") return confirmed === after["person_id"] ? [{ table: "confirmed", key }] : [];
  if (table !== "confirmed") return [];
  const personId = Number(after["person_id"]);
  const clashes: Leaning[] = [];
  const says = (text: string, ...params: number[]): boolean => store.sql<number[]>(text).get(...params) !== undefined;
  if (says("SELECT 1 FROM main.rejected WHERE face_id = ? AND person_id = ?", faceId, personId)) {
    clashes.push({ table: "rejected", key: JSON.stringify([faceId, personId]) });
  }
  if (says("SELECT 1 FROM main.not_faces WHERE face_id = ?", faceId)) clashes.push({ table: "not_faces", key });
  return clashes;
}

/** A merge done again: what was said of that person meanwhile (handed on to an edited photo, say) was not there to be taken along. */
function mergesAway({ table, before, after }: RowChange): boolean {
  return table === "people" && (before?.["merged_into"] ?? null) === null && (after?.["merged_into"] ?? null) !== null;
}

/** Rows that would point at nothing, or at somebody merged away, when this row changes so. */
function leaningOn(store: Store, change: RowChange): readonly Leaning[] {
  const id = Number(change.key[0]);
  const find = (table: string, columns: string, where: string, times: number): Leaning[] =>
    store
      .sql<number[], Record<string, number>>(`SELECT ${columns} FROM main.${table} WHERE ${where}`)
      .all(...Array.from({ length: times }, () => id))
      .map((row) => ({ table, key: JSON.stringify(columns.split(", ").map((column) => row[column] ?? 0)) }));
  if (change.table === "people") {
    return [
      ...find("confirmed", "face_id", "person_id = ?", 1),
      ...find("rejected", "face_id, person_id", "person_id = ?", 1),
      ...find("never_merge", "a, b", "a = ? OR b = ?", 2),
      ...(change.after === null ? find("people", "id", "merged_into = ?", 1) : []),
    ];
  }
  if (change.table === "drawn_faces") {
    return [
      ...find("confirmed", "face_id", "face_id = ?", 1),
      ...find("rejected", "face_id, person_id", "face_id = ?", 1),
      ...find("not_faces", "face_id", "face_id = ?", 1),
      ...find("people", "id", "key_face_id = ?", 1),
    ];
  }
  return [];
}
