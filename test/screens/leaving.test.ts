import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("a screen that is left early (needs the real photographs)", () => {
  const photos = mkdtempSync(join(tmpdir(), "familiar-leaving-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  /** Milliseconds that every answer takes, and after which a screen is left: before, while and after it is drawn. */
  const slow = 60;
  const stays = [0, 25, 50, 63, 75, 90, 105, 120, 150, 190];

  beforeAll(async () => {
    for (const name of ["sitcom-1.png", "sitcom-2.png", "sitcom-3.png"]) copyFileSync(join(photographs, name), join(photos, name));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
    open = await openPage(browser, library);
    await open.page.getByRole("gridcell").first().waitFor();
    await open.page.route("**/api/*", async (route) => {
      await new Promise((done) => setTimeout(done, slow));
      // Its page may have gone.
      await route.continue().catch(() => undefined);
    });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });

  it.each([
    ["Review", "Control+2"],
    ["Photos", "Control+3"],
    ["Search", "Control+4"],
    ["History", "Control+5"],
    ["Activity", "Control+6"],
    ["Settings", "Control+,"],
  ])("%s says nothing about it, whenever that is", async (_, key) => {
    for (const stay of stays) {
      await open.page.keyboard.press(key);
      await open.page.waitForTimeout(stay);
      await open.page.keyboard.press("Control+1");
    }
    await open.page.waitForTimeout(2 * slow);
    expect(open.complaints).toEqual([]);
  });
  it.each([
    ["a person", "Control+1"],
    ["a photo", "Control+3"],
  ])("%s says nothing about it either", async (_, from) => {
    for (const stay of stays) {
      await open.page.keyboard.press(from);
      const grid = open.page.getByRole("grid").first();
      await grid.getByRole("gridcell").first().waitFor();
      await grid.focus();
      await open.page.keyboard.press("Home");
      await open.page.keyboard.press("Enter");
      await open.page.waitForTimeout(stay);
      await open.page.keyboard.press("Control+1");
    }
    await open.page.waitForTimeout(2 * slow);
    expect(open.complaints).toEqual([]);
  });
});
