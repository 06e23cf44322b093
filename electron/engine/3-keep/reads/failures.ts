import { problems, problemView, type ProblemCode } from "../../../contract/problems.ts";
import type { FailureView, Page } from "../../../contract/views.ts";
import type { Store } from "../store.ts";

/** See Reads.failures. By path. */
export function failures(store: Store, args: { readonly offset: number; readonly limit: number }): Page<FailureView> {
  type Stored = { id: number; path: string; problem: string; problem_detail: string | null; problem_sentence: string | null };
  const total =
    store.sql<[], { n: number }>("SELECT count(*) AS n FROM main.files WHERE problem IS NOT NULL AND state = 'present'").get()?.n ?? 0;
  const items = store
    .sql<number[], Stored>(
      `SELECT id, path, problem, problem_detail, problem_sentence FROM main.files
       WHERE problem IS NOT NULL AND state = 'present' ORDER BY path LIMIT ? OFFSET ?`,
    )
    .all(args.limit, args.offset)
    .map((row) => ({
      fileId: row.id,
      path: row.path,
      problem: problemView(codeOf(row.problem), row.problem_detail ?? "", row.problem_sentence ?? undefined),
    }));
  return { total, items };
}

/** Codes are stable, but a catalogue may come back from a Familiar that knew more of them. */
function codeOf(code: string): ProblemCode {
  return code in problems ? (code as ProblemCode) : "internal";
}
