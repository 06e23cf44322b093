import type { RowChange } from "../types.ts";
import { rowText } from "./fact-tables.ts";
import type { Store } from "./store.ts";

/**
 * What photos read after an import got from it (kind `carry`), oldest first; empty for any other decision. They go and come with the
 * import: whoever takes it back takes back all of it. `undoneBy`: null for those that stand, else those taken back by that entry.
 */
export function sharesOf(
  store: Store,
  decision: { readonly id: number; readonly kind: string },
  undoneBy: number | null,
): readonly number[] {
  if (decision.kind !== "import") return [];
  return store
    .sql<[number, number | null], { id: number }>(
      `SELECT id FROM main.decisions WHERE standing = 2 AND kind = 'carry' AND json_extract(payload, '$.import') = ? AND undone_by IS ?
       ORDER BY id`,
    )
    .all(decision.id, undoneBy)
    .map((row) => row.id);
}

/**
 * Changes of several decisions in their order as those of one: each row from what it first was to what it came to. A row that somebody
 * else changed in between stays as the first of them left it, so that it does not stand and what came in between is found in the way.
 */
export function asOne(decisions: readonly (readonly RowChange[])[]): readonly RowChange[] {
  const [first = []] = decisions;
  if (decisions.length === 1) return first;
  const rows = new Map<string, RowChange>();
  for (const change of decisions.flat()) {
    const at = `${change.table}${JSON.stringify(change.key)}`;
    const earlier = rows.get(at);
    if (earlier === undefined) rows.set(at, change);
    else if (rowText(change.table, earlier.after) === rowText(change.table, change.before))
      rows.set(at, { ...change, before: earlier.before });
  }
  return [...rows.values()];
}
