import { describe, expect, it } from "vitest";
import { readAge } from "../../renderer/screens/search/read-age.ts";

describe("ages as they are written", () => {
  it.each([
    ["when Anna was 3", "Anna", 3, 3],
    ["When Anna Lima was 3 years old", "Anna Lima", 3, 3],
    ["Anna aged 2-5", "Anna", 2, 5],
    ["anna at 3", "anna", 3, 3],
    ["Anna at the age of 40 to 45", "Anna", 40, 45],
    ["Anna, 3 years old", "Anna", 3, 3],
    ["Zoë age 1 – 2", "Zoë", 1, 2],
    ["Anna as a baby", "Anna", 0, 1],
    ["when Anna was a teenager", "Anna", 13, 19],
    ["als Anna 3 war", "Anna", 3, 3],
    ["als Anna Lima 3 Jahre alt war", "Anna Lima", 3, 3],
    ["Anna mit 2 bis 5 Jahren", "Anna", 2, 5],
    ["Anna im Alter von 2", "Anna", 2, 2],
    ["Anna 3 Jahre alt", "Anna", 3, 3],
    ["Anna als Kind", "Anna", 2, 12],
    ["李雷 aged 7", "李雷", 7, 7],
  ])("%s", (text, name, from, to) => expect(readAge(text)).toEqual({ name, from, to }));
  it.each([
    "Anna",
    "summer 2019",
    "3 faces",
    "since 2015",
    "Anna 5-2 years",
    "Anna aged 131",
    "when was 3",
    "Anna als Freundin",
    "2015-2018",
    "",
  ])("%s is no age", (text) => expect(readAge(text)).toBeNull());
});
