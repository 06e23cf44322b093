import type { HistoryEntry, Page } from "../../../contract/views.ts";
import { asOne, sharesOf } from "../import-shares.ts";
import { changesOf } from "../journal.ts";
import { saidOf } from "../said-of.ts";
import type { Store } from "../store.ts";
import { blockedView, blockersOf, type Blocker } from "../undo-blockers.ts";
import { columns, inverse, type DecisionRow } from "../undo.ts";
import { settings } from "../../settings.ts";

/** See Reads.history. Latest first; taking back and doing again show as the state of the decision they are about. */
export function history(store: Store, args: { readonly offset: number; readonly limit: number }): Page<HistoryEntry> {
  const total = store.sql<[], { n: number }>("SELECT count(*) AS n FROM main.decisions WHERE standing > 0").get()?.n ?? 0;
  const rows = store
    .sql<number[], DecisionRow>(
      `SELECT ${columns} FROM main.decisions
       WHERE standing > 0 ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
    .all(args.limit, args.offset);
  return { total, items: rows.map((row) => entryOf(store, row)) };
}

function entryOf(store: Store, row: DecisionRow): HistoryEntry {
  const undone = row.undone_by !== null;
  const blockers = undone ? [] : store.remember(`blocked ${row.id}`, () => whatBlocks(store, row));
  return {
    decisionId: row.id,
    kind: row.kind,
    at: row.at,
    sentence: row.sentence,
    said: saidOf(row),
    faces: row.faces,
    faceIds: JSON.parse(row.face_ids) as number[],
    undone,
    canTakeBack: !undone && blockers.length === 0,
    blocked: blockedView(blockers),
  };
}

function whatBlocks(store: Store, decision: Pick<DecisionRow, "id" | "kind">): readonly Blocker[] {
  const { id: decisionId } = decision;
  const later = store.sql<[], { id: number | null }>("SELECT max(id) AS id FROM main.decisions").get()?.id;
  if (later === decisionId) return [];
  const rows = store.sql<[number], { n: number }>("SELECT count(*) AS n FROM main.changes WHERE decision_id = ?").get(decisionId)?.n ?? 0;
  if (rows > settings.keep.thorough && !changedLater(store, decisionId)) return [];
  const changes = asOne([decisionId, ...sharesOf(store, decision, null)].map((id) => changesOf(store, id)));
  return blockersOf(store, decisionId, inverse(changes));
}

function changedLater(store: Store, decisionId: number): boolean {
  return (
    store
      .sql<[number], unknown>(
        `SELECT 1 FROM main.changes c WHERE c.decision_id = ? AND EXISTS (
           SELECT 1 FROM main.changes l WHERE l.tbl = c.tbl AND l.key = c.key AND l.decision_id > c.decision_id) LIMIT 1`,
      )
      .get(decisionId) !== undefined
  );
}
