import { Problem } from "../errors.ts";
import { backupBeforeBulk } from "./backup.ts";
import { record, stands } from "./journal.ts";
import { settings } from "../settings.ts";
import type { Store } from "./store.ts";
import type { AppliedDecision, DecisionToApply } from "./shapes.ts";

/** Applies a verb's changes and records them. A large one is preceded by a backup. Throws `internal` when the facts moved meanwhile. */
export function applyDecision(store: Store, decision: DecisionToApply): AppliedDecision {
  const { changes, sentence, said = null, personId } = decision;
  const faceIds = [...decision.faces];
  if (changes.length === 0 && decision.standsAnyway !== true)
    return { decisionId: 0, changed: 0, sentence, said, personId, faceIds: [], personIds: [], photoIds: [] };
  if (faceIds.length > settings.keep.bulk) backupBeforeBulk(store, decision.kind);
  return store.write(() => {
    for (const change of changes) {
      if (!stands(store, change, change.before))
        throw new Problem("internal", `${change.table} ${change.key.join(",")} is not what ${decision.kind} saw`);
    }
    const entry = { kind: decision.kind, payload: decision.payload, sentence, said, faceIds, personId, target: null };
    const { decisionId, personIds, photoIds } = record(store, entry, changes);
    return { decisionId, changed: faceIds.length, sentence, said, personId, faceIds, personIds, photoIds };
  });
}
