import { describe, expect, it } from "vitest";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { degradeCrop, severe } from "../../models/degrade-crop.ts";
import { readLabels } from "../../models/embed-labelled.ts";

describe("degradeCrop", () => {
  const side = 32;
  const checks = Float32Array.from({ length: 3 * side * side }, (_, i) => (((i % side) + Math.floor(i / side)) % 2 === 0 ? 0.8 : -0.8));

  it("leaves no detail finer than the pixels it went through, and keeps the mean", () => {
    const out = degradeCrop(checks, side, { across: 8, noise: 0, covered: 0 }, seededRandom(1));
    expect(Math.max(...out.map(Math.abs))).toBeLessThan(0.05);
    const slope = Float32Array.from(checks, (_, i) => (i % side) / side - 0.5);
    const soft = degradeCrop(slope, side, { across: 8, noise: 0, covered: 0 }, seededRandom(1));
    expect(soft[5 * side + 16]).toBeCloseTo(slope[5 * side + 16] ?? 0, 1);
  });

  it("adds noise and covers a part, the same for the same seed", () => {
    const flat = new Float32Array(3 * side * side).fill(0.5);
    const spoil = { across: 16, noise: 12.75, covered: 0.5 };
    const out = degradeCrop(flat, side, spoil, seededRandom(3));
    expect(out).toEqual(degradeCrop(flat, side, spoil, seededRandom(3)));
    expect(out.filter((value) => value === 0).length / out.length).toBeCloseTo(0.5, 1);
    const seen = out.filter((value) => value !== 0);
    expect(Math.abs(seen.reduce((sum, value) => sum + value, 0) / seen.length - 0.5)).toBeLessThan(0.02);
    expect(new Set(seen).size).toBeGreaterThan(100);
  });

  it("is severe between 14 and 26 pixels", () => {
    const random = seededRandom(4);
    const all = Array.from({ length: 500 }, () => severe(random));
    expect([Math.min(...all.map(({ across }) => across)), Math.max(...all.map(({ across }) => across))]).toEqual([14, 26]);
  });
});

describe("readLabels", () => {
  it("reads quoted paths and leaves out rows without a person or a box", () => {
    const csv = 'path,person,role,x,y,w,h,box\n"a, ""b"".jpg",Ana,known,1,2,3,4,lfw\nc.jpg,,none,,,,,none\nd.jpg,Ben,known,5,6,7,8,lfw\n';
    expect(readLabels(csv)).toEqual([
      { path: 'a, "b".jpg', person: "Ana", box: [1, 2, 3, 4] },
      { path: "d.jpg", person: "Ben", box: [5, 6, 7, 8] },
    ]);
  });
});
