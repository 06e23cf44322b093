import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, openPage, type OpenPage } from "./open-page.ts";

const libraryDir = mkdtempSync(join(tmpdir(), "familiar-window-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  doubtfulLibrary(libraryDir, 3);
  library = await openServed(libraryDir);
  browser = await launchChromium();
  open = await openPage(browser, library);
  page = open.page;
});
afterAll(async () => {
  await browser.close();
  await library.close().catch(() => undefined);
  rmSync(libraryDir, { recursive: true, force: true });
});

/** What the browser tells a page while something is dragged over it. */
async function drag(type: "dragenter" | "dragleave" | "drop"): Promise<void> {
  await page.evaluate((name) => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "Holiday"));
    window.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, type);
}

/** Opens the list of actions and waits until it hears what is typed: a key takes longer than that for a person, not for a test. */
async function openPalette(): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.locator("[role=dialog] input:focus").waitFor();
}

it("does what is typed: goes to a month, changes the theme, and says when nothing fits", async () => {
  await page.getByRole("navigation", { name: "Places" }).waitFor();
  await openPalette();
  await page.keyboard.type("May 2003");
  await page.getByRole("option", { name: /^May 2003/u }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  await openPalette();
  await page.keyboard.type("dark");
  await page.getByRole("option", { name: /^Dark/u }).waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  await openPalette();
  await page.keyboard.type("zzzz");
  await page.getByRole("option", { name: /nothing|nobody|no /iu }).waitFor();
  await page.keyboard.press("Escape");
});

it("shows that a folder can be let go, and asks where it lies, which a browser does not tell", async () => {
  await drag("dragenter");
  await page.getByText("Let go to add the folder").waitFor();
  await drag("dragleave");
  await page.getByText("Let go to add the folder").waitFor({ state: "hidden" });
  await drag("dragenter");
  await drag("drop");
  await page.getByRole("dialog", { name: "Choose a folder" }).waitFor();
  await page.getByText("A browser does not tell where a folder lies.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Choose a folder" }).waitFor({ state: "hidden" });
});

it("keeps what is on the screen when the engine goes away, and says so", async () => {
  await goTo(page, "People");
  expect(open.complaints).toEqual(open.complaints.filter((words) => words.includes("Failed to load resource")));
  await library.served.close();
  await page.getByRole("alert").getByText("Familiar’s engine does not answer").waitFor();
  await page.getByRole("heading", { name: "People" }).first().waitFor();
});
