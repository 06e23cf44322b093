import { findConflicts, type Conflict } from "../4-group/conflicts.ts";
import type { GroupResult } from "../4-group/group-types.ts";
import { places } from "../4-group/neighbour-table.ts";
import { previewCheck, previewDaring } from "../4-group/preview-effect.ts";
import { addTo, usableRows } from "../4-group/vectors.ts";
import { whyFace } from "../4-group/why-face.ts";
import type { Desk } from "./group-desk.ts";
import { groupInput } from "./group-run.ts";
import type { Answers, PreviewTask, RankTask, Tasks, WhyTask } from "./group-task.ts";

/** The people that each face asked about is most like. */
export async function rankPeople(desk: Desk, { pack, about, most, calibration }: RankTask): Promise<Answers["rank"]> {
  const ranker = await desk.ranker();
  const { shelf, offered } = desk.standing(pack);
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
  const key = `${task.pack} ${change} ${task.alpha}`;
  const input = groupInput(shelf, desk.reader.facts(), task, desk.neighbours(shelf), () => 0);
  const { effect, now } = await previewDaring(input, task.tryDaring, { threads: 1, isCancelled }, asItIs?.key === key ? asItIs.now : null);
  asItIs = { key, now };
  desk.remember(shelf, now.neighbours);
  return { check, daring: effect };
}

/** Everything that does not fit, at most so many of a kind. */
export function conflicts(desk: Desk, { pack, calibration, alpha }: Tasks["conflicts"]): readonly Conflict[] {
  const { shelf, personId, confirmed } = desk.standing(pack);
  const { faceIds, vectors, dimensions, photoIds, takenAt } = shelf;
  if (faceIds.length === 0) return [];
  return findConflicts({
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
  });
}
