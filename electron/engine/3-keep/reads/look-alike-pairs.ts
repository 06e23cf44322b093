import type { PairView } from "../../../contract/finding-views.ts";
import { freshCards } from "../members.ts";
import type { Store } from "../store.ts";
import { cardOf } from "./people-list.ts";
import { settings } from "../../settings.ts";

/** See Reads.pairs. */
export function lookAlikePairs(store: Store): readonly PairView[] {
  freshCards(store);
  return store
    .sql<[number], { a: number; b: number }>(
      `SELECT n.a, n.b FROM main.never_merge n CROSS JOIN derived.cards a ON a.person_id = n.a CROSS JOIN derived.cards b ON b.person_id = n.b
       WHERE a.state = 'named' AND b.state = 'named' AND a.faces > 0 AND b.faces > 0
       ORDER BY a.faces + b.faces DESC, n.a, n.b LIMIT ?`,
    )
    .all(settings.lookAlikes.pairs)
    .flatMap((row) => {
      const [a, b] = [cardOf(store, row.a), cardOf(store, row.b)];
      return a === null || b === null ? [] : [{ a, b }];
    });
}

/** What a face of a pair is called among the questions that are not asked again. */
export function pairQuestion(a: number, b: number, faceId: number): string {
  return `alike:${Math.min(a, b)}:${Math.max(a, b)}:${faceId}`;
}

/** See Reads.lookedAt. */
export function lookedAt(store: Store, a: number, b: number): ReadonlySet<number> {
  const start = pairQuestion(a, b, 0).slice(0, -1);
  return new Set(
    store
      .sql<[string, string], { id: string }>("SELECT id FROM main.skipped WHERE id >= ? AND id < ?")
      // ";" is the sign after ":", so this is everything that begins so.
      .all(start, `${start.slice(0, -1)};`)
      .map(({ id }) => Number(id.slice(start.length))),
  );
}
