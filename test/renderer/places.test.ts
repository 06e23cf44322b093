import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../electron/contract/views.ts";
import { daysBefore, daysOf, localDay } from "../../renderer/screens/history/days.ts";
import { dropFrom } from "../../renderer/screens/search/drop-from.ts";
import { apart, checkScale, daringScale, fromSlider, toSlider } from "../../renderer/screens/settings/scale.ts";

describe("the sureness sliders", () => {
  for (const [name, scale] of [
    ["daring", daringScale],
    ["check", checkScale],
  ] as const) {
    it(`${name}: goes to the engine's ends and comes back to where it stood`, () => {
      expect([fromSlider(0, scale), fromSlider(100, scale)].sort((a, b) => a - b)).toEqual([scale.least, scale.most]);
      for (let position = 0; position <= 100; position += 1) expect(toSlider(fromSlider(position, scale), scale)).toBe(position);
    });
    it(`${name}: is exactly as delivered at its mark`, () => {
      const mark = toSlider(scale.delivered, scale);
      expect(fromSlider(mark, scale)).toBe(scale.delivered);
      expect([mark - 30, mark - 5, mark, mark + 5, mark + 25].map((at) => apart(at, scale))).toEqual([-2, -1, 0, 1, 2]);
    });
  }
  it("marks more faces towards the right", () => {
    expect(fromSlider(90, checkScale)).toBeLessThan(fromSlider(10, checkScale));
  });
});

describe("history by day", () => {
  const entry = (at: Date): HistoryEntry => ({
    decisionId: at.getTime(),
    kind: "name",
    at: at.toISOString(),
    sentence: "",
    said: null,
    faces: 0,
    faceIds: [],
    undone: false,
    canTakeBack: true,
    blocked: null,
  });
  it("gathers what was decided on the same local day", () => {
    const days = daysOf([entry(new Date(2026, 2, 14, 0, 5)), entry(new Date(2026, 2, 13, 23, 55)), entry(new Date(2026, 2, 13, 8))]);
    expect(days.map((day) => [day.day, day.entries.length])).toEqual([
      ["2026-03-14", 1],
      ["2026-03-13", 2],
    ]);
  });
  it("knows yesterday across months and clock changes", () => {
    expect(daysBefore(new Date(2026, 2, 1, 12), 1)).toBe("2026-02-28");
    expect(localDay(new Date(2026, 0, 5, 0, 1))).toBe("2026-01-05");
  });
});

describe("a search with one condition less", () => {
  const query = { all: [1, 2], none: [3], from: "2019-01-01", to: "2019-12-31", faces: 2 };
  it("drops one person and keeps the others", () => {
    expect(dropFrom(query, "all:2")).toEqual({ ...query, all: [1] });
    expect(dropFrom({ all: [1], faces: 2 }, "all:1")).toEqual({ faces: 2 });
  });
  it("drops the whole line where the person is called by another number now", () => {
    expect(dropFrom(query, "all:9")).toEqual({ none: [3], from: "2019-01-01", to: "2019-12-31", faces: 2 });
  });
  it("drops a part, and leaves the query alone where the condition is not known", () => {
    expect(dropFrom(query, "none")).toEqual({ all: [1, 2], from: "2019-01-01", to: "2019-12-31", faces: 2 });
    expect(dropFrom(query, "dates")).toEqual({ all: [1, 2], none: [3], faces: 2 });
    expect(dropFrom(query, "weather")).toBe(query);
  });
});
