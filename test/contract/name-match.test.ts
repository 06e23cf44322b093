import { describe, expect, it } from "vitest";
import { foldName, matchName, nameFits } from "../../electron/contract/name-match.ts";

describe("names as they are typed", () => {
  it.each([
    ["Clara Weiß", "weiss"],
    ["Søren Łukasz", "soren luk"],
    ["Đặng Thị Æther", "dang thi aeth"],
    ["Inês Duarte", "INES"],
    ["Zoë-Marie O’Neil", "marie"],
  ])("%s is found by %s: accents, capitals and odd letters do not matter", (name, typed) => {
    expect(matchName(name, typed)).toBeLessThanOrEqual(nameFits.words);
  });
  it("sorts letters without accents among their kind", () => {
    expect(["Żaneta", "Øyvind", "Ørsted", "Ana"].map(foldName).toSorted()).toEqual(["ana", "orsted", "oyvind", "zaneta"]);
  });
  it.each([
    ["William Hurt", "bill"],
    ["Margaret Smith", "peggy sm"],
    ["Aleksandr Popov", "sasha"],
    ["Friedrich Maier", "Fritz Maier"],
    ["Bill Bryson", "william"],
  ])("%s is found by another form of the given name: %s", (name, typed) => {
    expect(matchName(name, typed)).toBe(nameFits.alias);
  });
  it.each([
    ["Serena Williams", "sernea"],
    ["Serena Williams", "serana"],
    ["Serena Williams", "serna"],
    ["Serena Williams", "sereena"],
  ])("%s is found with one letter off: %s", (name, typed) => {
    expect(matchName(name, typed)).toBe(nameFits.near);
  });
  it("ranks: begins, a word begins, words in another order, holds", () => {
    expect(["Ana Lima", "Mary Ana Berg", "Lima, Ana", "Diana"].map((name) => matchName(name, "ana"))).toEqual([0, 1, 1, 3]);
    expect(matchName("Ana Lima", "lima ana")).toBe(nameFits.words);
  });
  it("does not find what only sounds a little like it", () => {
    for (const [name, typed] of [
      ["Ana Lima", "anb"],
      ["Serena Williams", "verena"],
      ["Ben Okafor", "bill"],
      ["Ben Okafor", "x"],
      ["王小明", "li"],
    ] as const)
      expect([name, typed, matchName(name, typed)]).toEqual([name, typed, null]);
  });
  it("finds names that are not written in Latin letters, and takes every sign of a pattern as it is", () => {
    expect(matchName("王小明", "小明")).toBe(nameFits.holds);
    expect(matchName("Дмитрий Соколов", "соколов")).toBe(nameFits.wordBegins);
    expect(matchName("محمد صلاح", "صلاح")).toBe(nameFits.wordBegins);
    expect(matchName("100% [Ana]", "% [")).toBe(nameFits.holds);
  });
});
