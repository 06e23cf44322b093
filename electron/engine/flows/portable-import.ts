import type { ImportResult } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import type { IncomingFace } from "../5-decide/incoming.ts";
import { asProblem } from "../errors.ts";
import { atOnce, inTurns, type InSteps } from "../lib/in-turns.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";
import { embedFace, lookAgain, settle } from "./decisions.ts";
import type { House } from "./house.ts";
import { parsePortable } from "./portable-parse.ts";
import { prepareFile, prepareShare, type Prepared, type Taken } from "./portable-take.ts";

/**
 * [Note: Import] A portable file comes in as one decision of kind `import`, whose payload keeps the file, who its people are here, and
 * the photos that have had their share. Photos that are read later get theirs then, as a `carry` that names the import; what was taken
 * back once is not given again. Taking back the import takes its shares along and ends that; doing it again brings them back.
 */
export async function importDecisions(house: House, given: unknown): Promise<ImportResult> {
  const document = parsePortable(given);
  const { keep } = house;
  const total = document.photos.length;
  house.emit("importing", { done: 0, total, over: false });
  try {
    keepWhatStands(keep);
    const { applied, faces, ...counts } = await inOneWrite(keep, () => prepareFile(keep, document), tell(house, total));
    await embedEach(house, faces);
    return { ...(await settle(house, "import", applied)), ...counts };
  } finally {
    house.emit("importing", { done: total, total, over: true });
  }
}

/** Gives photos that were read since an import their share of it. Answers the faces concerned. */
export async function giveLateShares(house: House): Promise<number> {
  const { keep } = house;
  let changed = 0;
  for (const { decisionId, people } of keep.reads.imports()) {
    const share = await inOneWrite(keep, () => prepareShare(keep, decisionId, people));
    if (share === null) continue;
    changed += share.applied.changed;
    await embedEach(house, share.faces);
    await lookAgain(house, "carry", share.applied);
    if (share.applied.decisionId > 0) house.emit("changed", { what: ["people", "photos", "history"], personIds: share.applied.personIds });
  }
  return changed;
}

/** A copy of what stands before; see [Note: Late copies]. */
function keepWhatStands(keep: Keep): void {
  keep.backupLater("before-import").catch((thrown: unknown) => log("warn", `no copy before an import: ${asProblem(thrown).message}`));
}

/**
 * Finds out in turns what there is to do, so that everybody else is answered meanwhile, and does it in one write: one decision, that can be
 * taken back. Where somebody decided something in between, it is found out again, at once.
 */
async function inOneWrite<T extends Taken | null>(
  keep: Keep,
  steps: () => InSteps<Prepared<NonNullable<T>> | (T & null)>,
  onStep?: (done: number) => void,
): Promise<T> {
  const before = keep.lastDecision;
  const found = await inTurns(steps(), settings.patience.turn, onStep);
  return keep.batch(() => (keep.lastDecision === before ? found : atOnce(steps()))?.write() ?? (null as T));
}

/** Says how many photos of a file were looked at, not more than four times a second. */
function tell(house: House, total: number): (done: number) => void {
  let last = 0;
  return (done) => {
    const now = Date.now();
    if (now - last < settings.patience.tellEvery) return;
    last = now;
    house.emit("importing", { done, total, over: false });
  };
}

/** Drawn faces can be compared once they are embedded; a photo that cannot be opened now keeps its face without that. */
async function embedEach(house: House, faces: readonly IncomingFace[]): Promise<void> {
  const drawn = new Set(faces.filter(({ draw, move }) => draw !== null || move !== null).map(({ faceId }) => faceId));
  if (drawn.size === 0) return;
  for (const face of house.keep.facesToEmbed(house.packName())) {
    if (!drawn.has(face.faceId)) continue;
    try {
      await embedFace(house, face);
    } catch (thrown) {
      log("warn", `a drawn face was not embedded: ${asProblem(thrown).message}`);
    }
  }
}
