import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { chooseFolder } from "./choose-folder.ts";
import { axe, drawn, goTo, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("finding photos (needs the real photographs)", () => {
  const kept = mkdtempSync(join(tmpdir(), "familiar-searching-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let ana = 0;
  /** A test in which the engine is to say no. */
  let refused = false;
  beforeAll(async () => {
    library = await openServed(kept);
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photographs] });
    const [first] = (await library.engine.request("people.list", { show: "unnamed", limit: 1 })).items;
    ana = first?.id ?? 0;
    await library.engine.request("decide", { kind: "name", payload: { personId: ana, name: "Ana Lima" } });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(kept, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
    await goTo(page, "Search");
  });
  afterEach(async () => {
    // The browser notes an answer that says no.
    expect(open.complaints.filter((words) => !refused || !words.includes("status of 422"))).toEqual([]);
    refused = false;
    await open.close();
  });

  const field = () => page.getByRole("combobox", { name: "Add a person" }).first();
  const found = () => page.getByRole("grid", { name: "Photos found" }).getByRole("gridcell", { name: /face|Nobody|nobody/u });
  async function write(text: string, offered: RegExp | string): Promise<void> {
    await field().fill(text);
    await page.getByRole("option", { name: offered }).first().waitFor();
    for (let step = 0; step < 12; step += 1) {
      const at = (await page.getByRole("option", { selected: true }).textContent()) ?? "";
      if (at.trim().match(offered) !== null) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
  }

  it("takes people, a time, a folder and a number of faces in one field, each a chip that can be taken away", async () => {
    await write("ana", /Ana Lima/u);
    const { total } = await library.engine.request("search", { query: { all: [ana] } });
    await expect.poll(() => found().count()).toBe(total);
    await write("5 faces", /^5 faces/u);
    const fewer = await library.engine.request("search", { query: { all: [ana], faces: 5 } });
    await expect.poll(() => found().count()).toBe(fewer.total);
    await page.getByRole("button", { name: "Leave out 5 faces" }).click();
    await expect.poll(() => found().count()).toBe(total);
    await write("photos", /photos/u);
    await page.getByRole("button", { name: "Leave out photos" }).waitFor();
    await write("at least 2 people", /2 faces or more/u);
    await page.getByRole("button", { name: "Leave out 2 faces or more" }).click();
    await page.keyboard.press("Tab");
    await write("summer 2019", /June 2019/u);
    await page.getByRole("heading", { name: "No photo fits" }).waitFor();
    expect(await page.getByRole("textbox", { name: "When" }).inputValue()).toBe("summer 2019");
  });

  it("says what one condition less would find, and finds it", async () => {
    await write("ana", /Ana Lima/u);
    await write("1950", /^1950/u);
    await page.getByRole("heading", { name: "No photo fits" }).waitFor();
    await page
      .getByRole("button", { name: /^From any time on|^Up to any time/u })
      .first()
      .waitFor();
    const { without } = await library.engine.request("search", { query: { all: [ana], from: "1950-01-01", to: "1950-12-31" } });
    expect(without.length).toBeGreaterThan(0);
    await page
      .getByRole("button", { name: new RegExp(`· ${without[0]?.photos ?? 0}$`, "u") })
      .first()
      .click();
    await expect.poll(() => found().count()).toBe(without[0]?.photos);
  });

  it("turns the order round, and previous and next in a photo follow it", async () => {
    await write("ana", /Ana Lima/u);
    await page.getByRole("button", { name: /^Order/u }).click();
    await page.getByText("Oldest first").click();
    await page.getByRole("menu").waitFor({ state: "hidden" });
    await page.waitForTimeout(300);
    const { items } = await library.engine.request("search", { query: { all: [ana] }, sort: "oldest" });
    await inList(page, "Home", "Enter");
    await page.getByText(`1 of ${items.length}`).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText(`2 of ${items.length}`).waitFor();
    await expect.poll(() => page.locator(`.stage img[src*="/photo/${items[1]?.id ?? 0}?size=screen"]`).count()).toBe(1);
  });

  it("saves an album that new photos join, which undo takes away again, also after a restart", async () => {
    await write("ana", /Ana Lima/u);
    await page.keyboard.press("Control+s");
    await page.getByRole("textbox", { name: "Name of the album" }).fill("Ana’s");
    await page.keyboard.press("Enter");
    await page
      .getByRole("navigation", { name: "Places" })
      .getByRole("button", { name: /^Ana’s/u })
      .waitFor();
    await open.close();
    await library.close();
    library = await openServed(kept);
    open = await openPage(browser, library);
    page = open.page;
    const album = page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: /^Ana’s/u });
    await album.click();
    await page.getByRole("heading", { name: "Ana’s" }).waitFor();
    await page.keyboard.press("Control+z");
    await album.waitFor({ state: "hidden" });
    expect(await library.engine.request("albums.list", {})).toEqual([]);
    await page.keyboard.press("Control+Shift+z");
    await album.waitFor();
    await page.keyboard.press("Control+z");
    await album.waitFor({ state: "hidden" });
  });

  it.skipIf(process.platform === "win32")(
    "writes copies into a chosen folder and says what it wrote; a folder it reads is refused",
    async () => {
      const into = mkdtempSync(join(tmpdir(), "familiar-written-"));
      try {
        await write("ana", /Ana Lima/u);
        const { total } = await library.engine.request("search", { query: { all: [ana] } });
        await page.getByRole("button", { name: "Write out" }).click();
        const dialog = page.getByRole("dialog", { name: `Write out ${total} photos` });
        await dialog.getByRole("textbox").fill("");
        await dialog.getByRole("button", { name: "Choose a folder" }).click();
        refused = true;
        await chooseFolder(page, realpathSync(photographs));
        await dialog.getByRole("button", { name: "Write copies" }).click();
        await dialog.getByText("Familiar looks for photos in this folder, so it writes nothing there.").waitFor();
        await dialog.getByRole("button", { name: "Change" }).click();
        await chooseFolder(page, realpathSync(into));
        await dialog.getByRole("button", { name: "Write copies" }).click();
        await dialog.getByText(new RegExp(`^Wrote ${total} copies into`, "u")).waitFor();
        expect(readdirSync(into)).toHaveLength(total);
        await dialog.getByRole("button", { name: "Done" }).click();
      } finally {
        rmSync(into, { recursive: true, force: true });
      }
    },
  );

  it("stays within the window at 200 %, and axe finds nothing, light and dark", async () => {
    const wide = await openPage(browser, library, { bypassCSP: true });
    try {
      await goTo(wide.page, "Search");
      // 200 % of a window of 1280 × 820.
      await wide.page.setViewportSize({ width: 640, height: 410 });
      await wide.page.getByRole("combobox", { name: "Add a person" }).first().fill("ana");
      await wide.page.getByRole("option", { name: /Ana Lima/u }).waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await wide.page.emulateMedia({ colorScheme });
        expect(await axe(wide.page)).toEqual([]);
      }
      await wide.page.keyboard.press("Enter");
      await drawn(wide.page);
      expect(await wide.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      for (const colorScheme of ["light", "dark"] as const) {
        await wide.page.emulateMedia({ colorScheme });
        expect(await axe(wide.page)).toEqual([]);
      }
    } finally {
      await wide.close();
    }
  });
});
