import { describe, expect, it } from "vitest";
import { beside, cellOf, cellsTouching, layOut, moved, rowOf, rowsInView, type GridSection } from "../../renderer/parts/grid-layout.ts";

const section = (count: number, more: Partial<GridSection> = {}): GridSection => ({
  count,
  heading: 0,
  after: 0,
  rowHeight: (width) => width + 42,
  least: 124,
  gapAcross: 20,
  gapDown: 22,
  ...more,
});

describe("layOut", () => {
  it("fits as many columns as CSS auto-fill would, filling the width exactly", () => {
    const layout = layOut([section(20)], 1168);
    const [first] = layout.rows;
    expect(first?.lefts.length).toBe(8);
    const last = first?.lefts.length ?? 0;
    expect((first?.lefts[last - 1] ?? 0) + (first?.widths[last - 1] ?? 0)).toBeCloseTo(1168);
    expect(layout.rows.map((row) => row.lefts.length)).toEqual([8, 8, 4]);
  });
  it("keeps one column where not even one fits", () => {
    expect(layOut([section(3)], 60).rows.map((row) => row.lefts.length)).toEqual([1, 1, 1]);
  });
  it("puts headings, gaps and the room after a section between rows, so that the height is true", () => {
    const layout = layOut(
      [section(2, { columns: 1, rowHeight: () => 100, after: 34 }), section(1, { columns: 1, rowHeight: () => 50, heading: 38 })],
      500,
    );
    expect(layout.rows.map((row) => [row.kind, row.top, row.height])).toEqual([
      ["cells", 0, 100],
      ["cells", 122, 100],
      ["heading", 256, 38],
      ["cells", 294, 50],
    ]);
    expect(layout.height).toBe(344);
  });
  it("finds every item of 5,000 in the row that holds it", () => {
    const layout = layOut([section(3001, { heading: 30 }), section(1999, { columns: 4, heading: 30 })], 1168);
    expect(layout.count).toBe(5000);
    for (const index of [0, 1, 7, 8, 3000, 3001, 3002, 4999]) {
      const row = layout.rows[rowOf(layout, index)];
      expect(row?.kind).toBe("cells");
      expect(index).toBeGreaterThanOrEqual(row?.first ?? Infinity);
      expect(index).toBeLessThan((row?.first ?? 0) + (row?.lefts.length ?? 0));
    }
    expect(rowOf(layout, 5000)).toBe(-1);
  });
});

describe("rowsInView", () => {
  it("names only the rows in view and the extra ones, wherever one has scrolled", () => {
    const layout = layOut([section(5000)], 1168);
    const height = layout.rows[0]?.height ?? 0;
    const [from, to] = rowsInView(layout, 20_000, 20_900, 2);
    expect(to - from).toBeLessThanOrEqual(Math.ceil(900 / (height + 22)) + 6);
    const inView = layout.rows.filter((row) => row.top < 20_900 && row.top + row.height > 20_000);
    expect(layout.rows.slice(from, to)).toEqual(expect.arrayContaining(inView));
  });
  it("stops at the ends", () => {
    const layout = layOut([section(4)], 1168);
    expect(rowsInView(layout, -500, 100, 2)).toEqual([0, 1]);
    expect(rowsInView(layout, 9000, 9900, 2)).toEqual([0, 1]);
  });
});

describe("moving", () => {
  const layout = layOut([section(10, { columns: 4 }), section(5, { columns: 3, heading: 38 })], 1000);
  it("goes to the nearest item below and above, across headings and short rows", () => {
    expect(beside(layout, 0, 1)).toBe(4);
    expect(beside(layout, 7, 1)).toBe(9);
    expect(beside(layout, 8, 1)).toBe(10);
    expect(beside(layout, 9, -1)).toBe(5);
    expect(beside(layout, 10, -1)).toBe(8);
    expect(beside(layout, 1, -1)).toBe(1);
  });
  it("never leaves the list", () => {
    expect(moved(layout, 0, "ArrowLeft", 500)).toBe(0);
    expect(moved(layout, 14, "ArrowRight", 500)).toBe(14);
    expect(moved(layout, 3, "Home", 500)).toBe(0);
    expect(moved(layout, 3, "End", 500)).toBe(14);
    expect(moved(layout, 3, "a", 500)).toBeNull();
  });
  it("pages by what can be seen, and by one row at least", () => {
    const long = layOut([section(400, { columns: 4, rowHeight: () => 100, gapDown: 0 })], 1000);
    expect(moved(long, 0, "PageDown", 350)).toBe(12);
    expect(moved(long, 0, "PageDown", 10)).toBe(4);
    expect(moved(long, 12, "PageUp", 350)).toBe(0);
  });
});

describe("cellsTouching", () => {
  it("names the cells under a rectangle, also those that are not drawn", () => {
    const layout = layOut([section(5000, { columns: 5, rowHeight: () => 100, gapAcross: 0, gapDown: 0 })], 500);
    expect(cellsTouching(layout, { left: 150, top: 50, right: 250, bottom: 150 })).toEqual([1, 2, 6, 7]);
    expect(cellsTouching(layout, { left: 0, top: 50_000, right: 99, bottom: 50_099 })).toEqual([2500]);
    expect(cellsTouching(layout, { left: 600, top: 0, right: 700, bottom: 10 })).toEqual([]);
  });
  it("agrees with where the cells stand", () => {
    const layout = layOut([section(60, { heading: 30 })], 777);
    for (let index = 0; index < 60; index += 7) {
      const cell = cellOf(layout, index);
      if (cell === null) throw new Error("every item has a place");
      const inside = { left: cell.left + 1, top: cell.top + 1, right: cell.left + 2, bottom: cell.top + 2 };
      expect(cellsTouching(layout, inside)).toEqual([index]);
    }
  });
});
