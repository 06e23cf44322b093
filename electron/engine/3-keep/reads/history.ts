import type { HistoryEntry, Page } from "../../../contract/views.ts";
import { changesOf } from "../journal.ts";
import type { Store } from "../store.ts";
import { blockedSentence, blockersOf } from "../undo-blockers.ts";
import { inverse, type DecisionRow } from "../undo.ts";

/** See Reads.history. Latest first; taking back and doing again show as the state of the decision they are about. */
export function history(store: Store, args: { readonly offset: number; readonly limit: number }): Page<HistoryEntry> {
  const total = store.sql<[], { n: number }>("SELECT count(*) AS n FROM main.decisions WHERE standing > 0").get()?.n ?? 0;
  const rows = store
    .sql<number[], DecisionRow>(
      `SELECT id, kind, at, sentence, faces, face_ids, person_id, undone_by, standing FROM main.decisions
       WHERE standing > 0 ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
    .all(args.limit, args.offset);
  return { total, items: rows.map((row) => entryOf(store, row)) };
}

function entryOf(store: Store, row: DecisionRow): HistoryEntry {
  const undone = row.undone_by !== null;
  const blockedBy = undone
    ? ""
    : store.remember(`blocked ${row.id}`, () => blockedSentence(blockersOf(store, row.id, inverse(changesOf(store, row.id))), store.now()));
  return {
    decisionId: row.id,
    kind: row.kind,
    at: row.at,
    sentence: row.sentence,
    faces: row.faces,
    faceIds: JSON.parse(row.face_ids) as number[],
    undone,
    canTakeBack: !undone && blockedBy === "",
    blockedBy,
  };
}
