import type { PortableDocument } from "../../contract/portable.ts";
import type { Row } from "../types.ts";
import { factTable, rowText } from "./fact-tables.ts";
import { without, type Scope } from "./forget-scope.ts";
import { getSetting } from "./settings-table.ts";
import type { Store } from "./store.ts";

/** What forgetting a person does to the journal. */
export interface JournalPlan {
  /** Rows to take out, or to write anew where something of somebody else is left in them. */
  readonly rows: readonly {
    readonly decisionId: number;
    readonly seq: number;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Decisions of which nothing is left. */
  readonly emptied: ReadonlySet<number>;
  /** Decisions that were about others as well: they stay, without this person. */
  readonly touched: ReadonlySet<number>;
  /** Faces that a decision no longer is about. */
  readonly fewer: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * [Note: Forgetting] A forgotten person is taken out of the journal as if they had never been in it: every row becomes what it would be
 * without them (`without`), rows that say nothing any more go, and so do decisions without rows. The same is done to the facts, and as
 * it is done row by row, playing the journal from nothing still gives the facts, and undo still finds what a decision left.
 */
export function planJournal(store: Store, scope: Scope): JournalPlan {
  interface Stored {
    readonly decision_id: number;
    readonly seq: number;
    readonly tbl: string;
    readonly key: string;
    readonly before: string | null;
    readonly after: string | null;
  }
  const rows: { decisionId: number; seq: number; before: string | null; after: string | null }[] = [];
  const left = new Map<number, number>();
  const touched = new Set<number>();
  const fewer = new Map<number, Set<number>>();
  const parse = (text: string | null): Row | null => (text === null ? null : (JSON.parse(text) as Row));
  const all = store.sql<[], Stored>("SELECT decision_id, seq, tbl, key, before, after FROM main.changes ORDER BY decision_id, seq");
  for (const { decision_id: decisionId, seq, tbl, key, before, after } of all.iterate()) {
    const table = factTable(tbl);
    const keys = JSON.parse(key) as (string | number)[];
    const text = (row: string | null): string | null => rowText(table, without(scope, table, keys, parse(row)));
    const [was, is] = [text(before), text(after)];
    if (was === before && is === after) left.set(decisionId, (left.get(decisionId) ?? 0) + 1);
    else {
      touched.add(decisionId);
      const nothing = was === is;
      if (!nothing) left.set(decisionId, (left.get(decisionId) ?? 0) + 1);
      else if (table !== "people" && table !== "never_merge" && table !== "albums" && table !== "turned_photos")
        fewer.set(decisionId, (fewer.get(decisionId) ?? new Set()).add(Number(keys[0])));
      rows.push({ decisionId, seq, before: nothing ? null : was, after: nothing ? null : is });
    }
  }
  const emptied = new Set([...touched].filter((id) => !left.has(id)));
  return { rows, emptied, touched: new Set([...touched].filter((id) => !emptied.has(id))), fewer };
}

/** Does what was planned. Inside a transaction; the triggers that keep the journal as it is rest meanwhile, and stand again after. */
export function rewriteJournal(store: Store, scope: Scope, plan: JournalPlan): void {
  const triggers = store.sql<[], { name: string; sql: string }>("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'").all();
  for (const { name } of triggers) store.db.exec(`DROP TRIGGER main.${name}`);
  const remove = store.sql("DELETE FROM main.changes WHERE decision_id = ? AND seq = ?");
  const rewrite = store.sql("UPDATE main.changes SET before = ?, after = ? WHERE decision_id = ? AND seq = ?");
  for (const { decisionId, seq, before, after } of plan.rows) {
    if (before === null && after === null) remove.run(decisionId, seq);
    else rewrite.run(before, after, decisionId, seq);
  }
  const unhook = store.sql("UPDATE main.decisions SET undone_by = NULL, target = NULL WHERE id = ?");
  for (const id of plan.emptied) unhook.run(id);
  for (const id of plan.emptied) store.sql("DELETE FROM main.decisions WHERE id = ?").run(id);
  rewriteWords(store, scope, plan);
  for (const { sql } of triggers) store.db.exec(sql);
}

function rewriteWords(store: Store, scope: Scope, plan: JournalPlan): void {
  interface Stored {
    readonly id: number;
    readonly kind: string;
    readonly sentence: string;
    readonly face_ids: string;
    readonly person_id: number | null;
    readonly faces: number;
  }
  const own = scope.names.filter((name) => !isAnothers(store, scope, name));
  const write = store.sql(
    // Told as data, a name cannot become "somebody": the sentence alone is left.
    `UPDATE main.decisions SET said = CASE WHEN sentence = ? THEN said END, sentence = ?, face_ids = ?, faces = ?, person_id = ? WHERE id = ?`,
  );
  for (const row of store.sql<[], Stored>("SELECT id, kind, sentence, face_ids, faces, person_id FROM main.decisions").all()) {
    const touched = plan.touched.has(row.id);
    const sentence = unnamed(row.sentence, touched ? scope.names : own);
    const faceIds = (JSON.parse(row.face_ids) as number[]).filter((id) => !scope.faces.has(id));
    const personId = row.person_id !== null && scope.people.has(row.person_id) ? null : row.person_id;
    const faces = touched ? Math.max(faceIds.length, row.faces - (plan.fewer.get(row.id)?.size ?? 0)) : row.faces;
    write.run(sentence, sentence, JSON.stringify(faceIds), faces, personId, row.id);
    if (row.kind === "import") redactImport(store, scope, row.id);
    // These three carry numbers only, and undo needs them.
    else if (touched && !["carry", "undo", "redo"].includes(row.kind))
      store.sql("UPDATE main.decisions SET payload = 'null' WHERE id = ?").run(row.id);
  }
}

/** A sentence with somebody in place of these names; only whole words count, so that Ana is not found in Anabel. */
function unnamed(sentence: string, names: readonly string[]): string {
  let said = sentence;
  for (const name of names) {
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, "gu");
    said = said.replace(whole, "somebody");
  }
  return said;
}

/** Somebody else has, or had, this name too: where a decision is not about the forgotten one, it stays. */
function isAnothers(store: Store, scope: Scope, name: string): boolean {
  const rows = store.sql<[string], { id: number }>("SELECT id FROM main.people WHERE name = ?").all(name);
  return rows.some(({ id }) => !scope.people.has(id));
}

/** An imported file is kept to give photos that come later their share: the forgotten one is taken out of it. */
function redactImport(store: Store, scope: Scope, decisionId: number): void {
  const row = store.sql<[number], { payload: string }>("SELECT payload FROM main.decisions WHERE id = ?").get(decisionId);
  const payload = JSON.parse(row?.payload ?? "null") as {
    readonly people: Readonly<Record<string, number | null>>;
    readonly document: PortableDocument;
  } | null;
  if (payload === null) return;
  const own = getSetting<string | null>(store, "libraryId", null);
  const refs = new Set(Object.entries(payload.people).flatMap(([ref, id]) => (id !== null && scope.people.has(id) ? [ref] : [])));
  for (const id of scope.people) if (own !== null) refs.add(`${own}-${id}`);
  const { document } = payload;
  const keeps = (ref: string): boolean => !refs.has(ref);
  const photos = document.photos.map((photo) => ({
    ...photo,
    faces: photo.faces
      .filter((face) => face.is === undefined || keeps(face.is))
      .map((face) => (face.isNot === undefined ? face : { ...face, isNot: face.isNot.filter(keeps) })),
  }));
  const redacted: PortableDocument = {
    ...document,
    people: document.people.filter(({ id }) => keeps(id)),
    apart: document.apart.filter((pair) => pair.every(keeps)),
    photos: photos.filter((photo) => photo.faces.length > 0 || photo.turn !== undefined),
    albums: document.albums.filter(({ query: { all = [], any = [], none = [], only = [], aged = [] } }) =>
      [...all, ...any, ...none, ...only, ...aged.map(({ person }) => person)].every(keeps),
    ),
  };
  const people = Object.fromEntries(Object.entries(payload.people).filter(([ref]) => keeps(ref)));
  const text = JSON.stringify({ ...payload, people, document: redacted });
  store.sql("UPDATE main.decisions SET payload = ? WHERE id = ?").run(text, decisionId);
}
