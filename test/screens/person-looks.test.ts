import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

/** Five photos of the same five people, one a year; two of them in a folder of their own. */
const names = [
  ["IMG_20010520_120000.png", "sitcom-1.png"],
  ["IMG_20030611_120000.png", "sitcom-2.png"],
  ["IMG_20030712_120000.png", "sitcom-3.png"],
  ["Later/IMG_20110213_120000.png", "sitcom-4.png"],
  ["Later/IMG_20120213_120000.png", "sitcom-5.png"],
] as const;

describe.skipIf(!existsSync(photographs))("how one person is looked at (needs the real photographs)", () => {
  const photos = mkdtempSync(join(tmpdir(), "familiar-looks-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let ana = 0;
  let others: readonly number[] = [];
  let decided = 0;
  beforeAll(async () => {
    mkdirSync(join(photos, "Later"));
    for (const [to, from] of names) copyFileSync(join(photographs, from), join(photos, to));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
    const groups = (await library.engine.request("people.list", { show: "unnamed" })).items;
    ana = groups.find((group) => group.photos === names.length)?.id ?? 0;
    others = groups.map((group) => group.id).filter((id) => id !== ana);
    await library.engine.request("decide", { kind: "name", payload: { personId: ana, name: "Ana Lima" } });
    await library.engine.request("decide", { kind: "name", payload: { personId: others[0] ?? 0, name: "Ben Okafor" } });
    decided = await standing();
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
    await page.getByRole("gridcell", { name: /Ana Lima/u }).click();
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await tiles().first().waitFor();
  });
  afterEach(async () => {
    while ((await standing()) > decided) await library.engine.request("undo", {});
    expect(open.complaints).toEqual([]);
    await open.close();
  });
  async function standing(): Promise<number> {
    return (await library.engine.request("history", { limit: 1000 })).items.filter((entry) => !entry.undone).length;
  }
  const tiles = (): Locator => page.getByRole("grid", { name: "Ana Lima" }).getByRole("gridcell");
  const selected = (): Promise<number> => page.locator('[role="gridcell"][aria-selected="true"]').count();
  const headings = (): Promise<string[]> => page.getByRole("rowheader").getByRole("heading").allTextContents();

  it("finds order, filter and place again on the way back from a photo, which has only the photos that were shown beside it", async () => {
    await page.getByRole("button", { name: "Newest first" }).click();
    await page.getByRole("menuitemradio", { name: "Oldest first" }).click();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitemcheckbox", { name: /^Later/u }).click();
    await page.keyboard.press("Escape");
    await expect.poll(headings).toEqual(["2011", "2012"]);
    await inList(page, "Home", "Enter");
    await page.getByRole("button", { name: "Draw a face" }).first().waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("IMG_20120213_120000.png").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await expect.poll(headings).toEqual(["2011", "2012"]);
    await page.getByRole("button", { name: "Oldest first" }).waitFor();
    await page.getByText("2 of 5").waitFor();
  });

  it("says over a year how old somebody was in its photos, not what the years differ by", async () => {
    await library.engine.request("decide", { kind: "birthday", payload: { personId: ana, date: "1981-06-20" } });
    await page.getByText("19 to 30 years old here").waitFor();
    const facts = (): Promise<string[]> => page.getByRole("rowheader").locator(".numbers").allTextContents();
    await expect.poll(facts).toEqual(["age 30 · 1 face", "age 29 · 1 face", "age 21–22 · 2 faces", "age 19 · 1 face"]);
  });

  it("selects a year by its heading, then everything by Ctrl+A pressed twice", async () => {
    const heading = page.getByRole("rowheader").filter({ hasText: "2003" });
    await heading.hover();
    await heading.getByRole("button", { name: "Select 2003" }).click();
    expect(await selected()).toBe(2);
    await page.getByText("2 faces", { exact: true }).first().waitFor();
    await heading.getByRole("button", { name: "Select 2003" }).click();
    expect(await selected()).toBe(0);
    await inList(page, "Home", "Control+a");
    expect(await selected()).toBe(1);
    await page.keyboard.press("Control+a");
    expect(await selected()).toBe(5);
  });

  it("says why a face is here, and asks to whom it belongs, with the mouse alone", async () => {
    await tiles().first().hover();
    await tiles().first().locator("[data-tick]").click();
    const bar = page.getByRole("toolbar", { name: "What to do with the selected" });
    const why = bar.getByRole("button", { name: /^Why is this here/u });
    if (!(await why.isVisible())) await bar.getByRole("button", { name: "More" }).click();
    await why
      .or(page.getByRole("menuitem", { name: /^Why is this here/u }))
      .first()
      .click();
    const panel = page.getByRole("dialog", { name: "Why is this here?" });
    await panel.getByText(/You said that this is Ana/u).waitFor();
    await panel.getByRole("button", { name: /^Move to/u }).click();
    await page.getByRole("option", { name: /Ben Okafor/u }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("shows both before two become one, whichever of the names is to stay", async () => {
    await inList(page, "m");
    await page.getByRole("option", { name: /Ben Okafor/u }).waitFor();
    await page.getByRole("combobox", { name: "Merge with…" }).fill("ben");
    await page.getByRole("option", { name: /Ben Okafor/u }).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: /^Merge into/u });
    await dialog.getByRole("radio").nth(1).waitFor();
    expect(await dialog.locator("img").count()).toBe(2);
    expect(await axe(page)).toEqual([]);
    while ((await dialog.getByRole("radio", { checked: true }).textContent())?.includes("Ben") !== true)
      await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
    const people = (await library.engine.request("people.list", { show: "named" })).items;
    expect(people.map((person) => person.name)).toEqual(["Ben Okafor"]);
    // Twice in a photo now: only those are shown, and the word can be taken away.
    const { faces, twicePhotos } = await library.engine.request("person.get", { personId: people[0]?.id ?? 0 });
    expect(twicePhotos).toBeGreaterThan(0);
    await page.getByText(/^Ben is in \d photos? twice\.$/u).waitFor();
    await page.getByRole("button", { name: "Show them" }).click();
    await page.getByRole("button", { name: "Show: Twice in a photo" }).waitFor();
    const shown = page.getByRole("grid", { name: "Ben Okafor" }).getByRole("gridcell");
    await expect.poll(() => shown.count()).toBe(2 * twicePhotos);
    expect(faces).toBeGreaterThanOrEqual(2 * twicePhotos);
    await page.getByRole("button", { name: "Leave it as it is" }).click();
    await page.getByText(/^Ben is in/u).waitFor({ state: "hidden" });
  });

  it("shows what is older than the person, and offers the birthday, which may be wrong", async () => {
    await library.engine.request("decide", { kind: "birthday", payload: { personId: ana, date: "2004-02-01" } });
    await page.getByText("3 photos are older than Ana.").waitFor();
    await page.getByRole("button", { name: "Check them" }).click();
    await expect.poll(() => tiles().count()).toBe(3);
    await page.getByRole("radio", { name: /^Photos/u }).click();
    await expect.poll(() => tiles().count()).toBe(3);
    await page.getByRole("button", { name: "Show: Before birth" }).click();
    await page.getByRole("menuitemradio", { name: /^Everything/u }).click();
    await expect.poll(() => tiles().count()).toBe(5);
    await page.getByRole("button", { name: "Birthday", exact: true }).click();
    await page.getByRole("dialog", { name: "Birthday of Ana Lima" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("lists everybody who is never to be merged with them", async () => {
    const never = others.slice(0, 4);
    for (const other of never) await library.engine.request("decide", { kind: "never-merge", payload: { a: ana, b: other } });
    await page.getByRole("button", { name: `All ${never.length}: Never merged with Ana` }).click();
    const list = page.getByRole("dialog", { name: "Never merged with Ana" });
    await expect.poll(() => list.getByRole("listitem").count()).toBe(never.length);
    expect(await axe(page)).toEqual([]);
    await list.getByRole("button", { name: /Ben Okafor/u }).click();
    await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
  });

  it("says of somebody set aside that they are, and brings them back", async () => {
    await inList(page, "h");
    await page.getByRole("gridcell", { name: /Ben Okafor/u }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Ana Lima");
    await page
      .getByRole("option", { name: /^Ana Lima/u })
      .first()
      .click();
    await page.getByText("Ana is hidden and not shown among people.").waitFor();
    await page.getByRole("button", { name: "Bring back" }).first().click();
    await page.getByText("Ana is hidden").waitFor({ state: "hidden" });
  });

  it("goes back once somebody is set aside, but calls nobody back who has gone on meanwhile", async () => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/api/decide", async (route) => {
      await asked;
      await route.continue();
    });
    await inList(page, "h");
    await page.keyboard.press("Control+3");
    await page.getByRole("button", { name: "Photos", exact: true }).and(page.locator("[aria-current=page]")).waitFor();
    answer();
    await page.getByText("Hid Ana Lima.").waitFor();
    await page.waitForTimeout(300);
    expect(await page.getByRole("button", { name: "Photos", exact: true }).getAttribute("aria-current")).toBe("page");
  });
});
