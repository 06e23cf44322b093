import type { BlockedView, Said } from "../../contract/said.ts";
import { Problem } from "../errors.ts";
import type { RowChange } from "../types.ts";
import { backupBeforeBulk } from "./backup.ts";
import { blockersOf, blockedView } from "./undo-blockers.ts";
import { changesOf, record } from "./journal.ts";
import { asOne, sharesOf } from "./import-shares.ts";
import { settings } from "../settings.ts";
import { saidOf } from "./said-of.ts";
import type { Store } from "./store.ts";
import type { AppliedDecision } from "./shapes.ts";

export interface DecisionRow {
  readonly id: number;
  readonly kind: string;
  readonly at: string;
  readonly sentence: string;
  /** JSON of Said, or null. */
  readonly said: string | null;
  readonly faces: number;
  readonly face_ids: string;
  readonly person_id: number | null;
  readonly undone_by: number | null;
  readonly standing: number;
}
export const columns = "id, kind, at, sentence, said, faces, face_ids, person_id, undone_by, standing";

/** The decision that undo without an id takes back: the latest of a person that stands. */
export function nextUndo(store: Store): DecisionRow | null {
  return (
    store
      .sql<[], DecisionRow>(`SELECT ${columns} FROM main.decisions WHERE standing = 1 AND undone_by IS NULL ORDER BY id DESC LIMIT 1`)
      .get() ?? null
  );
}

/** The decision that redo does again: the one taken back last, as long as nothing new was decided since. */
export function nextRedo(store: Store): DecisionRow | null {
  return (
    store
      .sql<[], DecisionRow>(
        `SELECT ${columns} FROM main.decisions WHERE standing > 0 AND undone_by > coalesce(
           (SELECT max(id) FROM main.decisions WHERE standing = 1), 0)
         ORDER BY undone_by DESC, id LIMIT 1`,
      )
      .get() ?? null
  );
}

/** See Keep.undo. */
export function undo(store: Store, decisionId?: number): AppliedDecision {
  const target = decisionId === undefined ? nextUndo(store) : decisionOf(store, decisionId);
  if (target === null) throw new Problem(decisionId === undefined ? "nothing-to-undo" : "not-found", String(decisionId ?? ""));
  if (target.standing === 0 || target.undone_by !== null) throw new Problem("nothing-to-undo", target.sentence);
  const shares = sharesOf(store, target, null);
  const changes = inverse(asOne([target.id, ...shares].map((id) => changesOf(store, id))));
  const blocked = blockedView(blockersOf(store, target.id, changes));
  if (blocked !== null) throw inTheWay("undo-blocked", blocked);
  return again(store, target, "undo", changes, shares);
}

/** See Keep.redo. */
export function redo(store: Store, decisionId?: number): AppliedDecision {
  const target = decisionId === undefined ? nextRedo(store) : decisionOf(store, decisionId);
  if (target === null) throw new Problem(decisionId === undefined ? "nothing-to-redo" : "not-found", String(decisionId ?? ""));
  if (target.standing === 0 || target.undone_by === null) throw new Problem("nothing-to-redo", target.sentence);
  const shares = sharesOf(store, target, target.undone_by);
  const changes = asOne([target.id, ...shares].map((id) => changesOf(store, id)));
  const blocked = blockedView(blockersOf(store, target.undone_by, changes));
  if (blocked !== null) {
    if (decisionId === undefined) throw new Problem("nothing-to-redo", target.sentence);
    throw inTheWay("redo-blocked", blocked);
  }
  return again(store, target, "redo", changes, shares);
}

/** The screens word what stands in the way themselves; elsewhere its number and sentence say which one to take back first. */
function inTheWay(code: "undo-blocked" | "redo-blocked", blocked: BlockedView): Problem {
  return new Problem(code, `${blocked.decisionId}: ${blocked.sentence}`, { blocked });
}

function decisionOf(store: Store, id: number): DecisionRow | null {
  return store.sql<[number], DecisionRow>(`SELECT ${columns} FROM main.decisions WHERE id = ?`).get(id) ?? null;
}

/** The changes that take these back. */
export function inverse(changes: readonly RowChange[]): readonly RowChange[] {
  return changes.toReversed().map((change) => ({ ...change, before: change.after, after: change.before }));
}

function again(
  store: Store,
  target: DecisionRow,
  kind: "undo" | "redo",
  changes: readonly RowChange[],
  shares: readonly number[],
): AppliedDecision {
  const faceIds = facesIn(changes);
  if (faceIds.length > settings.keep.bulk) backupBeforeBulk(store, kind);
  const sentence = `${kind === "undo" ? "Taken back" : "Done again"}: ${target.sentence.charAt(0).toLowerCase()}${target.sentence.slice(1)}`;
  return store.write(() => {
    const payload = { decisionId: target.id, ...(shares.length === 0 ? {} : { shares }) };
    const what = saidOf(target);
    const said: Said | null = what === null ? null : { did: kind === "undo" ? "taken-back" : "done-again", what };
    const entry = { kind, payload, sentence, said, faceIds, personId: target.person_id, target: target.id };
    const { decisionId, personIds, photoIds } = record(store, entry, changes);
    const mark = store.sql("UPDATE main.decisions SET undone_by = ? WHERE id = ?");
    for (const id of [target.id, ...shares]) mark.run(kind === "undo" ? decisionId : null, id);
    return { decisionId, changed: target.faces, sentence, said, personId: target.person_id, faceIds, personIds, photoIds };
  });
}

function facesIn(changes: readonly RowChange[]): readonly number[] {
  const tables = new Set(["confirmed", "rejected", "not_faces", "drawn_faces", "adjusted_faces"]);
  return [...new Set(changes.filter((change) => tables.has(change.table)).map((change) => Number(change.key[0])))];
}
