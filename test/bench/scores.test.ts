import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { match } from "./detection.ts";
import { evenly } from "./speed-photos.ts";
import { acceptanceAt, scoreVerification, type JudgedPair } from "./verification-scores.ts";
import { matchLabels, pairsOf } from "./verification.ts";

const pair = (similarity: number, same: boolean): JudgedPair => ({ similarity, same });

describe("true accepts", () => {
  const different = Array.from({ length: 1000 }, (_, i) => pair(i / 1000, false));
  it("are the pairs of one person above all but the allowed share of the others", () => {
    // One of the thousand may pass: the bar is the second highest, 0.998.
    const same = [pair(0.9981, true), pair(0.998, true), pair(0.9, true), pair(0.9995, true)];
    expect(acceptanceAt([...same, ...different], 1e-3)).toEqual({ far: 1e-3, threshold: 0.998, accepted: 0.5 });
    expect(acceptanceAt([...same, ...different], 0.2)).toEqual({ far: 0.2, threshold: 0.799, accepted: 1 });
  });
});

describe("accuracy by ten folds", () => {
  it("is whole where a threshold parts the pairs, and half where none can", () => {
    const apart = Array.from({ length: 100 }, (_, i) => pair(i < 20 ? 0.8 + i / 1000 : 0.1 + i / 1000, i < 20));
    expect(scoreVerification(apart, [])).toMatchObject({ same: 20, different: 80, accuracy: 1, accuracyDeviation: 0 });
    const alike = Array.from({ length: 100 }, (_, i) => pair(0.5, i < 20));
    expect(scoreVerification(alike, []).accuracy).toBe(0.5);
  });

  it("weighs both kinds the same, and is reckoned on pairs that the threshold has not seen", () => {
    // Each fold holds one of the ten pairs of one person; one of them lies among the 90 others, so one fold of ten gets half.
    const pairs = [
      ...Array.from({ length: 10 }, (_, i) => pair(i === 3 ? 0.0005 : 0.9, true)),
      ...Array.from({ length: 90 }, (_, i) => pair(i / 1000, false)),
    ];
    const { accuracy, accuracyDeviation } = scoreVerification(pairs, []);
    expect(accuracy).toBeCloseTo((9 + 0.5) / 10, 10);
    expect(accuracyDeviation).toBeCloseTo(0.15, 10);
  });
});

describe("pairs and boxes", () => {
  it("are all pairs once, in the same order each time", () => {
    const faces = [1, 0, 1].map((x, i) => ({ person: i === 1 ? "b" : "a", embedding: Float32Array.of(x, 1 - x) }));
    const pairs = pairsOf(faces);
    expect(pairs.toSorted((a, b) => b.similarity - a.similarity)).toEqual([pair(1, true), pair(0, false), pair(0, false)]);
    expect(pairsOf(faces)).toEqual(pairs);
  });

  it("go together by best overlap, each once", () => {
    const one = { path: "a.jpg", person: "Ana", box: [0, 0, 10, 10] as const };
    const other = { path: "a.jpg", person: "Ben", box: [4, 0, 10, 10] as const };
    expect(
      matchLabels(
        [one, other],
        [
          [3, 0, 10, 10],
          [1, 0, 10, 10],
          [50, 50, 10, 10],
        ],
      ),
    ).toEqual(
      new Map<unknown, number>([
        [other, 0],
        [one, 1],
      ]),
    );
    expect(matchLabels([one], [[9, 9, 10, 10]]).size).toBe(0);
  });

  it("detections count once, and on ignored regions neither way", () => {
    const truth = { boxes: [[0, 0, 10, 10] as const], ignore: [[100, 100, 20, 20] as const] };
    const found = [
      [1, 1, 10, 10],
      [0, 1, 10, 10],
      [102, 102, 6, 6],
      [50, 50, 9, 9],
    ] as const;
    expect(match(found, truth)).toEqual({ found: 1, wrong: 2 });
    expect(match([], truth)).toEqual({ found: 0, wrong: 0 });
  });

  it("are sampled from the whole list", () => {
    expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 2)).toEqual([2, 7]);
    expect(evenly([1, 2], 5)).toEqual([1, 2]);
  });
});

describe("npm run bench", () => {
  const run = (...args: string[]) => spawnSync(process.execPath, ["test/bench/run.ts", ...args], { encoding: "utf8" });
  it("prints one document, also where there is nothing to measure", () => {
    const empty = mkdtempSync(join(tmpdir(), "familiar-bench-"));
    try {
      for (const name of ["detection", "verification", "speed"]) {
        const { status, stdout } = run(name, empty, "--json");
        expect([status, JSON.parse(stdout)]).toEqual([0, { skipped: expect.stringContaining(empty) as string }]);
      }
    } finally {
      rmSync(empty, { recursive: true });
    }
  });

  it("knows its names", () => {
    const { status, stderr } = run("flight");
    expect([status, stderr]).toEqual([1, 'There is no bench "flight"; there are: detection, verification, speed, grouping, screens.\n']);
  });
});
