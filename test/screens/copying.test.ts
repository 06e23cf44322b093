import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { makeSmallLibrary, nameThem } from "../helpers/small-library.ts";
import { goTo, inList, openPage, type OpenPage } from "./open-page.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-copying-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;
beforeAll(async () => {
  const faces = await makeSmallLibrary(join(dir, "library"));
  library = await openServed(join(dir, "library"));
  browser = await launchChromium();
  await nameThem(library.engine, faces, ["Ana Lima"]);
  open = await openPage(browser, library);
  page = open.page;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: library.served.origin });
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(dir, { recursive: true, force: true });
});
/** What stands on the clipboard: the kinds, and the text. */
const clipboard = (): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const text = item?.types.includes("text/plain") === true ? [await (await item.getType("text/plain")).text()] : [];
    return [...(item?.types ?? []), ...text];
  });

describe("copying", () => {
  it("puts the picture of a face on the clipboard, by its key", async () => {
    await goTo(page, "People");
    await inList(page, "Enter");
    await page
      .getByRole("heading", { name: /^Ana Lima/u })
      .first()
      .waitFor();
    await inList(page, "Control+c");
    await page.getByText("Copied the picture.").waitFor();
    expect(await clipboard()).toEqual(["image/png"]);
  });
  it("puts on it where several photos are, also by the bar, and says how many", async () => {
    await goTo(page, "Photos");
    await inList(page, "Space", "ArrowRight", "Space");
    await page.getByRole("button", { name: /^Copy where they are/u }).click();
    await page.getByText("Copied where 2 files are.").waitFor();
    const [, text = ""] = await clipboard();
    expect(text.split("\n")).toHaveLength(2);
    expect(text).toMatch(/Summer \d+\.jpg/u);
  });
  it("says so where a picture cannot be had, instead of that it was copied", async () => {
    await page.keyboard.press("Escape");
    await inList(page, "Control+c");
    await page.getByText("The picture could not be copied.").waitFor();
  });
});

describe("what is said of the work", () => {
  it("is spoken at each tenth and at the end only, and at once where it stops", async () => {
    const at = (phase: string, done: number, more: object = {}) =>
      `event: progress\ndata: ${JSON.stringify({ phase, done, total: 1000, faces: done, failed: 0, secondsLeft: 60, photosPerSecond: 9, problem: null, words: "", ...more })}\n\n`;
    const full = { code: "disk-full", kind: "transient", sentence: "The disk is full.", act: "Make room.", detail: "" };
    const events = [
      ...Array.from({ length: 500 }, (_, done) => at("reading", 2 * done)),
      at("grouping", 0, { total: 0 }),
      at("stopped", 0, { problem: full }),
    ];
    // What the engine says of itself when it is asked comes first, or it would be what counts.
    let say = (): void => undefined;
    const wait = new Promise<void>((done) => (say = done));
    await page.route(
      "**/events",
      async (route) => {
        await wait;
        await route.fulfill({ contentType: "text/event-stream", body: events.join("") });
      },
      { times: 1 },
    );
    await page.addInitScript(() => {
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      document.addEventListener("DOMContentLoaded", () =>
        new MutationObserver(() => {
          const words = document.querySelector("[data-voice]")?.textContent ?? "";
          if (words !== "" && words !== spoken.at(-1)) spoken.push(words);
        }).observe(document.body, { childList: true, subtree: true, characterData: true }),
      );
    });
    await page.reload();
    await page.getByRole("contentinfo").getByText("12 photos").waitFor();
    say();
    await page.getByRole("alert").filter({ hasText: "The disk is full. Make room." }).waitFor();
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    expect(spoken.filter((words) => words.includes("of 1,000 photos")).length).toBeGreaterThan(1);
    expect(spoken.length).toBeLessThan(15);
  });
});
