import { setTimeout as wait } from "node:timers/promises";
import { openKeep } from "../../../electron/engine/3-keep/keep.ts";
import { GroupThread } from "../../../electron/engine/flows/group-thread.ts";

/** Starts and ends the grouping thread at ever other moments of its start and of its work; prints how often it lived through that. */
const [libraryDir = "", rounds = "0"] = process.argv.slice(2);
openKeep({ libraryDir }).close();
let ended = 0;
for (let round = 0; round < Number(rounds); round++) {
  const thread = new GroupThread(libraryDir);
  const answer = thread.ask("warm", { pack: "test-pack" }).catch(() => null);
  await wait((round * 37) % 600);
  await thread.close();
  await answer;
  ended += 1;
}
process.stdout.write(`${ended}\n`);
