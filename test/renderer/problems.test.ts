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
  it("says what stands in the way where it is told as data, once and in the chosen language", () => {
    const said = { did: "merged", faces: 12, name: "Ana" } as const;
    const blocked = {
      decisionId: 7,
      kind: "merge",
      sentence: "Merged 12 faces into Ana.",
      said,
      at: "2020-05-17T12:00:00Z",
      faces: 12,
      more: 1,
    };
    const problem = problemView("undo-blocked", "7", undefined, blocked);
    expect(inWords(inWords(problem)).sentence).toMatch(
      /^This one cannot be taken back on its own: 12 of its faces were merged again on 17 May 2020 at \d\d:\d\d \(“Merged 12 faces into Ana”\), and 1 more decision came later\.$/u,
    );
    speak("de");
    expect(inWords(problemView("redo-blocked", "7", undefined, { ...blocked, faces: 0 })).sentence).toMatch(
      /^Das lässt sich nicht allein wieder tun: „12 Gesichter mit Ana vereint“ kam am 17\. Mai 2020 um \d\d:\d\d dazu und steht im Weg, und 1 weitere Entscheidung kam später\.$/u,
    );
  });
});
