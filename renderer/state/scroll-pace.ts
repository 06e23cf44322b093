/** More views of a list than this within `span` are fast: nothing can be looked at, and what passes by need not be fetched. */
const fastViews = 1.5;
/** Milliseconds over which the pace is taken. */
const span = 250;
/** Milliseconds without a move after which a list stands. */
const rest = 90;

/**
 * [Note: Calm pictures] While a list flies by, pictures would be asked for that are gone before they come: they delay those that stay, and a
 * browser refuses new ones once some thousands are waiting. So a picture is asked for when its list is slow enough to look at, or stands.
 */
class ScrollPace {
  #moves: { readonly at: number; readonly by: number }[] = [];
  #waiting = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fast = false;

  /** A list moved so many pixels; `view`: its height. `now` in milliseconds. */
  moved(by: number, view: number, now: number = performance.now()): void {
    if (by === 0) return;
    this.#moves.push({ at: now, by: Math.abs(by) });
    this.#moves = this.#moves.filter((move) => now - move.at < span);
    const far = this.#moves.reduce((sum, move) => sum + move.by, 0);
    // A single jump, as to the end, is no flight: where it leads is looked at.
    this.#fast = this.#moves.length > 1 && far > fastViews * Math.max(1, view);
    clearTimeout(this.#timer);
    if (!this.#fast) this.#calm();
    else this.#timer = setTimeout(() => this.#stood(), rest);
  }
  /** Nothing can be looked at now. */
  get fast(): boolean {
    return this.#fast;
  }
  /** Runs at once, or as soon as what is in view can be looked at. Returns how to call it off. */
  whenCalm(run: () => void): () => void {
    if (!this.#fast) {
      run();
      return () => undefined;
    }
    this.#waiting.add(run);
    return () => void this.#waiting.delete(run);
  }

  #stood(): void {
    this.#fast = false;
    this.#moves = [];
    this.#calm();
  }
  #calm(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const run of waiting) run();
  }
}

/** One window has one list that moves at a time. */
export const scrollPace = new ScrollPace();
