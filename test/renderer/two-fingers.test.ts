import { expect, it } from "vitest";
import { TwoFingers } from "../../renderer/screens/photo/two-fingers.ts";

it("says how far two fingers went apart, about which point, and how far both went", () => {
  const fingers = new TwoFingers();
  fingers.down(1, { x: 0, y: 0 });
  expect([fingers.both, fingers.move(1, { x: 10, y: 0 })]).toEqual([false, null]);
  fingers.down(2, { x: 110, y: 0 });
  expect(fingers.both).toBe(true);
  expect(fingers.move(2, { x: 210, y: 0 })).toEqual({ factor: 2, middle: { x: 110, y: 0 }, dx: 50, dy: 0 });
  // The first goes the same way: as far apart as before, and both have moved.
  expect(fingers.move(1, { x: 110, y: 0 })).toEqual({ factor: 0.5, middle: { x: 160, y: 0 }, dx: 50, dy: 0 });
});
it("does not hear a third, nor one that has gone, and takes fingers that meet", () => {
  const fingers = new TwoFingers();
  fingers.down(1, { x: 0, y: 0 });
  fingers.down(2, { x: 0, y: 0 });
  fingers.down(3, { x: 9, y: 9 });
  expect(fingers.move(3, { x: 50, y: 50 })).toBeNull();
  expect(fingers.move(2, { x: 8, y: 0 })?.factor).toBe(8);
  fingers.up(1);
  expect([fingers.both, fingers.move(1, { x: 5, y: 5 }), fingers.move(2, { x: 9, y: 9 })]).toEqual([false, null, null]);
});
