import type { Point } from "./zoom.ts";

/** What two fingers did since one of them was last heard of: about `middle` they went apart by `factor` (1: not at all), and both by `dx`, `dy`. */
export interface Pinch {
  readonly factor: number;
  readonly middle: Point;
  readonly dx: number;
  readonly dy: number;
}

/** Fingers on a touch screen, in pixels of one place that stays. A third one is not heard. */
export class TwoFingers {
  readonly #at = new Map<number, Point>();

  /** Both are there: what they do is no press and no drag. */
  get both(): boolean {
    return this.#at.size === 2;
  }
  down(finger: number, at: Point): void {
    if (!this.both) this.#at.set(finger, at);
  }
  up(finger: number): void {
    this.#at.delete(finger);
  }
  /** Null until there are two, and for a finger that is not one of them. */
  move(finger: number, at: Point): Pinch | null {
    const before = this.#at.get(finger);
    if (before === undefined) return null;
    this.#at.set(finger, at);
    const other = [...this.#at].find(([id]) => id !== finger)?.[1];
    if (other === undefined) return null;
    // Fingers that lie on one another say nothing of how far they are apart.
    const apart = (a: Point): number => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    return { factor: apart(at) / apart(before), middle, dx: (at.x - before.x) / 2, dy: (at.y - before.y) / 2 };
  }
}
