import { afterEach, describe, expect, it } from "vitest";
import { problems, problemView, type ProblemCode } from "../../electron/contract/problems.ts";
import { deProblems } from "../../renderer/strings/de-problems.ts";
import { inWords } from "../../renderer/strings/problem-words.ts";
import { speak } from "../../renderer/strings/words.svelte.ts";

afterEach(() => speak("en"));

describe("problems in the chosen language", () => {
  it("has German for every one, and nothing where English has nothing to do", () => {
    const codes = Object.keys(problems) as ProblemCode[];
    expect(codes.filter((code) => deProblems[code] === undefined)).toEqual([]);
    expect(codes.filter((code) => (deProblems[code]?.[1] === "") !== (problems[code].act === ""))).toEqual([]);
  });
  it("says the engine's own sentence in English, and the German one by its code", () => {
    const problem = problemView("undo-blocked", "7", "12 of its faces were merged again.");
    expect(inWords(problem)).toBe(problem);
    speak("de");
    expect(inWords(problem)).toMatchObject({ code: "undo-blocked", detail: "7", act: "Nimm zuerst das Spätere zurück." });
  });
});
