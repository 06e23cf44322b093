import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeLabels } from "../../renderer/screens/photo/place-labels.ts";
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
  const label = { width: 80, height: 20 };
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

  it("do not cover a face or another name while there is room", () => {
    const boxes = [
      { x: 100, y: 100, width: 60, height: 60 },
      { x: 110, y: 165, width: 60, height: 60 },
      { x: 180, y: 100, width: 60, height: 60 },
    ];
    const labels = placeLabels(boxes, [label, label, label], stage);
    const all = [...labels];
    for (const [i, a] of all.entries()) {
      for (const b of [...boxes, ...all.slice(i + 1)]) {
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
      }
    }
  });

  it("stay inside the stage", () => {
    const [only] = placeLabels([{ x: -10, y: 690, width: 20, height: 8 }], [label], stage);
    expect(only?.x).toBe(0);
    expect((only?.y ?? 0) + 20).toBeLessThanOrEqual(700);
  });
});
