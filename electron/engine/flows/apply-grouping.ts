import type { Keep } from "../3-keep/keep.ts";
import type { GroupingChanges } from "../3-keep/shapes.ts";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import { firstNewId, type GroupAnswer } from "./group-task.ts";

/**
 * Writes down what a grouping changed. A little in one go; much in pieces, between which the engine answers: a hundred thousand
 * proposals take seconds. Should it be cut off between two, the library says so and the next start groups again.
 */
export async function applyGrouping(keep: Keep, answer: GroupAnswer, isClosed: () => boolean): Promise<void> {
  const changes = withRealIds(keep, answer);
  const { proposals, dropped } = changes;
  const { atOnce, piece } = settings.group.write;
  if (proposals.length + dropped.length <= atOnce)
    return keep.batch(() => {
      if (proposals.length + dropped.length > 0) keep.keepProposals(proposals, dropped);
      keep.keepGroups(changes);
    });
  keep.openGrouping();
  // A person's faces together, so that each card is summed up once.
  const inOrder = [...proposals].sort((a, b) => a.personId - b.personId);
  for (let from = 0; from < inOrder.length; from += piece) {
    keep.keepProposals(inOrder.slice(from, from + piece), []);
    await pause(isClosed);
  }
  for (let from = 0; from < dropped.length; from += piece) {
    keep.keepProposals([], dropped.slice(from, from + piece));
    await pause(isClosed);
  }
  keep.keepGroups(changes);
}

async function pause(isClosed: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (isClosed()) throw new Problem("cancelled");
}

/** Gives new groups their ids: one number each, never given twice. */
function withRealIds(keep: Keep, { changes, newIds }: GroupAnswer): GroupingChanges {
  if (newIds === 0) return changes;
  const first = keep.reservePersonIds(newIds);
  const real = (id: number): number => (id < firstNewId ? id : first + id - firstNewId);
  return {
    ...changes,
    proposals: changes.proposals.map((one) => ({ ...one, personId: real(one.personId) })),
    groups: changes.groups.map((one) => ({
      ...one,
      personId: real(one.personId),
      likely: one.likely === null ? null : { ...one.likely, personId: real(one.likely.personId) },
    })),
    questions: changes.questions.map((one) => ({
      ...one,
      id: one.id
        .split(":")
        .map((id) => real(Number(id)))
        .join(":"),
      a: real(one.a),
      b: real(one.b),
      others: one.others.map((other) => ({ ...other, personId: real(other.personId) })),
    })),
    joined: changes.joined.map((one) => ({ ...one, stayed: real(one.stayed) })),
  };
}
