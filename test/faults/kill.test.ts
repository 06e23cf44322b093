import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { campaign, taskNames } from "./campaign.ts";

/** Children killed in every test run; `npm run test:faults` kills hundreds. */
const kills = 24;

test.skipIf(!existsSync("models/onnx/manifest.json"))(
  "killed at random points of everything, no acknowledged decision is lost and the next start goes on (skipped without models)",
  async () => {
    const toll = await campaign(kills, 1 + Math.floor(Math.random() * 1_000_000), { resumeEvery: 4 });
    for (const task of taskNames) expect([task, toll.kills[task] > 0]).toEqual([task, true]);
    expect(toll.decisions).toBeGreaterThan(5);
    expect(toll.resumed).toBeGreaterThan(2);
    expect(toll.lost).toBe(0);
  },
  900_000,
);
