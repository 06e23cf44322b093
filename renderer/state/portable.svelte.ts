import { largestPortable, portableText } from "../../electron/contract/portable-text.ts";
import type { ImportResult } from "../../electron/contract/views.ts";
import { asProblemView, ask, onEvent } from "../bridge.ts";
import { t } from "../strings/words.svelte.ts";
import { undo, undoAction } from "./decide.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

/** Milliseconds that a browser gets to take a file before its text is let go. */
const taking = 60_000;

/** Names leaving as a file and coming back, and what the last import came to. */
class Portable {
  busy = $state<"saving" | "taking" | null>(null);
  came = $state.raw<ImportResult | null>(null);
  /** How many photos of a file were looked at so far; null where none is being taken in. */
  progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);

  constructor() {
    onEvent("importing", ({ over, ...progress }) => (this.progress = over ? null : progress));
  }

  /** Hands everything that was said to the browser, or to Electron's own dialog, as one file. */
  async save(): Promise<void> {
    this.busy = "saving";
    try {
      const document = await ask("export", {});
      const { people, photos, albums } = document;
      if (people.length + photos.length + albums.length === 0) {
        toasts.say(t().portable.nothing);
        return;
      }
      const now = new Date();
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
      offer(t().portable.fileName(day), portableText(document));
      toasts.say(t().portable.saved(people.length, photos.length), { tone: "done" });
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
    } finally {
      this.busy = null;
    }
  }

  /** Takes a file in; it is one decision, with its Undo. */
  async take(file: File): Promise<void> {
    this.busy = "taking";
    this.came = null;
    try {
      const document = await read(file);
      if (typeof document === "string") {
        toasts.say(document, { tone: "error" });
        return;
      }
      const result = await ask("import", { document });
      this.came = result;
      const action = result.decisionId === 0 ? null : { ...undoAction(result.decisionId), run: () => void this.takeBack() };
      toasts.say(t().portable.came(result), { tone: "done", action });
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
    } finally {
      this.busy = null;
    }
  }

  /** Takes the last import back. */
  async takeBack(): Promise<void> {
    const result = this.came;
    if (result !== null && (await undo(result.decisionId)) !== null) this.came = null;
  }
}

/** What a file holds, or the sentence that says why it cannot be one of ours. */
async function read(file: File): Promise<object | string> {
  if (file.size > largestPortable) return t().portable.tooLarge;
  try {
    const document: unknown = JSON.parse(await file.text());
    return typeof document === "object" && document !== null ? document : t().portable.notOne;
  } catch {
    return t().portable.notOne;
  }
}

function offer(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), taking);
}

/** The one traffic in names of this window. */
export const portable = new Portable();
