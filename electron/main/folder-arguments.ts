import { statSync } from "node:fs";
import { resolve } from "node:path";

/** Folders named on the command line (after the app's own path): what is a folder there, without flags. */
export function folderArguments(args: readonly string[], workingDir: string): readonly string[] {
  return args
    .filter((word) => word !== "" && !word.startsWith("-"))
    .map((word) => resolve(workingDir, word))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}
