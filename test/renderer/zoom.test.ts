import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeAnyway, placeLabels, type Rect } from "../../renderer/screens/photo/place-labels.ts";
import { fitView, panView, toggleFullSize, zoomView } from "../../renderer/screens/photo/zoom.ts";

const stage = { width: 1000, height: 700 };
const picture = { width: 4000, height: 3000 };

describe("a photo on its stage", () => {
  it("is fitted with its margin and in the middle", () => {
    const view = fitView(picture, stage, 24);
    expect(view.scale * picture.height).toBeCloseTo(stage.height - 48);
    expect(view.x * 2 + view.scale * picture.width).toBeCloseTo(stage.width);
  });

  it("is not blown up beyond twice its size", () => {
    expect(fitView({ width: 100, height: 50 }, stage, 24).scale).toBe(2);
  });

  it("keeps the point under the pointer while zooming in, as long as edges allow", () => {
    const before = zoomView(fitView(picture, stage, 24), 4, { x: 500, y: 350 }, picture, stage, 24);
    const at = { x: 400, y: 300 };
    const after = zoomView(before, 1.5, at, picture, stage, 24);
    expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
    expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale);
  });

  it("never leaves the stage and never gets smaller than fitted, whatever is done", () => {
    const step = fc.record({
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      x: fc.integer({ min: 0, max: 1000 }),
      y: fc.integer({ min: 0, max: 700 }),
      dx: fc.integer({ min: -5000, max: 5000 }),
      dy: fc.integer({ min: -5000, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const fit = fitView(picture, stage, 24);
        let view = fit;
        for (const s of steps) {
          view = panView(zoomView(view, s.factor, s, picture, stage, 24), s.dx, s.dy, picture, stage, 24);
          expect(view.scale).toBeGreaterThanOrEqual(fit.scale - 1e-9);
          expect(view.scale).toBeLessThanOrEqual(8);
          const right = view.x + view.scale * picture.width;
          expect(view.x).toBeLessThan(stage.width / 2);
          expect(right).toBeGreaterThan(stage.width / 2);
        }
      }),
    );
  });

  it("goes to full size and back to fit", () => {
    const fit = fitView(picture, stage, 24);
    const full = toggleFullSize(fit, picture, stage, 24);
    expect(full.scale).toBeCloseTo(1);
    expect(toggleFullSize(full, picture, stage, 24)).toEqual(fit);
  });
});

describe("names of faces", () => {
  const label = [{ width: 80, height: 20 }];
  const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  it("stand under the box, or above it when there is no room below", () => {
    const [under, above] = placeLabels(
      [
        { x: 100, y: 100, width: 60, height: 80 },
        { x: 500, y: 600, width: 60, height: 95 },
      ],
      [label, label],
      stage,
    );
    expect(under).toMatchObject({ x: 90, y: 185 });
    expect(above?.y).toBe(575);
  });

  it("are shortened where there is no room for the whole, and left out where there is none at all", () => {
    // Three rows of three, shoulder to shoulder, and the middle one is walled in.
    const boxes = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => ({ x: 300 + column * 62, y: 200 + row * 62, width: 60, height: 60 })),
    );
    const long = [
      { width: 1200, height: 20 },
      { width: 40, height: 20 },
    ];
    const labels = placeLabels(
      boxes,
      boxes.map(() => long),
      stage,
    );
    expect(labels[4]).toBeNull();
    expect(labels.filter((one) => one?.wording === 1).length).toBeGreaterThan(3);
  });

  it("never cover a face or another name and never leave the stage, however crowded it is", () => {
    const box = fc.record({
      x: fc.integer({ min: -80, max: 1020 }),
      y: fc.integer({ min: -80, max: 720 }),
      width: fc.integer({ min: 8, max: 200 }),
      height: fc.integer({ min: 8, max: 200 }),
    });
    const named = fc.tuple(box, fc.integer({ min: 20, max: 200 }));
    fc.assert(
      fc.property(fc.array(named, { maxLength: 40 }), (faces) => {
        const boxes = faces.map(([one]) => one);
        const wordings = faces.map(([, width]) => [
          { width, height: 22 },
          { width: width / 2, height: 22 },
        ]);
        const placed = placeLabels(boxes, wordings, stage).filter((one) => one !== null);
        for (const [i, one] of placed.entries()) {
          expect(boxes.some((face) => overlap(one, face)) || placed.slice(i + 1).some((other) => overlap(one, other))).toBe(false);
          expect([one.x >= 0, one.y >= 0, one.x + one.width <= 1000, one.y + one.height <= 700]).toEqual([true, true, true, true]);
        }
      }),
    );
  });

  it("stand under their box, inside the stage, for as long as somebody asks for one that has no place", () => {
    const at = placeAnyway({ x: -10, y: 690, width: 20, height: 8 }, { width: 80, height: 20 }, stage);
    expect(at).toEqual({ x: 0, y: 680, width: 80, height: 20 });
  });
});
