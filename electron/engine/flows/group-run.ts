import { createHash } from "node:crypto";
import type { GroupFacts } from "../3-keep/group-reader.ts";
import { likelyText } from "../3-keep/keep-grouping.ts";
import type { GroupingChanges, GroupToKeep, LikelyToKeep, ProposalToKeep, QuestionToKeep } from "../3-keep/shapes.ts";
import { groupFaces } from "../4-group/group-faces.ts";
import { groupRules, type GroupInput, type GroupResult } from "../4-group/group-types.ts";
import type { NeighbourTable } from "../4-group/neighbour-table.ts";
import type { GroupQuestion } from "../4-group/questions.ts";
import { bands } from "../4-group/sureness.ts";
import type { Desk, Shelf } from "./group-desk.ts";
import { firstNewId, type GroupAnswer, type GroupTask } from "./group-task.ts";
import { settings } from "../settings.ts";

/** Groups everything and says what that changes. */
export async function runGrouping(desk: Desk, task: GroupTask): Promise<GroupAnswer> {
  const shelf = desk.shelf(task.pack);
  const facts = desk.reader.facts();
  if (shelf.faceIds.length === 0)
    return {
      changes: { proposals: [], dropped: [], groups: [], ended: [...facts.groups.keys()], questions: [], joined: [] },
      newIds: 0,
      rough: 0,
    };
  let next = firstNewId;
  const input = groupInput(shelf, facts, task, desk.neighbours(shelf), () => next++);
  const mixedBefore = new Map([...facts.groups].map(([id, [mixed]]) => [id, mixed === 1]));
  const mode = task.anew ? "anew" : "grow";
  const said = fingerprint(input, task);
  const onlyNew = !task.anew && desk.onlyNewSince(said, shelf);
  const { exactUpTo } = task;
  const options = { searcher: await desk.searcher(), mode, onlyNew, skip: facts.constraints.skipped, mixedBefore, exactUpTo } as const;
  const result = await groupFaces(input, options);
  desk.remember(shelf, result.neighbours);
  desk.ran(said, shelf);
  const rough = result.neighbours.exact.reduce((sum, exact) => sum + 1 - exact, 0) - result.setAside;
  return { changes: changesOf(shelf, facts, input, result, task.anew), newIds: next - firstNewId, rough };
}

/** Everything that decides who is with whom beside the faces themselves. */
function fingerprint(input: GroupInput, { alpha }: GroupTask): string {
  const mark = createHash("sha1").update(`${input.packKey ?? ""} ${alpha} `);
  mark.update(input.rejected.join(" ")).update(`| ${input.neverMerge.join(" ")} |`);
  mark.update(input.people.map(({ id, state, birthday }) => `${id} ${state} ${birthday}`).join(" "));
  input.confirmed.forEach((person, row) => {
    if (person !== 0) mark.update(`${input.faceIds[row] as number}:${person} `);
  });
  return mark.digest("base64");
}

/** What grouping needs, from what is known. Confirmed faces have no former group: theirs is the person's. */
export function groupInput(
  shelf: Shelf,
  { constraints, birthdays }: GroupFacts,
  task: GroupTask,
  neighbours: NeighbourTable | null,
  nextId: () => number,
): GroupInput {
  const { confirmed, proposed } = constraints;
  return {
    ...shelf,
    sizes: shelf.pixels,
    previous: shelf.faceIds.map((id) => (confirmed.has(id) ? 0 : (proposed.get(id) ?? 0))),
    confirmed: shelf.faceIds.map((id) => confirmed.get(id) ?? 0),
    rejected: constraints.rejected,
    neverMerge: constraints.neverMerge,
    people: constraints.people.map((person) => ({ id: person.id, state: person.state, birthday: birthdays.get(person.id) ?? NaN })),
    nextId,
    calibration: task.calibration,
    alpha: task.alpha,
    neighbours,
    packKey: shelf.pack,
  };
}

/**
 * What is different from what is written down. Proposals of confirmed faces, and of faces that are away, stay as they were: when a
 * decision is taken back or a folder returns, they stand where they stood.
 */
function changesOf(shelf: Shelf, facts: GroupFacts, input: GroupInput, result: GroupResult, anew: boolean): GroupingChanges {
  const proposals: ProposalToKeep[] = [];
  const dropped: number[] = [];
  const living = new Set<number>();
  const joining = new Map(
    anew
      ? []
      : result.retired
          .filter((one) => one.grewTogether && one.faces >= settings.group.toldFrom)
          .map((one) => [one.from, one.into] as const),
  );
  const came = new Map<number, number[]>();
  result.personId.forEach((personId, row) => {
    const faceId = shelf.faceIds[row] ?? 0;
    if (personId !== 0) living.add(personId);
    if (input.confirmed[row] !== 0) return;
    const was = input.previous[row] ?? 0;
    if (was !== 0 && joining.get(was) === personId) came.set(was, [...(came.get(was) ?? []), faceId]);
    const kept = facts.proposals.get(faceId);
    const rule = groupRules[result.rule[row] ?? 0];
    if (personId === 0 || (rule !== "linked" && rule !== "attached")) {
      if (kept) dropped.push(faceId);
      return;
    }
    const alike = result.similarity[row] ?? NaN;
    const lone = Number.isNaN(alike);
    const similarity = lone ? 1 : alike;
    const far = lone ? 0 : (result.far[row] ?? 0);
    const place = lone ? 0 : (result.band[row] ?? 3);
    // Bands are kept from 1 on: 0 is a person's word.
    const same = kept && kept[0] === personId && kept[1] === similarity && kept[2] === far && kept[3] === rule && kept[4] === place + 1;
    if (!same) proposals.push({ faceId, personId, similarity, far, rule, band: bands[place] ?? "guess" });
  });
  return {
    proposals,
    dropped,
    ...groupChanges(facts, result, living),
    questions: result.questions.map((question) => questionOf(question)),
    joined: [...came].map(([gone, faceIds]) => ({ gone, stayed: joining.get(gone) ?? 0, faceIds })),
  };
}

function groupChanges(
  facts: GroupFacts,
  result: GroupResult,
  living: ReadonlySet<number>,
): { readonly groups: readonly GroupToKeep[]; readonly ended: readonly number[] } {
  const likely = likelyOf(result.questions);
  const groups: GroupToKeep[] = [];
  for (const personId of living) {
    const one = { personId, mixed: result.mixed.get(personId) ?? false, likely: likely.get(personId) ?? null };
    const kept = facts.groups.get(personId);
    if (!kept || (kept[0] === 1) !== one.mixed || kept[1] !== likelyText(one.likely)) groups.push(one);
  }
  return { groups, ended: [...facts.groups.keys()].filter((id) => !living.has(id)) };
}

/** For each group who it most likely is: what the questions found. */
function likelyOf(questions: readonly GroupQuestion[]): ReadonlyMap<number, LikelyToKeep> {
  const likely = new Map<number, LikelyToKeep>();
  for (const { a, b, similarity, far, band } of questions)
    if (similarity > (likely.get(a)?.similarity ?? -2)) likely.set(a, { personId: b, similarity, far, band });
  return likely;
}

function questionOf({ key, a, b, similarity, far, band, settles, gain, others }: GroupQuestion): QuestionToKeep {
  const rest = others.map((one) => ({ personId: one.id, similarity: one.similarity, far: one.far, band: one.band }));
  return { id: key, kind: "same-person", a, b, similarity, far, band, settles, gain, others: rest };
}
