import type { ProblemView } from "../../contract/problems.ts";
import type { Store } from "./store.ts";

/** See Keep.fileFailed. */
export function fileFailed(store: Store, fileId: number, problem: ProblemView): void {
  store.write(() =>
    store
      .sql("UPDATE main.files SET problem = ?, problem_detail = ?, problem_sentence = ?, problem_transient = ? WHERE id = ?")
      .run(problem.code, problem.detail, problem.sentence, problem.kind === "transient" ? 1 : 0, fileId),
  );
}

/** See Keep.failureAt. */
export function failureAt(store: Store, folderId: number, path: string, problem: ProblemView): void {
  store.write(() =>
    store
      .sql(
        `INSERT INTO main.files (folder_id, path, bytes, mtime_ms, inode, seen_at, problem, problem_detail, problem_sentence, problem_transient)
         VALUES (?, ?, 0, 0, 0, ?, ?, ?, ?, 0)
         ON CONFLICT (path) DO UPDATE SET state = 'present', problem = excluded.problem, problem_detail = excluded.problem_detail,
           problem_sentence = excluded.problem_sentence, problem_transient = 0`,
      )
      .run(folderId, path, store.now().toISOString(), problem.code, problem.detail, problem.sentence),
  );
}

/** See Keep.clearFailures. Answers how many. */
export function clearFailures(store: Store, fileIds?: readonly number[]): number {
  const clear =
    "UPDATE main.files SET problem = NULL, problem_detail = NULL, problem_sentence = NULL, problem_transient = NULL WHERE problem IS NOT NULL";
  return store.write(() => {
    if (fileIds === undefined) return store.sql(clear).run().changes;
    return fileIds.reduce((sum, fileId) => sum + store.sql(`${clear} AND id = ?`).run(fileId).changes, 0);
  });
}
