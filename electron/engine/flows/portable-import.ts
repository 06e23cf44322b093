import type { ImportResult } from "../../contract/views.ts";
import type { IncomingFace } from "../5-decide/incoming.ts";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { embedDrawn, lookAgain, settle } from "./decisions.ts";
import type { House } from "./house.ts";
import { parsePortable } from "./portable-parse.ts";
import { giveShare, takeIn } from "./portable-take.ts";

/**
 * [Note: Import] A portable file comes in as one decision of kind `import`, whose payload keeps the file, who its people are here, and
 * the photos that have had their share. Photos that are read later get theirs then, as a `carry` that names the import; what was taken
 * back once is not given again. Taking back the import takes its shares along and ends that; doing it again brings them back.
 */
export async function importDecisions(house: House, given: unknown): Promise<ImportResult> {
  const document = parsePortable(given);
  const { keep } = house;
  keep.backup("before-import");
  const { applied, faces, ...counts } = keep.batch(() => takeIn(keep, document));
  await embedEach(house, faces);
  return { ...(await settle(house, "import", applied)), ...counts };
}

/** Gives photos that were read since an import their share of it. Answers the faces concerned. */
export async function giveLateShares(house: House): Promise<number> {
  const { keep } = house;
  let changed = 0;
  for (const { decisionId, people } of keep.reads.imports()) {
    const share = keep.batch(() => giveShare(keep, decisionId, people));
    if (share === null) continue;
    changed += share.applied.changed;
    await embedEach(house, share.faces);
    await lookAgain(house, "carry", share.applied);
    if (share.applied.decisionId > 0) house.emit("changed", { what: ["people", "photos", "history"], personIds: share.applied.personIds });
  }
  return changed;
}

/** Drawn faces can be compared once they are embedded; a photo that cannot be opened now keeps its face without that. */
async function embedEach(house: House, faces: readonly IncomingFace[]): Promise<void> {
  for (const { faceId, draw, move } of faces) {
    if (draw === null && move === null) continue;
    try {
      await embedDrawn(house, [faceId]);
    } catch (thrown) {
      log("warn", `a drawn face was not embedded: ${asProblem(thrown).message}`);
    }
  }
}
