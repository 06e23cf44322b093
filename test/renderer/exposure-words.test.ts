import { expect, it } from "vitest";
import { exposureWords } from "../../renderer/screens/photo/exposure-words.ts";

const nothing = { lens: null, aperture: null, seconds: null, iso: null, focalLength: null };
it.each([
  [{ aperture: 1.8, seconds: 1 / 120, iso: 64, focalLength: 26 }, "f/1.8 · 1/120 s · ISO 64 · 26 mm"],
  [{ aperture: 2, seconds: 1 / 3 }, "f/2 · 1/3 s"],
  [{ seconds: 0.5 }, "0.5 s"],
  [{ seconds: 30, focalLength: 4.25 }, "30 s · 4.3 mm"],
  [{ iso: 12_800 }, "ISO 12,800"],
  [{}, ""],
])("tells %j as %s", (some, words) => {
  expect(exposureWords({ ...nothing, ...some })).toBe(words);
});
