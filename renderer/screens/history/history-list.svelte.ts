import type { HistoryEntry } from "../../../electron/contract/views.ts";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import { asProblemView, ask } from "../../bridge.ts";

/** Decisions fetched at once. */
const page = 200;

/** Every decision, newest first, fetched as far as one looks. */
export class HistoryList {
  entries = $state.raw<readonly HistoryEntry[]>([]);
  total = $state(0);
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  #turn = 0;
  #loading = false;

  /** Loads again what was loaded so far. */
  async reload(): Promise<void> {
    this.#turn += 1;
    await this.#fetch(0, Math.max(page, this.entries.length), this.#turn);
  }
  /** Loads the next part, if there is one. */
  async more(): Promise<void> {
    if (this.#loading || this.entries.length >= this.total) return;
    this.#loading = true;
    await this.#fetch(this.entries.length, page, this.#turn);
    this.#loading = false;
  }
  get whole(): boolean {
    return this.ready && this.entries.length >= this.total;
  }

  async #fetch(offset: number, limit: number, turn: number): Promise<void> {
    try {
      const answer = await ask("history", { offset, limit });
      if (turn !== this.#turn) return;
      this.entries = offset === 0 ? answer.items : [...this.entries, ...answer.items];
      this.total = answer.total;
      this.problem = null;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
    this.ready = true;
  }
}
