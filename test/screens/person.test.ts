import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, drawn, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

/** Five photos of the same five people, as if taken over the years; the last says no date, so only its file has one. */
const names = [
  ["IMG_20010520_120000.png", "sitcom-1.png"],
  ["IMG_20030611_120000.png", "sitcom-2.png"],
  ["IMG_20050712_120000.png", "sitcom-3.png"],
  ["Later/IMG_20110213_120000.png", "sitcom-4.png"],
  ["Later/undated.png", "sitcom-5.png"],
] as const;

describe.skipIf(!existsSync(photographs))("one person (needs the real photographs)", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-person-"));
  const photos = join(dir, "photos");
  const home = join(dir, "home");
  const homes = ["HOME", "USERPROFILE"] as const;
  const homesBefore = homes.map((name) => process.env[name]);
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let ana = 0;
  beforeAll(async () => {
    for (const name of homes) process.env[name] = home;
    mkdirSync(join(photos, "Later"), { recursive: true });
    mkdirSync(join(home, "Kept"), { recursive: true });
    for (const [to, from] of names) copyFileSync(join(photographs, from), join(photos, to));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
    const groups = (await library.engine.request("people.list", { show: "unnamed" })).items;
    ana = groups[0]?.id ?? 0;
    await library.engine.request("decide", { kind: "name", payload: { personId: ana, name: "Ana Lima" } });
    await library.engine.request("decide", { kind: "name", payload: { personId: groups[1]?.id ?? 0, name: "Ben Okafor" } });
    await library.engine.request("decide", { kind: "birthday", payload: { personId: ana, date: "2000-06-01" } });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    for (const [at, name] of homes.entries()) {
      const was = homesBefore[at];
      if (was === undefined) delete process.env[name];
      else process.env[name] = was;
    }
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
    await page.getByRole("gridcell", { name: /Ana Lima/u }).click();
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await tiles().first().waitFor();
  });
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });
  const tiles = (): Locator => page.getByRole("grid", { name: "Ana Lima" }).getByRole("gridcell");
  const headings = (): Promise<string[]> => page.getByRole("rowheader").getByRole("heading").allTextContents();
  const active = (): Promise<string | null> => page.locator("[data-active]").getAttribute("data-index");
  const toast = (words: string | RegExp): Locator => page.getByRole("region", { name: "Messages" }).getByText(words);

  it("says how old somebody is under each face; the time of a file makes neither a year nor an age", async () => {
    expect(await headings()).toEqual(["2011", "2005", "2003", "2001", "Without a date"]);
    const said = async (): Promise<string[]> => (await tiles().allTextContents()).map((text) => text.trim()).slice(0, 4);
    await expect.poll(said).toEqual(["10 years", "5 years", "3 years", "11 months"]);
    await page.getByText("0 to 10 years old here").waitFor();
    await page.getByRole("button", { name: "Newest first" }).click();
    await page.getByRole("menuitemradio", { name: "By age" }).click();
    await expect.poll(headings).toEqual(["Before the first birthday", "Age 3", "Age 5", "Age 10", "Without a date"]);
  });

  it("filters by company, folder and age, says how many are left, and lets each condition go", async () => {
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitemcheckbox", { name: /^Later/u }).click();
    await expect.poll(() => tiles().count()).toBe(2);
    await page.getByRole("menuitemcheckbox", { name: /^10 to 13/u }).click();
    await expect.poll(() => tiles().count()).toBe(1);
    await page.getByRole("menuitemcheckbox", { name: /^Ben Okafor/u }).click();
    await page.keyboard.press("Escape");
    await page.getByText("1 of 5").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Stop showing only: Age 10 to 13" }).click();
    await page.getByRole("button", { name: "Stop showing only: Later" }).click();
    const shared = await library.engine.request("person.photos", { personId: ana, with: 0 + (await idOf("Ben Okafor")) });
    await expect.poll(() => tiles().count()).toBe(shared.total);
    await page.getByRole("radio", { name: /^Photos/u }).click();
    await expect.poll(() => tiles().count()).toBe(shared.total);
  });
  async function idOf(name: string): Promise<number> {
    return (await library.engine.request("people.list", { show: "named" })).items.find((person) => person.name === name)?.id ?? 0;
  }

  it("lists everybody who is in the same photos, and shows only those", async () => {
    await page.getByRole("button", { name: /^All \d/u }).click();
    const list = page.getByRole("dialog", { name: "In photos with Ana" });
    await list.getByText("Ben Okafor").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await list.getByRole("button", { name: /^Ben Okafor/u }).click();
    await page.getByRole("button", { name: "Stop showing only: With Ben Okafor" }).waitFor();
    await list.waitFor({ state: "hidden" });
  });

  it("goes to a date by G, and from month to month by [ and ]", async () => {
    await inList(page, "Home", "[");
    expect(await active()).toBe("1");
    await page.keyboard.press("[");
    await page.keyboard.press("]");
    expect(await active()).toBe("1");
    await page.keyboard.press("g");
    await page.keyboard.type("2001");
    await page.keyboard.press("Enter");
    await expect.poll(active).toBe("3");
    await page.keyboard.press("[");
    expect(await active()).toBe("3");
  });

  it("shows somebody through the years, step by step and by itself, and saves it as pictures", async () => {
    await page.getByRole("button", { name: "Through the years" }).click();
    const dialog = page.getByRole("dialog", { name: "Ana through the years" });
    await dialog.getByText("1 face has no date and is left out.").waitFor();
    const { frames } = await library.engine.request("person.growth", { personId: ana });
    const years = frames.map((frame) => frame.takenAt.slice(0, 4));
    expect(years.length).toBeGreaterThan(1);
    const shown = dialog.locator("strong");
    await expect.poll(() => shown.textContent()).toBe(years[0]);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => shown.textContent()).toBe(years[1]);
    await page.keyboard.press("Home");
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("radio", { name: "Fast" }).click();
    await dialog.getByRole("button", { name: /^Play/u }).click();
    await expect.poll(() => shown.textContent(), { timeout: 15_000 }).toBe(years.at(-1));
    await dialog.getByRole("button", { name: /^Play/u }).waitFor();
    expect(
      await dialog
        .locator("img")
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBe(384);

    await dialog.getByRole("button", { name: "Save as pictures…" }).click();
    const picker = page.locator("dialog[open]");
    await picker.getByRole("button", { name: "Kept" }).click();
    await picker.getByRole("button", { name: /^Choose [^…]/u }).click();
    await toast(new RegExp(`^Saved ${frames.length} pictures`, "u")).waitFor();
    const files = frames.map((frame, at) => `00${at + 1} ${frame.takenAt.slice(0, 10)}, ${frame.age}.jpg`);
    expect(readdirSync(join(home, "Kept", "Ana Lima")).sort()).toEqual(["000 all.jpg", ...files]);
  });

  it("says what is wrong when the years cannot be had, and tries again", async () => {
    await page.route("**/api/person.growth", (route) => route.abort());
    await page.getByRole("button", { name: "Through the years" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Try again" }).waitFor();
    await page.unroute("**/api/person.growth");
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.getByRole("button", { name: /^Play/u }).waitFor();
    (open.complaints as string[]).length = 0;
  });

  it("splits by parts: faces are selected and sent by number, or dragged; carried out and taken back", async () => {
    await inList(page, "p");
    const sheet = page.getByRole("dialog", { name: "Split Ana Lima" });
    await sheet.locator("[data-face]").first().waitFor();
    await page.keyboard.press("2");
    await sheet.locator('[aria-busy="true"]').waitFor({ state: "hidden" });
    const parts = sheet.locator("[data-part]");
    await expect.poll(() => parts.count()).toBe(2);
    const counts = (): Promise<number[]> => parts.evaluateAll((all) => all.map((part) => part.querySelectorAll("[data-face]").length));
    await expect.poll(async () => (await counts()).reduce((sum, each) => sum + each, 0)).toBe(5);
    const [keeps = 0] = await counts();
    await parts.first().locator("[data-face]").first().focus();
    for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
    await sheet.getByText(/^2 faces selected/u).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("2");
    await expect.poll(counts).toEqual([keeps - 2, 5 - keeps + 2]);
    await parts.last().locator("[data-face]").first().dragTo(parts.first());
    await expect.poll(counts).toEqual([keeps - 1, 5 - keeps + 1]);
    await sheet.getByRole("button", { name: /^Split/u }).click();
    await sheet.waitFor({ state: "hidden" });
    await expect.poll(async () => (await library.engine.request("person.get", { personId: ana })).faces).toBe(keeps - 1);
    await page.getByRole("region", { name: "Messages" }).getByRole("button", { name: /^Undo/u }).first().click();
    await expect.poll(async () => (await library.engine.request("person.get", { personId: ana })).faces).toBe(5);
  });

  it("holds at 200 %: nothing is cut off at the side, tools that do not fit are in the menu, keys do the same", async () => {
    await page.setViewportSize({ width: 512, height: 450 });
    await drawn(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.getByRole("button", { name: "More about this person" }).click();
    await page.getByRole("menuitem", { name: "Split this person" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Through the years" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Play/u }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
});
