import { describe, expect, it } from "vitest";
import type { FaceView, PersonCard } from "../../electron/contract/views.ts";
import { toolsThatFit } from "../../renderer/parts/tools-that-fit.ts";
import { kept } from "../../renderer/screens/people/kept-order.ts";
import { ageWords, monthsAt, yearsAt } from "../../renderer/screens/person/ages.ts";
import { foldersOf } from "../../renderer/screens/person/folders.ts";
import { byAge, byYear, monthsOf, undatedSections } from "../../renderer/screens/person/person-sections.ts";

const at = (takenAt: string | null, takenFrom: string | null = "exif") => ({ takenAt, takenFrom });

describe("how old somebody was", () => {
  it("counts whole months and years, to the day", () => {
    expect(yearsAt("2001-07-03", "2004-07-02T10:00:00")).toBe(2);
    expect(yearsAt("2001-07-03", "2004-07-03T00:00:00")).toBe(3);
    expect(monthsAt("2004-02-29", "2004-03-28T10:00:00")).toBe(0);
    expect(monthsAt("2001-07-03", "2001-07-02T10:00:00")).toBe(-1);
    expect(monthsAt(null, "2001-07-02")).toBe(null);
  });
  it("says months up to the second birthday, years from then on, and what cannot be", () => {
    const words = ["2000-01-20", "2001-12-31", "2002-01-15", "2031-01-15", "1999-12-31", null].map((date) => ageWords("2000-01-15", date));
    expect(words).toEqual(["newborn", "23 months", "2 years", "31 years", "before birth", ""]);
  });
});

describe("sections of a person", () => {
  const items = [at("2003-05-01"), at(null), at("2004-01-02"), at("2025-01-01", "file-time"), at("2003-02-01"), at("2000-01-01")];
  it("gathers by year, newest or oldest first; a file's time is no date, and no date comes last", () => {
    expect(byYear(items, "newest").map((section) => [section.value, section.items.length])).toEqual([
      [2004, 1],
      [2003, 2],
      [2000, 1],
      [null, 2],
    ]);
    expect(byYear(items, "oldest").map((section) => section.value)).toEqual([2000, 2003, 2004, null]);
  });
  it("gathers by age, what was before the birthday in one section of its own", () => {
    const sections = byAge(items, "2002-03-01");
    expect(sections.map((section) => section.value)).toEqual([-1, 0, 1, null]);
    expect([...undatedSections(sections)]).toEqual([3]);
  });
  it("knows where each month begins, newest first, in either order", () => {
    const of = (order: "newest" | "oldest") => monthsOf(byYear(items, order), 4).map((month) => [month.month, month.offset]);
    expect(of("newest")).toEqual([
      ["2004-01", 4],
      ["2003-05", 5],
      ["2003-02", 6],
      ["2000-01", 7],
    ]);
    expect(of("oldest").map(([, offset]) => offset)).toEqual([7, 6, 5, 4]);
  });
  it("tells folders of the same name apart", () => {
    const faces = ["/a/2003/Summer/1.jpg", "/a/2004/Summer/1.jpg", "/a/2004/Summer/2.jpg", "C:\\b\\Zoo\\3.jpg"].map(
      (path) => ({ path }) as FaceView,
    );
    expect(foldersOf(faces).map((folder) => [folder.name, folder.faces])).toEqual([
      ["2004 › Summer", 2],
      ["2003 › Summer", 1],
      ["Zoo", 1],
    ]);
  });
});

describe("a list that does not move under the pointer", () => {
  const card = (id: number, faces = id): PersonCard => ({ id, faces }) as PersonCard;
  it("keeps its order with fresh facts, and lets go what is gone", () => {
    const next = kept([card(3), card(1), card(2)], [card(2, 90), card(1, 7)], () => false);
    expect(next.map((each) => [each.id, each.faces])).toEqual([
      [1, 7],
      [2, 90],
    ]);
  });
  it("puts what may come behind the one it follows, and lets the rest wait", () => {
    const next = kept([card(1), card(2), card(3)], [card(1), card(8), card(9), card(2), card(3), card(4)], (each) => each.id !== 9);
    expect(next.map((each) => each.id)).toEqual([1, 8, 2, 3, 4]);
    expect(kept([card(2)], [card(1), card(2)], () => true).map((each) => each.id)).toEqual([1, 2]);
  });
});

describe("tools of a bar", () => {
  const tools = [{ label: "Through the years" }, { label: "Split this person" }];
  it("all stand there while they fit; then they go into the menu from the right", () => {
    expect([600, 300, 100, 10].map((room) => toolsThatFit(tools, room, true))).toEqual([2, 1, 0, 0]);
    expect(toolsThatFit(tools, 350, false)).toBe(2);
  });
});
