import { expect, test } from "vitest";
import { playHistories } from "./histories.ts";

/** Steps in the run that every test run makes; the long one is `npm run test:faults`. */
const steps = 2_000;

test("the facts are what the journal says, after any history", () => {
  const tally = playHistories(steps);
  // A run that refuses everything would prove nothing.
  expect(tally.decided).toBeGreaterThan(steps / 5);
  expect(tally.undone).toBeGreaterThan(steps / 50);
  expect(tally.redone).toBeGreaterThan(0);
  expect(tally.blocked).toBeGreaterThan(0);
}, 1_200_000);
