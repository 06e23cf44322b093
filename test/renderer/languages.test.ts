import { afterAll, describe, expect, it } from "vitest";
import type { ProviderReason } from "../../electron/contract/provider-reason.ts";
import type { WhyView } from "../../electron/contract/views.ts";
import { whyWords } from "../../renderer/strings/why-words.ts";
import { speak, t } from "../../renderer/strings/words.svelte.ts";

afterAll(() => speak("en"));

/** What both languages say. */
function both(say: () => string): readonly [string, string] {
  speak("en");
  const english = say();
  speak("de");
  return [english, say()];
}
// A record, so that a code that is added is missed here.
const reasons: Readonly<Record<ProviderReason["code"], ProviderReason>> = {
  "not-yet": { code: "not-yet" },
  chosen: { code: "chosen" },
  "no-model": { code: "no-model" },
  "none-known": { code: "none-known" },
  "other-results": { code: "other-results" },
  "not-here": { code: "not-here" },
  "not-installed": { code: "not-installed" },
  "no-card": { code: "no-card" },
  unknown: { code: "unknown", provider: "abacus" },
  "not-faster": { code: "not-faster", provider: "dml" },
  cannot: { code: "cannot", provider: "cuda" },
  works: { code: "works", speed: 3.14 },
  silent: { code: "silent", seconds: 20 },
  crashed: { code: "crashed", detail: "SIGSEGV" },
  "did-not-start": { code: "did-not-start", detail: "no such thing" },
  "gave-up": { code: "gave-up", detail: "no memory" },
};
const rules: readonly WhyView["rule"][] = ["confirmed", "linked", "attached", "drawn", "none"];

describe("what the engine gives as data is said in both languages", () => {
  it.each(Object.values(reasons))("why this runs the models: $code", (reason) => {
    const [english, german] = both(() => t().packs.runsOn("webgpu", [reason]));
    expect(english).toMatch(/^Now: Graphics card \(WebGPU\)\. [A-Z].*\.$/u);
    expect(german).toMatch(/^Jetzt: Grafikkarte \(WebGPU\)\. \S.*\.$/u);
    for (const given of Object.entries(reason)) {
      const [key, value] = given;
      if (key === "detail" || (key === "provider" && reason.code === "unknown"))
        for (const words of [english, german]) expect(words).toContain(value);
    }
    if (reason.code === "works") expect([english.includes("3.1 "), german.includes("3,1-mal")]).toEqual([true, true]);
  });
  it.each(rules)("why a face stands where it does: %s, with a name and without", (rule) => {
    const [english, german] = both(() => whyWords({ rule, name: "Ana Lima" }));
    const [group, gruppe] = both(() => whyWords({ rule, name: null }));
    expect(new Set([english, german, group, gruppe]).size).toBe(rule === "drawn" || rule === "none" ? 2 : 4);
    if (rule !== "drawn" && rule !== "none") expect([english, german].every((words) => words.includes("Ana"))).toBe(true);
  });
});
