import type { DecisionKind, DecisionPayload } from "../../electron/contract/args.ts";
import type { ProblemView } from "../../electron/contract/problems.ts";
import type { DecisionResult } from "../../electron/contract/views.ts";
import { asProblemView, ask } from "../bridge.ts";
import { namesIn, toldResult } from "../strings/told.ts";
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
  /** What was said of things done before goes: here one answer follows another quickly, and a pile would cover the next question. */
  readonly alone?: boolean;
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
    if (options.alone) toasts.closeDone();
    toasts.say(options.sentence?.(result) ?? toldResult(result), {
      tone: "done",
      action: undoAction(result.decisionId),
      names: namesIn(result.said),
    });
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
/** Takes back a decision and first whatever stands in its way, the latest first; each of them stands in History. `first`: one that does. */
export async function undoWithLater(decisionId: number, first: number): Promise<DecisionResult | null> {
  let later = -1;
  const back = async (id: number): Promise<DecisionResult> => {
    for (;;) {
      try {
        const result = await ask("undo", { decisionId: id });
        later += 1;
        return result;
      } catch (thrown) {
        const { blocked } = asProblemView(thrown);
        if (blocked === undefined || blocked.decisionId === id) throw thrown;
        await back(blocked.decisionId).catch((inner: unknown) => {
          // A taking-back in the way is itself no decision to take back.
          throw asProblemView(inner).code === "nothing-to-undo" ? thrown : inner;
        });
      }
    }
  };
  const both = async (): Promise<DecisionResult> => (await back(first), back(decisionId));
  return taken(both, true, () => t().said.andLater(later));
}
/** Does a taken-back decision again: the last one, or the one named. */
export async function redo(decisionId?: number): Promise<DecisionResult | null> {
  return taken(() => ask("redo", decisionId === undefined ? {} : { decisionId }), false);
}

const listeners = new Set<() => void>();
/** Hears that something was taken back, wherever that was asked for; returns how to stop. */
export function onTakenBack(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function taken(run: () => Promise<DecisionResult>, back: boolean, more = (): string => ""): Promise<DecisionResult | null> {
  try {
    const result = await run();
    if (back) for (const listener of listeners) listener();
    toasts.closeDone();
    toasts.say(toldResult(result) + more(), {
      tone: "done",
      names: namesIn(result.said),
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
