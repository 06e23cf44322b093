import { describe, expect, it } from "vitest";
import { PairHeap } from "../../../electron/engine/4-group/pair-heap.ts";
import { PairStamps } from "../../../electron/engine/4-group/pair-stamps.ts";
import { seededRandom } from "../../../electron/engine/4-group/random.ts";

describe("PairStamps", () => {
  it("remembers like a map does, through growth and clearing", () => {
    const random = seededRandom(2);
    const stamps = new PairStamps(16);
    const map = new Map<number, number>();
    for (let i = 0; i < 40_000; i++) {
      const pair = Math.floor(random() * 300) * 1_000_000 + Math.floor(random() * 300);
      const stamp = Math.floor(random() * 3);
      expect(stamps.seen(pair, stamp)).toBe(map.get(pair) === stamp);
      map.set(pair, stamp);
      if (i === 20_000) {
        stamps.clear();
        map.clear();
      }
    }
  });
});

describe("PairHeap", () => {
  it("gives the largest first, equal ones by the lower pair", () => {
    const random = seededRandom(3);
    const heap = new PairHeap();
    const all = Array.from(
      { length: 2000 },
      () => [Math.floor(random() * 20), Math.floor(random() * 50), Math.floor(random() * 50)] as const,
    );
    for (const [key, a, b] of all) heap.push(key, a, b, 0);
    const sorted = [...all].sort((x, y) => y[0] - x[0] || x[1] - y[1] || x[2] - y[2]);
    const popped = sorted.map(() => {
      const { key, a, b } = heap.pop();
      return [key, a, b];
    });
    expect(popped).toEqual(sorted.map((one) => [...one]));
    expect(heap.size).toBe(0);
    expect(heap.topKey).toBe(-Infinity);
  });
});
