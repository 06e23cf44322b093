import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aspectOf, estimateHeight, justify, rowsHeight } from "../../renderer/screens/photos/justify.ts";
import { followScroll, scrollFor, steerScroll } from "../../renderer/screens/photos/long-scroll.ts";
import { indexAt, monthsOf, scrubberYears, sectionsOf, stack } from "../../renderer/screens/photos/sections.ts";

const measure = { width: 1100, height: 180, gap: 4 };
const aspects = fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 1, maxLength: 120 });

describe("justified rows", () => {
  it("place every photo once, in order, inside the width, without overlap", () => {
    fc.assert(
      fc.property(aspects, fc.boolean(), (list, ends) => {
        const rows = justify(list, measure, ends);
        expect(rows.flatMap((row) => row.cells.map((cell) => cell.index))).toEqual(list.map((_, i) => i));
        for (const row of rows) {
          row.cells.forEach((cell, i) => {
            expect(cell.left + cell.width).toBeLessThanOrEqual(measure.width);
            const next = row.cells[i + 1];
            if (next !== undefined) expect(next.left).toBe(cell.left + cell.width + measure.gap);
          });
        }
      }),
    );
  });

  it("fill the width, but for the last row of a month, which keeps the height of the row above", () => {
    const rows = justify(new Array<number>(18).fill(1.5), measure, true);
    const right = rows.map((row) => (row.cells.at(-1)?.left ?? 0) + (row.cells.at(-1)?.width ?? 0));
    expect(right.slice(0, -1).every((edge) => edge === measure.width)).toBe(true);
    expect(right.at(-1)).toBeLessThan(measure.width);
    expect(rows.at(-1)?.height).toBe(rows.at(-2)?.height);
  });

  it("fill the last row too where the month goes on", () => {
    for (const count of [17, 18, 19, 20, 21]) {
      const rows = justify(new Array<number>(count).fill(1.5), measure, false);
      const last = rows.at(-1)?.cells.at(-1);
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(measure.width);
      for (const row of rows) expect(row.height).toBeGreaterThan(measure.height * 0.5);
    }
  });

  it("take about as much room as was estimated", () => {
    const list = new Array<number>(1000).fill(1.4);
    const real = rowsHeight(justify(list, measure, true));
    expect(Math.abs(estimateHeight(1000, 1.4, measure) - real) / real).toBeLessThan(0.05);
  });

  it("bound odd shapes", () => {
    expect(aspectOf({ width: 9000, height: 300 })).toBe(3);
    expect(aspectOf({ width: 0, height: 0 })).toBeCloseTo(4 / 3);
  });
});

describe("months", () => {
  const month = (name: string | null, photos: number, offset: number) => ({ month: name, photos, offset, people: [] });

  it("are cut into sections that cover every photo once", () => {
    const sections = sectionsOf([month("2025-08", 500, 0), month("2025-07", 3, 500), month(null, 0, 503)], 200);
    expect(sections.map((s) => [s.offset, s.count, s.heading, s.ends])).toEqual([
      [0, 200, 500, false],
      [200, 200, null, false],
      [400, 100, null, true],
      [500, 3, 3, true],
    ]);
  });

  it("come from a list of photos", () => {
    const list = ["2025-08-03T10:00:00", "2025-08-01T10:00:00", "2024-01-01T00:00:00", null].map((takenAt) => ({ takenAt }));
    expect(monthsOf(list).map((m) => [m.month, m.photos, m.offset])).toEqual([
      ["2025-08", 2, 0],
      ["2024-01", 1, 2],
      [null, 1, 3],
    ]);
  });

  it("are found by where they stand", () => {
    const tops = stack([100, 50, 200]);
    expect([0, 99, 100, 149, 150, 349, 900].map((y) => indexAt(tops, y))).toEqual([0, 0, 1, 1, 2, 2, 2]);
  });

  it("give the scrubber's years, spaced by photos and never touching", () => {
    const years = scrubberYears([month("2025-08", 500, 0), month("2024-02", 1, 500), month("2023-02", 499, 501)], 0.1);
    expect(years.map((y) => y.year)).toEqual(["2025", "2024"]);
    expect(scrubberYears([month("2025-08", 500, 0), month("2023-02", 500, 500)], 0.1)).toEqual([
      { year: "2025", at: 0 },
      { year: "2023", at: 0.5 },
    ]);
  });
});

describe("scrolling further than a browser can", () => {
  const total = 80_000_000;
  const view = 800;
  it("moves by pixels in small steps and by fraction in large ones, and reaches both ends", () => {
    let at = scrollFor(0, total, view);
    expect(at.height).toBeLessThan(30_000_000);
    at = followScroll(at, 300, total, view);
    expect(at.top).toBe(300);
    at = followScroll(at, 6_000_000, total, view);
    expect(Math.abs(at.top / total - 0.5)).toBeLessThan(0.01);
    const step = followScroll(at, at.scrollTop + 120, total, view);
    expect(step.top - at.top).toBeCloseTo(120);
    expect(followScroll(step, step.height - view, total, view).top).toBe(total - view);
    expect(followScroll(step, 0, total, view).top).toBe(0);
  });
  it("puts the bar by pixels near where it stands, and reaches both ends", () => {
    const at = followScroll(scrollFor(0, total, view), 6_000_000, total, view);
    const near = steerScroll(at, at.top + 90, total, view);
    expect(near.scrollTop - at.scrollTop).toBeCloseTo(90);
    expect(near.top - at.top).toBeCloseTo(90);
    expect(steerScroll(at, at.top, total, view)).toEqual(at);
    expect(steerScroll(at, 0, total, view).scrollTop).toBe(0);
    const end = steerScroll(at, total, total, view);
    expect([end.top, end.scrollTop]).toEqual([total - view, end.height - view]);
  });
  it("is plain scrolling for ordinary libraries", () => {
    expect(followScroll(scrollFor(0, 50_000, view), 777, 50_000, view).top).toBe(777);
    expect(scrollFor(1e9, 50_000, view).top).toBe(50_000 - view);
  });
});
