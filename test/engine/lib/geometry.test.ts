import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlap, shareInside, toPixelBox, toUnitBox } from "../../../electron/engine/lib/boxes.ts";
import { inverse, mapped, scaleOf, similarity, type Matrix } from "../../../electron/engine/lib/similarity.ts";
import { turnedPixels, unturnedBox, unturnedPoints } from "../../../electron/engine/lib/turns.ts";
import { dot, length, normalised } from "../../../electron/engine/lib/vectors.ts";
import type { FivePoints, Point } from "../../../electron/engine/types.ts";

const face: FivePoints = [
  [38, 52],
  [74, 51],
  [56, 72],
  [42, 92],
  [71, 92],
];
function through(matrix: Matrix, points: FivePoints): FivePoints {
  const by = (point: Point): Point => mapped(matrix, point);
  return [by(points[0]), by(points[1]), by(points[2]), by(points[3]), by(points[4])];
}

describe("similarity", () => {
  it("finds the turn, scale and shift that points went through", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: -500, max: 500, noNaN: true }),
        (angle, scale, shift) => {
          const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
          const matrix: Matrix = [cos, -sin, shift, sin, cos, -shift];
          const found = similarity(face, through(matrix, face));
          expect(found).not.toBeNull();
          found?.forEach((value, index) => expect(value).toBeCloseTo(matrix[index] ?? Number.NaN, 5));
          expect(found ? scaleOf(found) : 0).toBeCloseTo(scale, 5);
        },
      ),
    );
  });
  it("never mirrors: a mirrored face is fitted by a turn", () => {
    const mirrored = through([-1, 0, 112, 0, 1, 0], face);
    const found = similarity(mirrored, face);
    expect(found && found[0] * found[4] - found[1] * found[3]).toBeGreaterThan(0);
  });
  it("is null for points that fall together or are not numbers", () => {
    const spot: Point = [10, 10];
    expect(similarity([spot, spot, spot, spot, spot], face)).toBeNull();
    expect(similarity([[Number.NaN, 1], spot, [3, 4], [5, 6], [90, 8]], face)).toBeNull();
  });
  it("has an inverse", () => {
    const matrix: Matrix = [2, -0.5, 7, 0.5, 2, -3];
    const [x, y] = mapped(inverse(matrix), mapped(matrix, [12, 34]));
    expect(x).toBeCloseTo(12, 9);
    expect(y).toBeCloseTo(34, 9);
  });
});

describe("boxes", () => {
  it("overlap is 1 for the same box, 0 for apart, a third for half shifted", () => {
    expect(overlap([3, 4, 10, 20], [3, 4, 10, 20])).toBe(1);
    expect(overlap([0, 0, 1, 1], [2, 2, 1, 1])).toBe(0);
    expect(overlap([0, 0, 2, 1], [1, 0, 2, 1])).toBeCloseTo(1 / 3, 12);
    expect(shareInside([0, 0, 2, 1], [1, 0, 5, 5])).toBeCloseTo(0.5, 12);
  });
  it("unit boxes are cut at the photo's edge and go back", () => {
    toUnitBox([-10, 10, 30, 20], 100, 50).forEach((value, index) => expect(value).toBeCloseTo([0, 0.2, 0.2, 0.4][index] ?? 0, 12));
    expect(toPixelBox([0.25, 0.5, 0.5, 0.25], 200, 100)).toEqual([50, 50, 100, 25]);
  });
});

describe("quarter turns", () => {
  // 3 x 2 pixels numbered 1..6 by their red value.
  const data = new Uint8Array(18);
  for (let i = 0; i < 6; i++) data[i * 3] = i + 1;
  const picture = { data, width: 3, height: 2 };
  const reds = (turns: 0 | 1 | 2 | 3) => {
    const turned = turnedPixels(picture, turns);
    return [turned.width, turned.height, ...Array.from({ length: 6 }, (_, i) => turned.data[i * 3])];
  };
  it("turns clockwise", () => {
    expect(reds(1)).toEqual([2, 3, 4, 1, 5, 2, 6, 3]);
    expect(reds(2)).toEqual([3, 2, 6, 5, 4, 3, 2, 1]);
    expect(reds(3)).toEqual([2, 3, 3, 6, 2, 5, 1, 4]);
  });
  it("boxes and points of a turned picture lie on the same pixel before", () => {
    for (const turns of [0, 1, 2, 3] as const) {
      const turned = turnedPixels(picture, turns);
      const at = Array.from({ length: 6 }, (_, i) => i).find((i) => turned.data[i * 3] === 6) ?? -1;
      const spot: Point = [at % turned.width, Math.floor(at / turned.width)];
      expect(unturnedBox([spot[0], spot[1], 1, 1], turns, 3, 2)).toEqual([2, 1, 1, 1]);
      expect(unturnedPoints([spot, spot, spot, spot, spot], turns, 3, 2)[0]).toEqual([2, 1]);
    }
  });
});

describe("vectors", () => {
  it("unit vectors have length 1 and keep their direction", () => {
    const unit = normalised(Float32Array.of(3, 4));
    expect(unit && length(unit)).toBeCloseTo(1, 6);
    expect(unit && dot(unit, Float32Array.of(3, 4))).toBeCloseTo(5, 5);
  });
  it("there is none of nothing, or of what is not a number", () => {
    expect(normalised(new Float32Array(4))).toBeNull();
    expect(normalised(Float32Array.of(1, Number.NaN))).toBeNull();
    expect(normalised(Float32Array.of(1, Number.POSITIVE_INFINITY))).toBeNull();
  });
});
