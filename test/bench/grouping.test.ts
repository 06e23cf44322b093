import { describe, expect, it } from "vitest";
import { benchGrouping } from "./grouping.ts";
import { adjustedRand, scoreGrouping } from "./grouping-scores.ts";

describe("the scores", () => {
  it("are those reckoned by hand", () => {
    // Two people of three; one face of the second is with the first, one face is alone.
    const scores = scoreGrouping([1, 1, 1, 1, 2, 0], [7, 7, 7, 8, 8, 8]);
    expect(scores.bcubedP).toBeCloseTo((3 * (3 / 4) + 1 / 4 + 1 + 1) / 6);
    expect(scores.bcubedR).toBeCloseTo((3 + 3 * (1 / 3)) / 6);
    expect(scores).toMatchObject({ hard: 0, mixed: 1, wrong: 1, groups: 1, clicks: 1 + 1 + 2, coverage: 4 / 6 });
    expect(scoreGrouping([1, 1, 1, 1, 1], [7, 7, 7, 8, 8]).hard).toBe(1);
  });

  it("compare two groupings", () => {
    expect(adjustedRand([1, 1, 2, 2], [5, 5, 9, 9])).toBe(1);
    expect(adjustedRand([1, 1, 2, 2, 0, 0], [1, 2, 1, 2, 0, 0])).toBeLessThan(0.1);
  });
});

describe("npm run bench -- grouping", () => {
  it("prints one document with every yardstick of the same run", async () => {
    const document = await benchGrouping({ faces: 600, json: true });
    const names = [
      "rows",
      "people",
      "bcubedP",
      "bcubedR",
      "bcubedF",
      "hard",
      "mixed",
      "coverage",
      "clicks",
      "seconds",
      "peakMemoryMb",
      "yardsticks",
    ];
    expect(Object.keys(document)).toEqual(expect.arrayContaining(names));
    expect(Object.keys(document["yardsticks"] as object)).toEqual(
      expect.arrayContaining(["kmeans", "hdbscan", "singleLink", "chineseWhispers", "immich"]),
    );
    const bars = document["bars"] as readonly { readonly what: string; readonly met: boolean }[];
    expect(bars.map(({ what }) => what)).toEqual(expect.arrayContaining(["incremental: ids kept", "BCubed F on look-alikes"]));
    expect(bars.find(({ what }) => what === "incremental: confirmed faces changed")?.met).toBe(true);
    expect(document["rows"]).toBe(600);
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({ rows: 600 });
  });
});
