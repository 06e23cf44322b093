import { describe, expect, it } from "vitest";
import { keyName, keyWords } from "../../renderer/state/keys.svelte.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent;

describe("keyName", () => {
  it("names keys as the maps write them", () => {
    expect(keyName(press("y"))).toBe("y");
    expect(keyName(press("Y", { shiftKey: true }))).toBe("y");
    expect(keyName(press("?", { shiftKey: true }))).toBe("?");
    expect(keyName(press(" "))).toBe("Space");
    expect(keyName(press("k", { ctrlKey: true }))).toBe("Ctrl+K");
    expect(keyName(press("Z", { ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+Z");
    expect(keyName(press("ArrowLeft", { shiftKey: true }))).toBe("Shift+ArrowLeft");
    expect(keyName(press("ArrowLeft", { altKey: true }))).toBe("Alt+ArrowLeft");
    expect(keyName(press("F6", { shiftKey: true }))).toBe("Shift+F6");
  });
  it("finds letters by their place where the layout has no Latin ones", () => {
    expect(keyName(press("н", { code: "KeyY" }))).toBe("y");
    expect(keyName(press("я", { code: "KeyZ", ctrlKey: true }))).toBe("Ctrl+Z");
  });
});

describe("keyWords", () => {
  it("writes keys for people", () => {
    expect(keyWords("Ctrl+Shift+Z")).toEqual(["Ctrl", "Shift", "Z"]);
    expect(keyWords("+")).toEqual(["+"]);
    expect(keyWords("ArrowLeft")).toEqual(["←"]);
    expect(keyWords("y")).toEqual(["Y"]);
  });
});
