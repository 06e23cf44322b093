import type { ProblemView } from "../../electron/contract/problems.ts";
import { deProblems } from "./de-problems.ts";
import { toldBlocked } from "./told.ts";
import { spoken } from "./words.svelte.ts";

/** A problem in the chosen language: by its code, and in the engine's own sentence where there is none. */
export function inWords(problem: ProblemView): ProblemView {
  const words = spoken() === "de" ? deProblems[problem.code] : undefined;
  const said = words === undefined ? problem : { ...problem, sentence: words[0], act: words[1] };
  // What stands in the way is data, and says more than the general sentence.
  return problem.blocked === undefined ? said : { ...said, sentence: toldBlocked(problem.blocked, problem.code === "redo-blocked") };
}
