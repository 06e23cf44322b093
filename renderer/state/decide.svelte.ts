import type { DecisionKind, DecisionPayload } from "../../electron/contract/args.ts";
import type { ProblemView } from "../../electron/contract/problems.ts";
import type { DecisionResult } from "../../electron/contract/views.ts";
import { asProblemView, ask } from "../bridge.ts";
import { toldResult } from "../strings/told.ts";
import { t } from "../strings/words.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

/** What is being saved right now. Not blocking: nothing waits for it on the screen. */
class Saving {
  count = $state(0);
}
export const saving = new Saving();

interface Options {
  /** Called with a problem instead of showing it in a toast. */
  readonly onProblem?: (problem: ProblemView) => void;
  /** Replaces the engine's sentence in the toast. */
  readonly sentence?: (result: DecisionResult) => string;
}

/** Records a decision, says what happened and offers Undo. Null when it was refused (the refusal has been said). */
export async function decide<K extends DecisionKind>(
  kind: K,
  payload: DecisionPayload<K>,
  options: Options = {},
): Promise<DecisionResult | null> {
  saving.count += 1;
  try {
    const result = await ask("decide", { kind, payload });
    toasts.say(options.sentence?.(result) ?? toldResult(result), { tone: "done", action: undoAction(result.decisionId) });
    return result;
  } catch (thrown) {
    const problem = asProblemView(thrown);
    if (options.onProblem) options.onProblem(problem);
    else toasts.problem(problem);
    return null;
  } finally {
    saving.count -= 1;
  }
}

/** The Undo of a toast, for one decision. */
export function undoAction(decisionId: number): { readonly label: string; readonly keys: string; readonly run: () => void } {
  return { label: t().toast.undo, keys: "Ctrl+Z", run: () => void undo(decisionId) };
}

/** Takes back the last decision, or the one named. */
export async function undo(decisionId?: number): Promise<DecisionResult | null> {
  return taken(() => ask("undo", decisionId === undefined ? {} : { decisionId }), true);
}
/** Does the last taken-back decision again. */
export async function redo(): Promise<DecisionResult | null> {
  return taken(() => ask("redo", {}), false);
}

async function taken(run: () => Promise<DecisionResult>, back: boolean): Promise<DecisionResult | null> {
  try {
    const result = await run();
    toasts.closeDone();
    toasts.say(toldResult(result), {
      tone: "done",
      action: back ? { label: t().toast.redo, keys: "Ctrl+Shift+Z", run: () => void redo() } : undoAction(result.decisionId),
    });
    return result;
  } catch (thrown) {
    const problem = asProblemView(thrown);
    // Having nothing to take back is no problem, only an answer.
    if (problem.code === "nothing-to-undo" || problem.code === "nothing-to-redo") toasts.say(problem.sentence);
    else toasts.problem(problem);
    return null;
  }
}
