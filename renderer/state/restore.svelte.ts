import type { ProblemView } from "../../electron/contract/problems.ts";
import { asProblemView, ask } from "../bridge.ts";
import { whenWords } from "../screens/activity/when.ts";
import { t } from "../strings/words.svelte.ts";
import { library } from "./library.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

/** Puts a copy of the catalogue back (the newest good one without an id), says so, and offers to undo it. Answers what went wrong, or null. */
export async function restoreCopy(id: string | null, when: string): Promise<ProblemView | null> {
  try {
    const { kept } = await ask("backups.restore", id === null ? {} : { id });
    const action =
      kept === null
        ? null
        : { label: t().toast.undo, keys: "", run: () => void restoreCopy(kept.id, whenWords(kept.at, new Date(), t().activity)).then(say) };
    // What was said before is about a catalogue that no longer stands.
    toasts.closeDone();
    toasts.say(t().safety.restored(when), { tone: "done", action });
    await Promise.all([library.refresh(), library.refreshSettings()]);
    return null;
  } catch (thrown) {
    return asProblemView(thrown);
  }
}

/** Begins with an empty catalogue where nothing better is left, and says so. Answers what went wrong, or null. */
export async function startEmpty(): Promise<ProblemView | null> {
  try {
    await ask("library.startEmpty", { confirmed: true });
    toasts.closeDone();
    toasts.say(t().safety.startedEmpty, { tone: "done" });
    await Promise.all([library.refresh(), library.refreshSettings()]);
    return null;
  } catch (thrown) {
    return asProblemView(thrown);
  }
}

function say(problem: ProblemView | null): void {
  if (problem !== null) toasts.problem(problem);
}
