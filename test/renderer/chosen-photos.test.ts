import { describe, expect, it } from "vitest";
import { ChosenPhotos } from "../../renderer/screens/photos/chosen-photos.svelte.ts";

/** A wall of a hundred thousand photos whose ids run the other way; only the first hundred have been fetched. */
const size = 100_000;
const id = (index: number): number => size - index;
const idAt = (index: number): number | undefined => (index < 100 ? id(index) : undefined);
const ids = (offset: number, limit: number): Promise<readonly number[]> =>
  Promise.resolve(Array.from({ length: Math.max(0, Math.min(limit, size - offset)) }, (_, at) => id(offset + at)));

describe("photos that are selected on a wall", () => {
  it("a stretch reaches over photos that were never fetched, both ways", async () => {
    const chosen = new ChosenPhotos(ids);
    chosen.toggle(10, id(10));
    await chosen.extend(50_000, idAt);
    expect(chosen.selection.size).toBe(49_991);
    expect([chosen.has(id(10)), chosen.has(id(50_000)), chosen.has(id(9)), chosen.has(id(50_001))]).toEqual([true, true, false, false]);
    await chosen.extend(2, idAt);
    expect(chosen.has(id(2))).toBe(true);
    expect(chosen.selection.size).toBe(49_999);
  });

  it("hundreds of thousands are no matter", async () => {
    const chosen = new ChosenPhotos((offset, limit) => Promise.resolve(Array.from({ length: limit }, (_, at) => offset + at + 1)));
    await chosen.stretch(0, 400_000);
    expect(chosen.selection.size).toBe(400_000);
    await chosen.stretch(0, 400_000);
    expect(chosen.any).toBe(false);
  });

  it("begins anew where the photo touched last stands somewhere else by now", async () => {
    const chosen = new ChosenPhotos(ids);
    chosen.toggle(10, id(12));
    await chosen.extend(20, idAt);
    expect(chosen.selection.list().sort()).toEqual([id(12), id(20)].sort());
  });

  it("takes a whole month, and lets go of it where all of it is selected", async () => {
    const chosen = new ChosenPhotos(ids);
    chosen.toggle(5, id(5));
    await chosen.stretch(0, 30);
    expect(chosen.selection.size).toBe(30);
    await chosen.stretch(0, 30);
    expect(chosen.any).toBe(false);
  });

  it("an answer that comes after something else was done changes nothing", async () => {
    let answer: (ids: readonly number[]) => void = () => undefined;
    const chosen = new ChosenPhotos(() => new Promise((done) => (answer = done)));
    const asked = chosen.stretch(0, 3);
    chosen.toggle(7, id(7));
    answer([1, 2, 3]);
    await asked;
    expect(chosen.selection.list()).toEqual([id(7)]);
  });

  it("says why a stretch could not be selected, and keeps what was", async () => {
    const chosen = new ChosenPhotos(() => Promise.reject(new Error("gone")));
    chosen.toggle(1, id(1));
    await chosen.stretch(0, 3);
    expect(chosen.problem?.code).toBe("internal");
    expect(chosen.selection.list()).toEqual([id(1)]);
  });

  it("lets go of photos that are not in the wall any more", async () => {
    const chosen = new ChosenPhotos(ids);
    chosen.toggle(0, id(0));
    chosen.toggle(1, size + 5);
    await chosen.dropGone();
    expect(chosen.selection.list()).toEqual([id(0)]);
  });
});
