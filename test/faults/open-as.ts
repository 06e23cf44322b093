/** Opens a library and says what came of it; run as somebody who may not write there. */
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { asProblem } from "../../electron/engine/errors.ts";

try {
  openKeep({ libraryDir: process.argv[2] ?? "" }).close();
  console.log("opened");
} catch (thrown) {
  console.log(asProblem(thrown).code);
}
