import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { chooseFolder } from "./choose-folder.ts";
import { axe, drawn, goTo, inList, openPage, type OpenPage } from "./open-page.ts";

/** Photos are chosen on the walls of Photos and Search: by keys, by pointer, a month at a time, out of view; and written out. */
describe("choosing photos", () => {
  const home = mkdtempSync(join(tmpdir(), "familiar-choosing-"));
  const photos = join(home, "Album");
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(photos);
    for (let at = 0; at < 60; at += 1) {
      const [month, day] = at < 20 ? ["08", at + 1] : ["07", (at % 28) + 1];
      const name = `2019-${month}-${String(day).padStart(2, "0")} ${String(at).padStart(2, "0")}.jpg`;
      const background = `hsl(${at * 6} 40% 60%)`;
      await sharp({ create: { width: 90, height: 60, channels: 3, background } })
        .jpeg()
        .toFile(join(photos, name));
    }
    library = await openServed(join(home, "library"));
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
    await goTo(page, "Photos");
    await page.getByRole("heading", { name: "August 2019" }).waitFor();
    await drawn(page);
  });
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  const bar = () => page.getByRole("toolbar", { name: "What to do with the selected" });
  const says = (words: string | RegExp) => bar().getByText(words, { exact: true }).waitFor();
  const cell = (at: number) => page.locator(`main [data-index="${at}"]`);

  it("by keyboard: one, a stretch, a month, none", async () => {
    await inList(page, "Home", "Space");
    await says("1 photo");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await says("3 photos");
    expect(await cell(2).getAttribute("aria-selected")).toBe("true");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Control+a");
    await says("20 photos");
    await page.keyboard.press("Control+a");
    await expect.poll(() => bar().count()).toBe(0);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await expect.poll(() => bar().count()).toBe(0);
    // The focus is still on the wall, and Enter opens.
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Draw a face" }).first().waitFor();
    await page.keyboard.press("Escape");
    await inList(page, "Home", "Shift+End");
    await says(/^60 photos/u);
    await says(/, \d+ not in view$/u);
  });

  it("by pointer: the tick, presses while something is selected, a stretch, a month, a rectangle", async () => {
    await cell(1).hover();
    await cell(1).locator("[data-tick]").click();
    await says("1 photo");
    await cell(3).click();
    await says("2 photos");
    await cell(6).click({ modifiers: ["Shift"] });
    await says("5 photos");
    await cell(3).click();
    await says("4 photos");
    await page.getByRole("button", { name: "Unselect" }).click();
    await cell(4).click({ modifiers: ["ControlOrMeta"] });
    await says("1 photo");
    await page.getByRole("button", { name: "Select August 2019" }).click();
    await says("20 photos");
    await page.getByRole("button", { name: "Unselect" }).click();
    const heading = await page.getByRole("heading", { name: "August 2019" }).boundingBox();
    const third = await cell(2).boundingBox();
    if (heading === null || third === null) throw new Error("nothing to draw around");
    // From beside the heading down into the third picture.
    await page.mouse.move(heading.x + heading.width + 200, heading.y + 10);
    await page.mouse.down();
    await page.mouse.move(third.x + third.width - 4, third.y + 20, { steps: 6 });
    const whileDrawn = await bar().innerText();
    await page.mouse.up();
    const count = await page.locator("main [data-index][aria-selected=true]").count();
    expect(count).toBeGreaterThan(0);
    expect(whileDrawn).toContain(count === 1 ? "1 photo" : `${count} photos`);
  });

  it.skipIf(process.platform === "win32")("are written out, these and no others", async () => {
    const into = mkdtempSync(join(home, "out-"));
    await inList(page, "Home", "Space", "ArrowRight", "ArrowRight", "Space");
    await says("2 photos");
    await bar().getByRole("button", { name: "Write out" }).click();
    const dialog = page.getByRole("dialog", { name: "Write out 2 photos" });
    await dialog.getByRole("textbox").fill("");
    await dialog.getByRole("button", { name: "Choose a folder" }).click();
    await chooseFolder(page, realpathSync(into));
    await dialog.getByRole("button", { name: "Write copies" }).click();
    await dialog.getByText(/^Wrote 2 copies into/u).waitFor();
    expect(readdirSync(into).toSorted()).toEqual(["2019-08-18 17.jpg", "2019-08-20 19.jpg"]);
    await dialog.getByRole("button", { name: "Done" }).click();
    // What was selected stays so, and the keys go on working.
    await says("2 photos");
    await page.keyboard.press("Escape");
    await expect.poll(() => bar().count()).toBe(0);
  });

  it("in Search too, and another search begins with none", async () => {
    await goTo(page, "Search");
    await page.getByRole("textbox", { name: "When" }).fill("July 2019");
    await page.getByRole("grid", { name: "Photos found" }).waitFor();
    await inList(page, "Home", "Space", "Shift+ArrowRight");
    await says("2 photos");
    await page.getByRole("textbox", { name: "When" }).fill("August 2019");
    await expect.poll(() => bar().count()).toBe(0);
  });

  it("lets go of what is not there any more", async () => {
    await inList(page, "Home", "Space");
    await says("1 photo");
    const [folder] = (await library.engine.request("status", {})).folders;
    await library.engine.request("folders.remove", { folderId: folder?.id ?? 0 });
    await expect.poll(() => bar().count()).toBe(0);
    await library.engine.request("index", { folders: [photos] });
  });
});
