import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { embedFace } from "./decisions.ts";
import type { Gate } from "./gate.ts";
import type { House } from "./house.ts";

/**
 * Embeds drawn and imported faces that have no vector of the pack in use: another pack was chosen, `derived.db` was lost, or the photo
 * was away. Answers how many it embedded; the others are tried again with the next reading.
 */
export async function embedMissing(house: House, gate: Gate): Promise<number> {
  let embedded = 0;
  for (const face of house.keep.facesToEmbed(house.packName())) {
    await gate.pass();
    try {
      if (await embedFace(house, face)) embedded += 1;
    } catch (thrown) {
      const problem = asProblem(thrown, face.path);
      if (problem.code === "model-missing" || problem.code === "disk-full") throw problem;
      log("warn", `a drawn face was not embedded: ${problem.message}`);
    }
  }
  return embedded;
}
