import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { inList, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("naming and merging on the People screen (needs the real photographs)", () => {
  const libraryDir = mkdtempSync(join(tmpdir(), "familiar-naming-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    library = await openServed(libraryDir);
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photographs] });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(libraryDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
    await page.getByRole("gridcell").first().waitFor();
  });
  // Every test leaves nobody named, as it found them.
  afterEach(async () => {
    while ((await people("named")).length > 0) await library.engine.request("undo", {});
    await open.close();
  });

  /** Name and number of faces of everybody in one part of the screen, as the engine has it. */
  async function people(show: "named" | "unnamed"): Promise<readonly (readonly [string | null, number])[]> {
    return (await library.engine.request("people.list", { show })).items.map((person) => [person.name, person.faces] as const);
  }
  const field = (): Locator => page.getByRole("combobox", { name: /^Who is this\?/u }).first();
  const toast = (words: string | RegExp): Locator => page.getByRole("region", { name: "Messages" }).getByText(words);
  async function name(text: string): Promise<void> {
    await field().click();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }

  it("names a group by typing; Ctrl+Z takes it back, Ctrl+Shift+Z gives it again", async () => {
    await name("Ana Lima");
    await toast(/^Named Ana Lima\./u).waitFor();
    await expect.poll(() => people("named")).toEqual([["Ana Lima", 5]]);
    await page.getByRole("gridcell", { name: /Ana Lima/u }).waitFor();
    await inList(page, "Control+z");
    await expect.poll(() => people("named")).toEqual([]);
    await page.getByRole("gridcell", { name: /Ana Lima/u }).waitFor({ state: "hidden" });
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => people("named")).toEqual([["Ana Lima", 5]]);
    expect(open.complaints).toEqual([]);
  });

  it("leaves the focus on the next group when one was named, also where the field was pressed, and on the same when that is taken back", async () => {
    const tiles = page.getByRole("grid", { name: "People" }).getByRole("gridcell");
    const faceOf = async (tile: Locator): Promise<string> =>
      ((await tile.locator("img").first().getAttribute("src")) ?? "").split("?")[0] ?? "";
    const [second, next] = [await faceOf(tiles.nth(1)), await faceOf(tiles.nth(2))];
    await page
      .getByRole("combobox", { name: /^Who is this\?/u })
      .nth(1)
      .click();
    await page.keyboard.type("Ana Lima");
    await page.keyboard.press("Enter");
    await page.getByRole("gridcell", { name: /Ana Lima/u }).waitFor();
    const active = page.locator("[data-active]");
    await expect.poll(() => faceOf(active)).toBe(next);
    await page.keyboard.press("Enter");
    await expect.poll(() => active.getByRole("combobox").evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => faceOf(tiles.nth(1))).toBe(second);
    await expect.poll(() => faceOf(active)).toBe(next);
  });

  it("shows both faces when a name is there already; Enter merges, the message takes it back", async () => {
    await name("Ana Lima");
    await toast(/^Named Ana Lima\./u).waitFor();
    await field().click();
    await page.keyboard.type("An");
    const offer = page.getByRole("region", { name: "People it may be" });
    await offer.getByRole("button", { name: "Same person: merge" }).waitFor();
    expect(await offer.locator("figure").count()).toBe(2);
    await expect.poll(() => field().inputValue()).toBe("Ana Lima");
    await page.keyboard.press("Enter");
    await toast("Merged 4 faces into Ana Lima.").waitFor();
    expect(await people("named")).toEqual([["Ana Lima", 9]]);
    await toast("Merged 4 faces into Ana Lima.").locator("xpath=..").getByRole("button", { name: /^Undo/u }).click();
    await expect.poll(() => people("named")).toEqual([["Ana Lima", 5]]);
    expect(open.complaints).toEqual([]);
  });

  it("lets two people have the same name", async () => {
    await name("Ana Lima");
    await toast(/^Named Ana Lima\./u).waitFor();
    await field().click();
    await page.keyboard.type("Ana");
    await page.getByRole("button", { name: "Another Ana" }).click();
    await expect
      .poll(() => people("named"))
      .toEqual([
        ["Ana Lima", 5],
        ["Ana Lima", 4],
      ]);
  });

  it("merges what is selected, after showing everybody who becomes one", async () => {
    const before = await people("unnamed");
    await name("Ana Lima");
    await toast(/^Named Ana Lima\./u).waitFor();
    await inList(page, "Home", "Space", "ArrowDown", "Space", "m");
    const dialog = page.getByRole("dialog", { name: "Merge into Ana Lima" });
    expect(await dialog.getByRole("radio").count()).toBe(2);
    await dialog.getByRole("button", { name: "Merge" }).click();
    await expect.poll(() => people("named")).toEqual([["Ana Lima", 9]]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => people("named")).toEqual([["Ana Lima", 5]]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => people("unnamed")).toEqual(before);
  });

  it("sets a group aside as a stranger with one key, and brings it back from the drawer", async () => {
    const before = (await people("unnamed")).length;
    await inList(page, "End", "s");
    await toast(/^Set 1 group aside as/u).waitFor();
    expect((await people("unnamed")).length).toBe(before - 1);
    await page.getByRole("button", { name: /^Strangers 1/u }).click();
    await page.getByRole("complementary", { name: "Strangers" }).getByRole("listitem").getByRole("button").click();
    await expect.poll(async () => (await people("unnamed")).length).toBe(before);
    await page.getByText("Nobody is set aside.").waitFor();
  });

  it("hears in every window what was done in one", async () => {
    const other = await openPage(browser, library);
    await name("Ben Okafor");
    for (const each of [page, other.page]) await each.getByRole("gridcell", { name: /Ben Okafor/u }).waitFor();
    await other.close();
  });

  it("takes back with Ctrl+Z what was decided before Familiar was closed and opened again", async () => {
    await name("Clara Neri");
    await toast(/^Named Clara Neri\./u).waitFor();
    await open.close();
    await library.close();
    library = await openServed(libraryDir);
    open = await openPage(browser, library);
    page = open.page;
    await page.getByRole("gridcell", { name: /Clara Neri/u }).waitFor();
    await inList(page, "Control+z");
    await page.getByRole("gridcell", { name: /Clara Neri/u }).waitFor({ state: "hidden" });
    expect(await people("named")).toEqual([]);
  });
});
