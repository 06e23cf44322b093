import type { PersonState } from "../types.ts";
import { bandNumber } from "./bands.ts";
import { askDoubts } from "./doubts.ts";
import { rebuildMembers } from "./members.ts";
import { takeNumbers, type Store } from "./store.ts";
import type { Constraints, GroupingToKeep, GroupToKeep, LikelyToKeep, QuestionToKeep } from "./shapes.ts";

/** See Keep.reservePersonIds. */
export function reservePersonIds(store: Store, count: number): number {
  return store.write(() => takeNumbers(store, "next_person_id", count));
}

/** See Keep.constraints. */
export function constraints(store: Store): Constraints {
  const pairs = (text: string): [number, number][] => store.sql<[], [number, number]>(text).raw().all();
  // `raw` sticks to the statement, and these texts are used here alone.
  return {
    people: store
      .sql<[], { id: number; name: string | null; state: PersonState }>(
        "SELECT id, name, state FROM main.people WHERE merged_into IS NULL ORDER BY id",
      )
      .all(),
    confirmed: new Map(pairs("SELECT face_id, person_id FROM main.confirmed ORDER BY face_id")),
    rejected: pairs("SELECT face_id, person_id FROM main.rejected ORDER BY face_id, person_id"),
    neverMerge: pairs("SELECT a, b FROM main.never_merge ORDER BY a, b"),
    notFaces: new Set(
      store
        .sql<[], { face_id: number }>("SELECT face_id FROM main.not_faces")
        .all()
        .map((row) => row.face_id),
    ),
    proposed: new Map(pairs("SELECT face_id, person_id FROM derived.proposals ORDER BY face_id")),
    skipped: new Set(
      store
        .sql<[], { id: string }>("SELECT id FROM main.skipped")
        .all()
        .map((row) => row.id),
    ),
  };
}

/**
 * See Keep.keepGrouping. Grouping works on a picture of the facts that may be a few seconds old: ids merged away meanwhile are
 * followed to where they went, and what speaks against a decision is left out here or by [Note: Members].
 */
export function keepGrouping(store: Store, grouping: GroupingToKeep): void {
  store.write(() => {
    const root = roots(store);
    store.sql("DELETE FROM derived.proposals").run();
    const proposal = store.sql("INSERT INTO derived.proposals VALUES (?, ?, ?, ?, ?, ?)");
    for (const one of grouping.proposals)
      proposal.run(one.faceId, root(one.personId), one.similarity, one.far, one.rule, bandNumber(one.band));
    store.sql("DELETE FROM derived.groups").run();
    writeGroups(store, grouping.groups);
    rebuildMembers(store);
    writeQuestions(store, grouping.questions, root);
  });
}

/** Writes groups over what was known of them. */
export function writeGroups(store: Store, groups: readonly GroupToKeep[]): void {
  const group = store.sql("INSERT OR REPLACE INTO derived.groups VALUES (?, ?, ?)");
  for (const one of groups) group.run(one.personId, one.mixed ? 1 : 0, likelyText(one.likely));
}

/** How a group's likely person is written. */
export function likelyText(likely: LikelyToKeep | null): string | null {
  return likely === null ? null : JSON.stringify(likely);
}

/** Replaces all questions, those about edited photos included. `root` follows merges. */
export function writeQuestions(store: Store, questions: readonly QuestionToKeep[], root: (personId: number) => number): void {
  store.sql("DELETE FROM derived.questions").run();
  const question = store.sql("INSERT OR REPLACE INTO derived.questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const { id, kind, a, b, similarity, far, band, settles, gain, others } of questions)
    question.run(id, kind, root(a), root(b), similarity, far, bandNumber(band), settles, gain, JSON.stringify(others));
  askDoubts(store, root);
}

/** Follows merges to the person that stands. */
export function roots(store: Store): (personId: number) => number {
  const into = new Map(
    store
      .sql<[], { id: number; merged_into: number }>("SELECT id, merged_into FROM main.people WHERE merged_into IS NOT NULL")
      .all()
      .map((row) => [row.id, row.merged_into]),
  );
  return (personId) => {
    let id = personId;
    for (let next = into.get(id); next !== undefined; next = into.get(id)) id = next;
    return id;
  };
}
