import { overlap } from "../lib/boxes.ts";
import { settings } from "../settings.ts";
import type { UnitBox } from "../types.ts";

interface Boxed {
  readonly box: UnitBox;
}

/** Pairs faces of two readings of one photo by overlap (IoU), best first. Answers, for each of `fresh`, the index in `old` or null. */
export function matchByOverlap(old: readonly Boxed[], fresh: readonly Boxed[]): readonly (number | null)[] {
  return matchGreedily(old, fresh, (a, b) => overlap(a.box, b.box), settings.same.faceOverlap);
}

/** Greedy pairing by falling `score`, each side once, from `least` up. */
export function matchGreedily<A, B>(
  old: readonly A[],
  fresh: readonly B[],
  score: (a: A, b: B) => number,
  least: number,
): readonly (number | null)[] {
  const pairs = old.flatMap((a, i) => fresh.map((b, j) => ({ i, j, score: score(a, b) }))).filter((pair) => pair.score >= least);
  pairs.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j);
  const taken = new Set<number>();
  const found: (number | null)[] = fresh.map(() => null);
  for (const { i, j } of pairs) {
    if (taken.has(i) || found[j] !== null) continue;
    taken.add(i);
    found[j] = i;
  }
  return found;
}
