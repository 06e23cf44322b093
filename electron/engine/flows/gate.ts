import { Problem } from "../errors.ts";

/** Lets work through, holds it while paused, and turns it away once cancelled. */
export class Gate {
  #open: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;
  #cancelled = false;

  get paused(): boolean {
    return this.#release !== null;
  }
  get cancelled(): boolean {
    return this.#cancelled;
  }

  pause(): void {
    if (this.#release) return;
    this.#open = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  resume(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Everything that waits, or comes later, is turned away with `cancelled`. */
  cancel(): void {
    this.#cancelled = true;
    this.resume();
  }

  /** Resolves when work may go on; rejects with `cancelled`. */
  async pass(): Promise<void> {
    await this.#open;
    if (this.#cancelled) throw new Problem("cancelled");
  }
}
