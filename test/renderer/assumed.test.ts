import { describe, expect, it } from "vitest";
import type { FaceView } from "../../electron/contract/views.ts";
import { Drawing } from "../../renderer/screens/photo/draw.svelte.ts";
import { assumed } from "../../renderer/screens/photo/assumed.ts";
import { placePopover } from "../../renderer/screens/photo/place-popover.ts";
import { placeWords } from "../../renderer/screens/photo/place-words.ts";
import { speak } from "../../renderer/strings/words.svelte.ts";

const face: FaceView = {
  id: 1,
  photoId: 1,
  path: "a.jpg",
  box: [0.1, 0.1, 0.2, 0.2],
  landmarks: null,
  score: 1,
  quality: 1,
  source: "detected",
  personId: 7,
  name: "Lena",
  personState: "named",
  state: "proposed",
  sureness: "fairly-sure",
  toCheck: true,
  takenAt: null,
  age: 20,
  twice: false,
};

describe("an answer is shown before it has been taken", () => {
  it("confirms, renames, rejects and removes only the face it is about", () => {
    const two = [face, { ...face, id: 2 }];
    expect(assumed(two, 1, { kind: "yes" })[0]).toMatchObject({ state: "confirmed", name: "Lena" });
    expect(assumed(two, 1, { kind: "person", personId: 9, name: "Maya" })[0]).toMatchObject({ personId: 9, name: "Maya", age: null });
    expect(assumed(two, 1, { kind: "no" })[0]).toMatchObject({ name: null, personId: null });
    expect(assumed(two, 1, { kind: "not-a-face" }).map((each) => each.id)).toEqual([2]);
    for (const answer of [{ kind: "yes" }, { kind: "no" }, { kind: "not-a-face" }] as const)
      expect(assumed(two, 1, answer)).toContain(two[1]);
  });
});

describe("a face drawn by keys", () => {
  it("starts in the middle, square in pixels, moves, grows, and stays inside the photo", () => {
    const drawing = new Drawing();
    drawing.start({ width: 2000, height: 1000 });
    drawing.arrow(1, 0, false, [0.5, 0.5]);
    const [x, y, width, height] = drawing.box ?? [0, 0, 0, 0];
    expect(width * 2000).toBeCloseTo(height * 1000);
    expect(x + width / 2).toBeCloseTo(0.5);
    expect(y + height / 2).toBeCloseTo(0.5);
    for (let i = 0; i < 200; i += 1) drawing.arrow(1, 1, i % 2 === 0, [0.5, 0.5]);
    const [left, top, across, down] = drawing.box ?? [0, 0, 0, 0];
    expect(left + across).toBeLessThanOrEqual(1 + 1e-9);
    expect(top + down).toBeLessThanOrEqual(1 + 1e-9);
    drawing.end();
    expect(drawing.done).toBe(true);
  });
  it("is dropped when the mouse only slipped, and may be drawn from any corner", () => {
    const drawing = new Drawing();
    drawing.start({ width: 2000, height: 1000 });
    drawing.span(0.5, 0.5, 0.501, 0.6);
    drawing.end();
    expect(drawing.box).toBeNull();
    drawing.span(0.6, 0.7, 0.4, 0.2);
    drawing.corner(3, 0.8, 2);
    const [x, y, width, height] = drawing.box ?? [0, 0, 0, 0];
    expect([x, y, x + width, y + height].map((each) => Number(each.toFixed(6)))).toEqual([0.4, 0.2, 0.8, 1]);
  });
});

describe("a popover", () => {
  const size = { width: 270, height: 300 };
  const window = { width: 1000, height: 700 };
  it("stands under its face, beside it when there is no room, and always inside the window", () => {
    expect(placePopover({ x: 400, y: 100, width: 80, height: 80 }, size, window).y).toBe(190);
    expect(placePopover({ x: 400, y: 500, width: 80, height: 80 }, size, window).x).toBe(490);
    expect(placePopover({ x: 800, y: 500, width: 80, height: 80 }, size, window).x).toBe(520);
    const tight = placePopover({ x: 100, y: 10, width: 800, height: 690 }, size, window);
    expect(tight.x).toBeGreaterThanOrEqual(0);
    expect(tight.x + size.width).toBeLessThanOrEqual(window.width);
    expect(tight.y).toBeGreaterThanOrEqual(0);
  });
});

describe("places", () => {
  it("are said with their half of the earth, and not at all when they cannot be", () => {
    expect(placeWords(38.697, -9.4215)).toBe("38.70° N, 9.42° W");
    expect(placeWords(-33.9, 18.4)).toBe("33.90° S, 18.40° E");
    speak("de");
    expect(placeWords(-33.9, 18.4)).toBe("33,90° S, 18,40° O");
    speak("en");
    expect(placeWords(null, 3)).toBeNull();
    expect(placeWords(120, 3)).toBeNull();
  });
});
