import type { ProblemView } from "../../electron/contract/problems.ts";
import { inWords } from "../strings/problem-words.ts";

/** One message at the lower left. */
export interface Toast {
  readonly id: number;
  readonly sentence: string;
  /** What can be done about it, after the sentence. */
  readonly act: string;
  readonly tone: "done" | "plain" | "error";
  /** Names in the sentence, set apart. */
  readonly names: readonly string[];
  /** A second way on, usually Undo. */
  readonly action: { readonly label: string; readonly keys: string; readonly run: () => void } | null;
}

/** Toasts stay 8 s, longer while looked at; an error stays until closed. */
const STAY_MS = 8000;
/** More than three at once are not read by anybody. */
const MOST = 3;

/** The messages in view, oldest first. */
class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #ids = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(sentence: string, options: Partial<Pick<Toast, "tone" | "action" | "act" | "names">> = {}): number {
    this.#ids += 1;
    const toast: Toast = {
      id: this.#ids,
      sentence,
      act: options.act ?? "",
      tone: options.tone ?? "plain",
      names: options.names ?? [],
      action: options.action ?? null,
    };
    for (const old of this.list.slice(0, Math.max(0, this.list.length + 1 - MOST))) this.close(old.id);
    this.list = [...this.list, toast];
    this.resume(toast.id);
    return toast.id;
  }
  /** A problem in its own words. */
  problem(problem: ProblemView): number {
    const { sentence, act } = inWords(problem);
    return this.say(sentence, { tone: "error", act });
  }
  close(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }
  /** Closes what has been said about things done: one of them was just taken back or done again, so their Undo is out of date. */
  closeDone(): void {
    for (const toast of this.list) if (toast.tone === "done") this.close(toast.id);
  }
  /** Stops the clock while somebody looks at it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
  resume(id: number): void {
    const toast = this.list.find((each) => each.id === id);
    if (toast === undefined || toast.tone === "error") return;
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), STAY_MS),
    );
  }
}

/** The one stack of messages. */
export const toasts = new Toasts();
