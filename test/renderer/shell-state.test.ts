import { describe, expect, it } from "vitest";
import type { ProgressView } from "../../electron/contract/views.ts";
import { statusLine } from "../../renderer/shell/status-words.ts";
import { Selection } from "../../renderer/state/selection.svelte.ts";
import { Pages } from "../../renderer/state/pages.svelte.ts";
import { router } from "../../renderer/state/router.svelte.ts";
import { speak, t } from "../../renderer/strings/words.svelte.ts";
import { fileName, longDate, number, years } from "../../renderer/strings/format.ts";

describe("Selection", () => {
  it("takes ranges from the item last touched, in the order shown", () => {
    const selection = new Selection();
    const order = [9, 7, 5, 3, 1];
    selection.toggle(7);
    selection.extend(3, order);
    expect(selection.list().sort()).toEqual([3, 5, 7]);
    selection.toggle(5);
    expect(selection.has(5)).toBe(false);
    selection.extend(1, order);
    expect(selection.has(1)).toBe(true);
  });
  it("starts where it is told when nothing was touched, and forgets what is gone", () => {
    const selection = new Selection();
    selection.extend(5, [9, 7, 5]);
    expect(selection.list()).toEqual([5]);
    selection.keepOnly(new Set([9]));
    expect(selection.any).toBe(false);
  });
});

describe("Pages", () => {
  it("fetches each page once, and only those that are looked at", async () => {
    const asked: number[] = [];
    const pages = new Pages<number>((offset, limit) => {
      asked.push(offset);
      return Promise.resolve({ total: 1000, items: Array.from({ length: limit }, (_, index) => offset + index) });
    }, 100);
    await pages.ensure(450, 520);
    await pages.ensure(450, 520);
    expect(asked).toEqual([400, 500]);
    expect([pages.total, pages.at(451), pages.at(10)]).toEqual([1000, 451, undefined]);
  });
  it("shows the old until the new is there, and says what went wrong", async () => {
    let turn = 0;
    const pages = new Pages<string>(() => {
      turn += 1;
      return turn === 2 ? Promise.reject(new Error("away")) : Promise.resolve({ total: 1, items: [`turn ${turn}`] });
    }, 10);
    await pages.ensure(0, 1);
    await pages.reload();
    expect(pages.problem?.code).toBe("internal");
    await pages.reload();
    expect([pages.at(0), pages.problem]).toEqual(["turn 3", null]);
  });
});

describe("router", () => {
  it("keeps what a visit remembers, and gives it back when one comes back", () => {
    router.goTop({ screen: "photos" });
    router.goTop({ screen: "people" });
    router.keep("grid.top", 3341);
    router.go({ screen: "person", personId: 7 });
    expect(router.keptNumber("grid.top", 0)).toBe(0);
    router.replace({ screen: "person", personId: 8 });
    router.back();
    expect(router.current).toEqual({ screen: "people" });
    expect(router.keptNumber("grid.top", 0)).toBe(3341);
  });
  it("leads to People from the first place, and nowhere from there", () => {
    router.goTop({ screen: "history" });
    router.back();
    expect(router.current.screen).toBe("people");
    router.back();
    expect(router.current.screen).toBe("people");
  });
});

describe("the status line", () => {
  const progress: ProgressView = {
    phase: "reading",
    done: 12_430,
    total: 98_210,
    faces: 27_316,
    failed: 3,
    secondsLeft: 41 * 60,
    photosPerSecond: 35,
    problem: null,
    words: "",
  };
  it("says how far, and the time left rounded", () => {
    speak("en");
    expect(statusLine(progress, null, t()).parts).toEqual(["12,430 of 98,210 photos", "41 min left"]);
    expect(statusLine({ ...progress, secondsLeft: 12 }, null, t()).parts[1]).toBe("under a minute");
    expect(statusLine({ ...progress, secondsLeft: 5 * 3600 }, null, t()).parts[1]).toBe("about 5 hours left");
    expect(statusLine({ ...progress, secondsLeft: null }, null, t()).parts.length).toBe(1);
  });
  it("says beside what is read how far the closer look at a very large library is", () => {
    speak("en");
    const idle = { ...progress, phase: "idle", closer: { done: 61_000, total: 300_000 } } as const;
    expect(statusLine(idle, null, t()).parts).toEqual(["No photos yet", "taking a closer look at all faces, 20 %"]);
    expect(statusLine({ ...idle, closer: null }, null, t()).parts.length).toBe(1);
    expect(statusLine({ ...idle, phase: "reading" }, null, t()).parts.length).toBe(2);
  });
  it("offers to go on when it was paused, and shows how far", () => {
    const line = statusLine({ ...progress, phase: "paused" }, null, t());
    expect([line.parts[0], line.action]).toEqual(["Paused at 12,430 of 98,210 photos", "go-on"]);
    expect(line.share).toBeCloseTo(0.1266, 3);
  });
});

describe("words", () => {
  it("has every sentence in German too, with its numbers and dates", () => {
    speak("de");
    expect(t().status.reading(12_430, 98_210)).toBe("12.430 von 98.210 Fotos");
    expect(longDate("2003-07-04T12:00:00")).toBe("4. Juli 2003");
    speak("en");
    expect(longDate("2003-07-04T12:00:00")).toBe("4 July 2003");
    expect(number(1_234_567)).toBe("1,234,567");
  });
  it("never moves a date to another day, and writes spans with a dash", () => {
    expect(longDate("1999-12-31T23:59:59")).toBe("31 December 1999");
    expect([years(1999, 2004), years(2003, 2003), years(null, null)]).toEqual(["1999–2004", "2003", ""]);
  });
  it("cuts long file names in the middle, so that their kind stays", () => {
    const short = fileName("a very long name of a photo that goes on and on (12).jpeg", 30);
    expect(short.length).toBe(30);
    expect(short.endsWith("(12).jpeg")).toBe(true);
  });
});
