import { expect, test } from "vitest";
import { playHistories } from "./histories.ts";

/** Histories of some 25 steps in the run that every test run makes; `npm run test:faults` plays 10,000. */
const histories = 80;

test("the facts are what the journal says, after any history; going back and forth changes nothing; everything can be taken back", () => {
  const tally = playHistories(histories);
  expect(tally.histories).toBe(histories);
  // A run that refuses everything would prove nothing.
  expect(tally.decided).toBeGreaterThan(5 * histories);
  expect(tally.undone).toBeGreaterThan(histories);
  expect(tally.redone).toBeGreaterThan(histories / 4);
  expect(tally.blocked).toBeGreaterThan(0);
  for (const [what, times] of Object.entries(tally.rare)) expect([what, times > 0]).toEqual([what, true]);
}, 1_200_000);
