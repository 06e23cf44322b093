import type { Conflict } from "../4-group/conflict-types.ts";
import { findConflicts } from "../4-group/conflicts.ts";
import type { GroupResult } from "../4-group/group-types.ts";
import { places } from "../4-group/neighbour-table.ts";
import { previewCheck, previewDaring } from "../4-group/preview-effect.ts";
import { suggestFaces } from "../4-group/suggest-faces.ts";
import type { Steps } from "../4-group/steps.ts";
import { addTo, usableRows } from "../4-group/vectors.ts";
import { whyFace } from "../4-group/why-face.ts";
import { asProblem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { Desk } from "./group-desk.ts";
import { groupInput } from "./group-run.ts";
import type {
  Answers,
  ConflictsAnswer,
  ConflictsTask,
  PreviewTask,
  RankTask,
  SuggestAnswer,
  SuggestTask,
  WhyTask,
  WithPack,
} from "./group-task.ts";

/** The people that each face asked about is most like. */
export async function rankPeople(desk: Desk, { pack, about, most, calibration }: RankTask): Promise<Answers["rank"]> {
  const ranker = await desk.ranker();
  const { shelf, offered } = desk.lastStanding(pack);
  const { vectors, dimensions: d } = shelf;
  const placeOf = places(shelf.faceIds);
  const asked = about.map((one) => {
    if (one instanceof Float32Array) return one.length === d ? one : null;
    const rows = one.map(placeOf).filter((row) => row >= 0);
    if (rows.length === 0) return null;
    // Not scaled to unit length: a cosine with the sum is then the mean of the faces' cosines.
    const mean = new Float32Array(d);
    for (const row of rows) addTo(mean, 0, vectors, row * d, d, 1 / rows.length);
    return mean;
  });
  const known = asked.filter((one) => one !== null);
  const faces = new Float32Array(known.length * d);
  known.forEach((one, at) => faces.set(one, at * d));
  const ranked = await ranker.rankPeople({ faces, vectors, dimensions: d, owner: offered, calibration, most });
  let next = 0;
  return asked.map((one) => (one === null ? null : (ranked[next++] ?? [])));
}

/** Why a face stands where it does. */
export function whyOf(desk: Desk, { pack, faceId, calibration }: WhyTask): Answers["why"] {
  const { shelf, personId, confirmed, silent } = desk.standing(pack);
  const row = places(shelf.faceIds)(faceId);
  if (row < 0) return null;
  const { faceIds, vectors, dimensions } = shelf;
  return whyFace({ faceIds, vectors, dimensions, personId, confirmed, calibration, row, rule: "none", silent });
}

/** The last preview's grouping of everything as it is, for as long as nothing changes. */
let asItIs: { readonly key: string; readonly now: GroupResult } | null = null;

/** What moving the sliders would do. */
export async function preview(desk: Desk, task: PreviewTask, isCancelled: () => boolean): Promise<Answers["preview"]> {
  const { shelf, far, change } = desk.standing(task.pack);
  const check = task.tryCheckAbove === null ? null : previewCheck(shelf.faceIds, far, task.checkAbove, task.tryCheckAbove);
  if (task.tryDaring === null || shelf.faceIds.length === 0) return { check, daring: null };
  const key = `${task.pack} ${change} ${task.alpha} ${desk.pieces}`;
  const input = groupInput(shelf, desk.reader.facts(), task, desk.neighbours(shelf), () => 0);
  const { effect, now } = await previewDaring(
    input,
    task.tryDaring,
    { searcher: await desk.searcher(), isCancelled, exactUpTo: task.exactUpTo },
    asItIs?.key === key ? asItIs.now : null,
  );
  asItIs = { key, now };
  desk.remember(shelf, now.neighbours);
  return { check, daring: effect };
}

/** One piece of finishing coarse neighbours. */
export async function finish(desk: Desk, { pack }: WithPack, steps: Steps): Promise<Answers["finish"]> {
  try {
    const some = await desk.finish(pack, settings.group.finish.rows, steps);
    return some === null ? "group-first" : { finished: some.faces.length, left: some.left, all: some.all };
  } catch (thrown) {
    if (asProblem(thrown).code === "cancelled") return "gave-way";
    throw thrown;
  }
}

/** What does not fit, without what somebody left as it is. */
export async function conflicts(desk: Desk, task: ConflictsTask): Promise<ConflictsAnswer> {
  const { pack, calibration, alpha } = task;
  const metric = task.learned ? await desk.metric(pack) : null;
  const { shelf, personId, confirmed } = desk.standing(pack);
  const { faceIds, vectors, dimensions, photoIds, takenAt } = shelf;
  if (faceIds.length === 0) return { total: 0, items: [] };
  const found = findConflicts({
    faceIds,
    vectors,
    dimensions,
    usable: usableRows(vectors, dimensions),
    personId,
    confirmed,
    photoIds,
    takenAt,
    people: desk.reader.people(),
    neverMerge: desk.reader.neverMerge(),
    calibration,
    alpha,
    map: metric?.used === true ? metric.map : null,
  });
  const left = desk.reader.skipped();
  const open = found.map((one) => ({ ...one, id: nameOf(one) })).filter(({ id }) => !left.has(id));
  return { total: open.length, items: open.slice(task.offset, task.offset + task.limit) };
}

function nameOf(conflict: Conflict): string {
  switch (conflict.kind) {
    case "twice-in-photo":
      return `twice:${conflict.personId}:${conflict.photoId}`;
    case "before-birth":
      return `born:${conflict.personId}:${conflict.face}`;
    case "more-like-another":
      return `other:${conflict.personId}:${conflict.otherId}:${conflict.face}`;
    case "far-from-everyone":
      return `far:${conflict.personId}:${conflict.face}`;
    case "look-like-one":
      return `one:${conflict.people.join(":")}`;
  }
}

/**
 * Faces that may be this person and are nobody's yet, most certain first. Who the person is, and whether a face is still to be had,
 * is looked up as it is now; the rest may be a moment old, so that nobody waits for a hundred thousand rows.
 */
export async function suggest(desk: Desk, { pack, calibration, personId, most }: SuggestTask): Promise<SuggestAnswer> {
  const ranker = await desk.ranker();
  const { shelf, personId: owner, confirmed } = desk.lastStanding(pack);
  const { faceIds, vectors, dimensions } = shelf;
  const own = desk.reader.membersOf(personId);
  const placeOf = places(faceIds);
  const rowsOf = (ids: readonly number[]): number[] =>
    ids.map(placeOf).filter((row) => row >= 0 && !Number.isNaN(vectors[row * dimensions]));
  const [said, members] = [rowsOf(own.confirmed), rowsOf(own.all)];
  const skip = confirmed.slice();
  for (const row of members) skip[row] = 1;
  const faces = await suggestFaces(ranker, await desk.searcher(), {
    members,
    spoken: said.length > 0 ? said : members,
    faceIds,
    vectors,
    dimensions,
    owner,
    ...desk.worth(shelf, calibration),
    calibration,
    skip,
    open: (ids) => desk.reader.openFor(personId, ids),
  });
  return { total: faces.length, faces: faces.slice(0, most) };
}
