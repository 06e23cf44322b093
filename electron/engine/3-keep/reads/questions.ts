import type { Question } from "../../../contract/views.ts";
import { proposalBand } from "../bands.ts";
import { freshCards } from "../members.ts";
import type { LikelyToKeep } from "../shapes.ts";
import type { Store } from "../store.ts";
import { likelyView } from "./likely.ts";
import { cardOf } from "./people-list.ts";
import { rootPerson } from "./root-person.ts";

interface QuestionRow {
  readonly id: string;
  readonly kind: Question["kind"];
  readonly a: number;
  readonly b: number;
  readonly band: number;
  readonly settles: number;
  readonly others: string;
}
/** What was answered since the last grouping is not asked again. Of an edited photo the person may have no other that is there. */
const open = `FROM derived.questions q JOIN derived.cards a ON a.person_id = q.a JOIN derived.cards b ON b.person_id = q.b
WHERE q.a <> q.b AND a.state IN ('named', 'unnamed') AND b.state IN ('named', 'unnamed') AND a.faces > 0 AND (b.faces > 0 OR q.kind = 'is-this')
  AND NOT EXISTS (SELECT 1 FROM main.skipped s WHERE s.id = q.id)
  AND NOT EXISTS (SELECT 1 FROM main.never_merge n WHERE n.a = min(q.a, q.b) AND n.b = max(q.a, q.b))`;

/** Which questions are wanted: about one person, or only about groups of whom none has a name. */
export interface QuestionsAbout {
  readonly personId?: number | undefined;
  readonly unnamed?: boolean | undefined;
}

/** See Reads.questions. Largest gain first. */
export function questions(
  store: Store,
  limit: number,
  about: QuestionsAbout = {},
): { readonly questions: readonly Question[]; readonly left: number } {
  freshCards(store);
  const { from, params } = asked(store, about);
  const left = store.sql<number[], { n: number }>(`SELECT count(*) AS n ${from}`).get(...params)?.n ?? 0;
  const rows = store
    .sql<number[], QuestionRow>(`SELECT q.id, q.kind, q.a, q.b, q.band, q.settles, q.others ${from} ORDER BY q.gain DESC, q.id LIMIT ?`)
    .all(...params, limit);
  const views = rows.flatMap((row): Question[] => {
    const [a, b] = [cardOf(store, row.a), cardOf(store, row.b)];
    if (a === null || b === null) return [];
    const others = (JSON.parse(row.others) as LikelyToKeep[]).flatMap((other) => likelyView(store, other) ?? []);
    const sureness = proposalBand(row.band);
    return [{ id: row.id, kind: row.kind, a, b, sureness, settles: row.settles, others }];
  });
  return { questions: views, left };
}

/** How many questions are open; the cards of people have to be fresh. */
export function openQuestions(store: Store): number {
  return store.sql<[], { n: number }>(`SELECT count(*) AS n ${open}`).get()?.n ?? 0;
}

function asked(store: Store, { personId, unnamed = false }: QuestionsAbout): { readonly from: string; readonly params: readonly number[] } {
  const nobody = unnamed ? `${open} AND a.name IS NULL AND b.name IS NULL` : open;
  if (personId === undefined) return { from: nobody, params: [] };
  const id = rootPerson(store, personId);
  return { from: `${nobody} AND (q.a = ? OR q.b = ?)`, params: [id, id] };
}
