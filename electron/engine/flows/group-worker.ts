import { parentPort } from "node:worker_threads";
import type { GroupingToKeep, LikelyToKeep, ProposalToKeep, QuestionToKeep } from "../3-keep/shapes.ts";
import { groupFaces } from "../4-group/group-faces.ts";
import { groupRules, type GroupInput, type GroupResult } from "../4-group/group-types.ts";
import type { GroupQuestion } from "../4-group/questions.ts";
import { bands } from "../4-group/sureness.ts";
import { asProblem } from "../errors.ts";
import type { GroupAnswer, GroupTask } from "./group-task.ts";

/** Turns faces and what people said into proposals, on a thread of its own. */
function inputOf(task: GroupTask): GroupInput {
  const { faces, constraints, birthdays } = task;
  let next = task.firstId;
  return {
    faceIds: faces.faceIds,
    vectors: faces.vectors,
    dimensions: faces.dimensions,
    norms: faces.norms,
    sizes: faces.pixels,
    scores: faces.scores,
    photoIds: faces.photoIds,
    takenAt: task.takenAt,
    previous: Int32Array.from(faces.faceIds, (id) => constraints.proposed.get(id) ?? 0),
    confirmed: Int32Array.from(faces.faceIds, (id) => constraints.confirmed.get(id) ?? 0),
    rejected: constraints.rejected,
    neverMerge: constraints.neverMerge,
    people: constraints.people.map((person) => ({ id: person.id, state: person.state, birthday: birthdays.get(person.id) ?? NaN })),
    nextId: () => next++,
    calibration: task.calibration,
    alpha: task.alpha,
    packKey: faces.pack,
  };
}

function groupingOf(task: GroupTask, result: GroupResult, mixed: ReadonlyMap<number, boolean>): GroupingToKeep {
  const proposals: ProposalToKeep[] = [];
  const groupIds = new Set<number>();
  result.personId.forEach((personId, row) => {
    const rule = groupRules[result.rule[row] ?? 0];
    if (personId === 0) return;
    groupIds.add(personId);
    if (rule !== "linked" && rule !== "attached") return;
    const similarity = result.similarity[row] ?? NaN;
    const far = result.far[row] ?? NaN;
    proposals.push({
      faceId: task.faces.faceIds[row] ?? 0,
      personId,
      similarity: Number.isNaN(similarity) ? 1 : similarity,
      far: Number.isNaN(far) ? 0 : far,
      rule,
      band: bands[Number.isNaN(similarity) ? 0 : (result.band[row] ?? 3)] ?? "guess",
    });
  });
  const likely = likelyOf(result.questions);
  return {
    proposals,
    groups: [...groupIds].map((personId) => ({
      personId,
      mixed: mixed.get(personId) ?? false,
      likely: likely.get(personId)?.[0] ?? null,
    })),
    questions: result.questions.map((question) => questionOf(question)),
  };
}

/** For each group, who it may be, most alike first: what the questions found. */
function likelyOf(questions: readonly GroupQuestion[]): Map<number, LikelyToKeep[]> {
  const likely = new Map<number, LikelyToKeep[]>();
  for (const { a, b, similarity, far, band } of questions) {
    likely.set(
      a,
      [...(likely.get(a) ?? []), { personId: b, similarity, far, band }].toSorted((x, y) => y.similarity - x.similarity),
    );
  }
  return likely;
}

function questionOf(question: GroupQuestion): QuestionToKeep {
  const { a, b, similarity, far, band, settles, gain } = question;

  return {
    id: question.key,
    kind: "same-person",
    a,
    b,
    similarity,
    far,
    band,
    settles,
    gain,
    others: question.others.map((one) => ({ personId: one.id, similarity: one.similarity, far: one.far, band: one.band })),
  };
}

/** What the last run of this thread found: neighbours and mixed groups, so that the next one only looks at what is new. */
let before: { readonly pack: string; readonly result: GroupResult } | null = null;

async function work(task: GroupTask): Promise<GroupAnswer> {
  const last = before?.pack === task.faces.pack ? before.result : null;
  const result = await groupFaces(
    { ...inputOf(task), neighbours: last?.neighbours ?? null },
    { threads: 1, mode: task.anew ? "anew" : "grow", skip: task.constraints.skipped, mixedBefore: mixedKept(last) },
  );
  before = { pack: task.faces.pack, result: { ...result, mixed: new Map([...mixedKept(last), ...result.mixed]) } };
  const retired = result.retired.filter((one) => one.grewTogether).map(({ from, into }) => ({ from, into }));
  return { grouping: groupingOf(task, result, before.result.mixed), retired };
}

function mixedKept(last: GroupResult | null): ReadonlyMap<number, boolean> {
  return last?.mixed ?? new Map();
}

parentPort?.on("message", (task: GroupTask) => {
  work(task).then(
    (ok) => parentPort?.postMessage({ ok }),
    (thrown: unknown) => parentPort?.postMessage({ problem: asProblem(thrown).view() }),
  );
});
