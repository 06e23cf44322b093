import { bandNumber } from "./bands.ts";
import { roots, writeGroups, writeQuestions } from "./keep-grouping.ts";
import { freshCards, refreshMembers } from "./members.ts";
import type { GroupingChanges, ProposalToKeep } from "./shapes.ts";
import type { Store } from "./store.ts";
import { settings } from "../settings.ts";

/** See Keep.openGrouping. */
export function openGrouping(store: Store): void {
  store.sql("UPDATE derived.meta SET value = 1 WHERE key = 'grouping'").run();
}

/** See Keep.groupingIsOpen. */
export function groupingIsOpen(store: Store): boolean {
  return store.sql<[], { value: number }>("SELECT value FROM derived.meta WHERE key = 'grouping'").get()?.value === 1;
}

/** See Keep.hasProposals. */
export function hasProposals(store: Store): boolean {
  return store.sql("SELECT 1 FROM derived.proposals LIMIT 1").get() !== undefined;
}

/** See Keep.keepProposals. What speaks against a decision made meanwhile is left out by [Note: Members]. */
export function keepProposals(store: Store, proposals: readonly ProposalToKeep[], dropped: readonly number[]): void {
  store.write(() => {
    const root = roots(store);
    const put = store.sql("INSERT OR REPLACE INTO derived.proposals VALUES (?, ?, ?, ?, ?, ?)");
    for (const one of proposals) put.run(one.faceId, root(one.personId), one.similarity, one.far, one.rule, bandNumber(one.band));
    const drop = store.sql("DELETE FROM derived.proposals WHERE face_id = ?");
    for (const faceId of dropped) drop.run(faceId);
    refreshMembers(store, [...proposals.map((one) => one.faceId), ...dropped]);
    // Summed up as it goes: thousands of cards at once would keep the next question waiting.
    freshCards(store);
  });
}

/** See Keep.keepGroups. */
export function keepGroups(store: Store, changes: Pick<GroupingChanges, "groups" | "ended" | "questions" | "joined">): void {
  store.write(() => {
    const end = store.sql("DELETE FROM derived.groups WHERE person_id = ?");
    for (const personId of changes.ended) end.run(personId);
    writeGroups(store, changes.groups);
    writeQuestions(store, changes.questions, roots(store));
    const at = store.now().toISOString();
    const join = store.sql("INSERT INTO derived.joined (at, gone, stayed, face_ids) VALUES (?, ?, ?, ?)");
    for (const one of changes.joined) join.run(at, one.gone, one.stayed, JSON.stringify(one.faceIds));
    if (changes.joined.length > 0)
      store.sql("DELETE FROM derived.joined WHERE id <= (SELECT max(id) FROM derived.joined) - ?").run(settings.group.joinedKept);
    store.sql("UPDATE derived.meta SET value = 0 WHERE key = 'grouping'").run();
  });
}

/** Groups that grew together. */
export interface JoinedGroups {
  readonly total: number;
  readonly items: readonly {
    readonly id: number;
    /** ISO instant, UTC. */
    readonly at: string;
    readonly stayed: number;
    /** Faces that came over and still stand there, nobody having said anything about them. */
    readonly faceIds: readonly number[];
  }[];
}

/** See Keep.joinedGroups. What a person has since spoken about is no event any more. */
export function joinedGroups(store: Store, { offset, limit }: { readonly offset: number; readonly limit: number }): JoinedGroups {
  const rows = store
    .sql<[], { id: number; at: string; stayed: number; face_ids: string }>(
      "SELECT id, at, stayed, face_ids FROM derived.joined ORDER BY id DESC",
    )
    .all();
  const root = roots(store);
  const still = store.sql<[number, number]>("SELECT 1 FROM derived.members WHERE face_id = ? AND person_id = ? AND confirmed = 0");
  const items = rows.flatMap(({ id, at, stayed, face_ids }) => {
    const where = root(stayed);
    const faceIds = (JSON.parse(face_ids) as number[]).filter((faceId) => still.get(faceId, where) !== undefined);
    return faceIds.length === 0 ? [] : [{ id, at, stayed: where, faceIds }];
  });
  return { total: items.length, items: items.slice(offset, offset + limit) };
}
