import { describe, expect, it } from "vitest";
import { thumbhashOf } from "../../../electron/engine/1-read/thumbhash-of.ts";
import { blurDistance } from "../../../electron/engine/3-keep/blurs-alike.ts";
import { turnedBlur } from "../../../electron/engine/lib/turned-blur.ts";
import { backTurns, turnedPixels, turnedUnitBox, turnsOf, type Turns } from "../../../electron/engine/lib/turns.ts";
import type { Pixels } from "../../../electron/engine/types.ts";

const quarters: readonly Turns[] = [1, 2, 3];

/** A picture without any symmetry: dark at one corner, red at one side. */
function lopsided(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = x > width * 0.7 ? 240 : 30;
      data[at + 1] = Math.round((255 * y) / height);
      data[at + 2] = x < width / 3 && y < height / 3 ? 0 : 120;
    }
  return { data, width, height };
}

describe("the blur of a turned photo", () => {
  for (const [width, height] of [
    [64, 40],
    [40, 64],
    [64, 64],
    [64, 20],
  ] as const) {
    it(`is that of its turned pixels (${width} × ${height})`, async () => {
      const pixels = lopsided(width, height);
      const blur = await thumbhashOf(pixels);
      for (const turns of quarters) {
        const turned = turnedBlur(blur, turns);
        const real = await thumbhashOf(turnedPixels(pixels, turns));
        expect(turned).not.toBe(blur);
        // The same but for rounding; a square is neither upright nor lying.
        if (width !== height) expect(blurDistance(turned, real)).toBeLessThan(0.6);
        if (width !== height) expect(blurDistance(turnedBlur(turned, turns), real)).toBeGreaterThan(0.6);
        expect(turnedBlur(turned, backTurns(turns))).toBe(blur);
      }
    });
  }
  it("leaves what is no blur as it is", () => expect(turnedBlur("AAAA", 1)).toBe("AAAA"));
});

describe("boxes of a turned photo", () => {
  it("come back by turning back, and go round in four turns", () => {
    const box = [0.1, 0.2, 0.3, 0.15] as const;
    for (const turns of quarters)
      for (const [i, value] of turnedUnitBox(turnedUnitBox(box, turns), backTurns(turns)).entries()) expect(value).toBeCloseTo(box[i] ?? 9);
    expect(turnedUnitBox(box, 1).map((value) => Math.round(value * 100))).toEqual([65, 10, 15, 30]);
    expect([turnsOf(-1), turnsOf(5), turnsOf(4)]).toEqual([3, 1, 0]);
  });
});
