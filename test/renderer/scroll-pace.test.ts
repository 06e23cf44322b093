import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scrollPace } from "../../renderer/state/scroll-pace.ts";

describe("the pace of a list", () => {
  let now = 0;
  /** So many frames of a list that is 800 pixels high. */
  const frames = (count: number, by: number): void => {
    for (let at = 0; at < count; at += 1) {
      now += 16;
      scrollPace.moved(by, 800, now);
    }
  };
  beforeEach(() => {
    vi.useFakeTimers();
    now += 10_000;
  });
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
  });

  it("a turning wheel is slow enough to look at, and so is one jump to the end", () => {
    frames(60, 40);
    expect(scrollPace.fast).toBe(false);
    now += 10_000;
    scrollPace.moved(2_000_000, 800, now);
    expect(scrollPace.fast).toBe(false);
  });

  it("a flight keeps pictures waiting until it slows down, newest and oldest alike", () => {
    frames(30, 400);
    expect(scrollPace.fast).toBe(true);
    const asked: string[] = [];
    scrollPace.whenCalm(() => asked.push("a"));
    const callOff = scrollPace.whenCalm(() => asked.push("gone"));
    scrollPace.whenCalm(() => asked.push("b"));
    callOff();
    frames(5, 300);
    expect(asked).toEqual([]);
    frames(30, 30);
    expect(asked).toEqual(["a", "b"]);
  });

  it("and no longer than the list moves", () => {
    frames(30, 400);
    const asked: string[] = [];
    scrollPace.whenCalm(() => asked.push("a"));
    vi.advanceTimersByTime(60);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(60);
    expect(asked).toEqual(["a"]);
    expect(scrollPace.fast).toBe(false);
    scrollPace.whenCalm(() => asked.push("at once"));
    expect(asked).toEqual(["a", "at once"]);
  });
});
