import { describe, expect, it } from "vitest";
import { sectionsOf } from "../../renderer/screens/photos/sections.ts";
import { Wall } from "../../renderer/screens/photos/wall.svelte.ts";

const months = [
  { month: "2024-08", photos: 300, offset: 0, people: [] },
  { month: "2024-07", photos: 40, offset: 300, people: [] },
];
/** Two months, the first in two sections, of square photos: five in a row of 200 pixels. */
function laidOut(undated: readonly boolean[]): Wall {
  const wall = new Wall();
  wall.view = 600;
  wall.before = 20;
  wall.arrange(sectionsOf(months), 1016, 200);
  wall.sections.forEach((section, at) => wall.learn(at, new Array<number>(section.count).fill(1), undated[at] ?? false));
  return wall;
}

describe("a wall of photos", () => {
  it("knows which photos can be seen, also those cut at an edge", () => {
    const wall = laidOut([]);
    expect(wall.inView()).toEqual([0, 15]);
    wall.goTo(20 + 38 + 100);
    expect(wall.inView()).toEqual([0, 20]);
    wall.goTo(1e9);
    expect(wall.inView()[1]).toBe(340);
  });

  it("knows which photos a rectangle touches, across rows and months", () => {
    const wall = laidOut([]);
    const rows = 20 + 38;
    expect(wall.touching({ left: 0, top: rows - 10, right: 10, bottom: rows })).toEqual([]);
    expect(wall.touching({ left: 100, top: rows - 10, right: 300, bottom: rows + 10 })).toEqual([0, 1]);
    expect(wall.touching({ left: 0, top: rows + 190, right: 100, bottom: rows + 210 })).toEqual([0, 5]);
    const july = wall.topOf(2) + 38;
    expect(wall.touching({ left: 900, top: july - 80, right: 1016, bottom: july + 10 })).toContain(304);
  });

  it("says above a month that nothing in it has a date of its own, as far as its photos have come", () => {
    const said = (wall: Wall): readonly boolean[] => wall.sections.map((_section, at) => wall.drawn(at)?.undated ?? false);
    expect(said(laidOut([true, true, false]))).toEqual([true, true, false]);
    expect(said(laidOut([true, false, true]))).toEqual([false, false, true]);
    const wall = new Wall();
    wall.arrange(sectionsOf(months), 1016, 200);
    wall.learn(0, new Array<number>(240).fill(1), true);
    expect(said(wall)).toEqual([true, false, false]);
  });
});
