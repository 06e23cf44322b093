import { describe, expect, it } from "vitest";
import { cellOf, moved } from "../../renderer/parts/grid-layout.ts";
import { floatAt } from "../../renderer/parts/float-at.ts";
import { fold } from "../../renderer/parts/fold.ts";
import { cardHeight, letterJumps, peopleLayout } from "../../renderer/screens/people/people-layout.ts";
import { boxHeight, boxShown, facesLayout, moreCell, photosLayout } from "../../renderer/screens/person/person-layout.ts";

describe("the box of proposed faces", () => {
  it("shows one row and leaves its last cell for the number of those that follow", () => {
    const shown = boxShown(31, false, 96, 1168);
    expect(shown).toBe(10);
    const layout = facesLayout({ boxed: shown, more: true, counts: [48, 143], headed: true }, 96, 1168);
    const last = cellOf(layout, shown - 1);
    const more = moreCell(shown, 96, 1168);
    expect(last?.top).toBe(more.top);
    expect(more.left).toBeGreaterThan((last?.left ?? 0) + (last?.width ?? 0));
    expect(more.left + more.side).toBeLessThanOrEqual(1168 - 12 + 0.01);
    expect(boxHeight(shown, true, 96, 1168)).toBeCloseTo(48 + more.side + 12);
  });
  it("shows all of them when they fit or when it is open", () => {
    expect(boxShown(11, false, 96, 1168)).toBe(11);
    expect(boxShown(31, true, 96, 1168)).toBe(31);
  });
  it("begins the years below its frame, and the arrows walk from one into the other", () => {
    const layout = facesLayout({ boxed: 10, more: true, counts: [48], headed: true }, 96, 1168);
    const year = cellOf(layout, 10);
    expect(year?.top ?? 0).toBeGreaterThan(boxHeight(10, true, 96, 1168));
    expect(moved(layout, 0, "ArrowDown", 600)).toBe(10);
    expect(moved(layout, 10, "ArrowUp", 600)).toBe(0);
  });
  it("is left out where nobody is proposed", () => {
    const layout = facesLayout({ boxed: 0, more: false, counts: [3], headed: false }, 96, 600);
    expect(cellOf(layout, 0)).toMatchObject({ left: 0, top: 0 });
  });
});

describe("whole photos", () => {
  it("keeps the positions of all photos over years, and fills the rows", () => {
    const layout = photosLayout(
      [
        [1.5, 1.5, 1.5, 1.5, 0.75],
        [1, 1, 1],
      ],
      true,
      156,
      900,
    );
    expect(layout.count).toBe(8);
    const seen = layout.rows.flatMap((row) => row.lefts.map((_, column) => row.first + column));
    expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(layout.rows.filter((row) => row.kind === "heading").length).toBe(2);
  });
});

describe("People", () => {
  it("lays four cards across a wide window, three and two as it narrows", () => {
    const across = (width: number): number => peopleLayout(0, 12, 124, width).rows[1]?.lefts.length ?? 0;
    expect([1168, 920, 790, 600].map(across)).toEqual([4, 3, 3, 2]);
  });
  it("makes the card as high as what stands in it", () => {
    // One large square over two small ones with gaps of 2, in 255 pixels: 103 + field and padding.
    expect(cardHeight(271)).toBeGreaterThan(150);
    expect(cardHeight(271)).toBeLessThan(165);
  });
  it("jumps to the first of each letter, accents aside", () => {
    expect(letterJumps(["Ana", "Émile", "Eve", "Яна"]).map((jump) => [jump.letter, jump.index])).toEqual([
      ["A", 0],
      ["E", 1],
      ["Я", 3],
    ]);
  });
  it("finds without accents and capitals", () => {
    expect(fold("  Zoë ÅNGSTRÖM")).toBe("zoe angstrom");
  });
});

describe("floatAt", () => {
  const view = { width: 1400, height: 900 };
  const panel = { width: 352, height: 350 };
  it("stands at the side with more room and never covers its anchor", () => {
    for (const left of [220, 500, 800, 1100]) {
      const anchor = { left, top: 500, right: left + 270, bottom: 656 };
      const at = floatAt(anchor, panel, view, "beside");
      expect(at.left >= anchor.right || at.left + panel.width <= anchor.left).toBe(true);
      expect(at.left).toBeGreaterThanOrEqual(0);
      expect(at.left + panel.width).toBeLessThanOrEqual(view.width);
      expect(at.top + panel.height).toBeLessThanOrEqual(view.height);
    }
  });
  it("goes beside where it fits neither above nor below, and stays in the window where it fits nowhere", () => {
    const low = { width: 1024, height: 700 };
    const anchor = { left: 80, top: 260, right: 177, bottom: 357 };
    const at = floatAt(anchor, { width: 388, height: 370 }, low, "below");
    expect([at.left, at.top]).toEqual([185, 260]);
    const tall = floatAt({ ...anchor, left: 300, right: 700 }, { width: 388, height: 600 }, low, "below");
    expect(tall.top + 600).toBeLessThanOrEqual(low.height);
  });
  it("goes above when there is no room below, and below when there is none above", () => {
    expect(floatAt({ left: 600, top: 840, right: 700, bottom: 870 }, panel, view, "below").top).toBe(482);
    expect(floatAt({ left: 600, top: 40, right: 700, bottom: 70 }, panel, view, "above").top).toBe(78);
  });
});
