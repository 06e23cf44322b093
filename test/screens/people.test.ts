import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, drawn, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("everybody (needs the real photographs)", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-people-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let decided = 0;
  beforeAll(async () => {
    mkdirSync(join(dir, "Sitcom"));
    for (let at = 1; at <= 5; at += 1)
      copyFileSync(join(photographs, `sitcom-${at}.png`), join(dir, "Sitcom", `IMG_200${at}0520_120000.png`));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [dir] });
    decided = await standing();
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
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
  const groups = async () => (await library.engine.request("people.list", { show: "unnamed" })).items;
  async function name(at: number, name: string): Promise<void> {
    await library.engine.request("decide", { kind: "name", payload: { personId: (await groups())[at]?.id ?? 0, name } });
    await page.getByRole("gridcell", { name: new RegExp(name.slice(0, 12), "u") }).waitFor();
  }
  const tiles = (): Locator => page.getByRole("grid", { name: "People" }).getByRole("gridcell");
  const selected = (): Promise<number> => page.locator('[role="gridcell"][aria-selected="true"]').count();

  it("selects by press, Shift, Ctrl, a rectangle and keys, and says how many of them are out of sight", async () => {
    const count = await tiles().count();
    const press = (at: number, ...modifiers: ("Shift" | "Control")[]): Promise<void> =>
      tiles()
        .nth(at)
        .click({ modifiers, position: { x: 30, y: 30 } });
    await press(0, "Control");
    await press(2, "Shift");
    expect(await selected()).toBe(3);
    await press(1, "Control");
    expect(await selected()).toBe(2);
    await page.keyboard.press("Escape");
    expect(await selected()).toBe(0);
    const box = await tiles().first().boundingBox();
    if (box === null) throw new Error("There is no first tile.");
    await page.mouse.move(box.x - 12, box.y - 6);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 40, box.y + 40, { steps: 4 });
    expect(await selected()).toBe(2);
    await page.mouse.up();
    await page.keyboard.press("Escape");
    await inList(page, "Control+a");
    await page.getByText(`${count} groups`).first().waitFor();
    await page.setViewportSize({ width: 800, height: 420 });
    await inList(page, "Home");
    await page.getByText(/\d+ not in view/u).waitFor();
  });

  it("offers at the pointer, and by the key for menus, what can be done with a tile or with the selected", async () => {
    const menu = page.getByRole("menu");
    const press = (at: number): Promise<void> =>
      tiles()
        .nth(at)
        .click({ button: "right", position: { x: 30, y: 30 } });
    await press(1);
    await menu.waitFor();
    expect(await axe(page, [], ["region"])).toEqual([]);
    expect(await menu.getByRole("menuitem").allTextContents()).toEqual(
      ["Open↵", "NameR", "StrangerS", "HideH", "SelectSpace"].map((each) => expect.stringContaining(each.slice(0, 4))),
    );
    await menu.getByRole("menuitem", { name: /^Select/u }).click();
    expect(await selected()).toBe(1);
    // The one that is selected can be seen.
    await page.getByText("1 group", { exact: true }).waitFor();
    expect(await page.getByText(/not in view/u).count()).toBe(0);
    await tiles()
      .nth(0)
      .click({ modifiers: ["Control"], position: { x: 30, y: 30 } });
    await press(0);
    await menu.getByRole("menuitem", { name: /^Merge/u }).waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    expect(await selected()).toBe(2);
    // On a tile that is not selected it is about that one alone.
    await press(2);
    await menu.getByRole("menuitem", { name: /^Name/u }).click();
    expect(await selected()).toBe(0);
    await expect
      .poll(() =>
        tiles()
          .nth(2)
          .getByRole("combobox")
          .evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.press("Escape");
    await inList(page, "Home", "Shift+F10");
    await menu.waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("grid", { name: "People" }).evaluate((grid) => grid === document.activeElement)).toBe(true);
  });

  it("finds a name without its accents, by a nickname, and with a letter off; says so when there is nobody", async () => {
    await name(0, "Clara Weiß");
    await name(0, "William Nuñez");
    const find = page.getByRole("textbox", { name: "Find a person" });
    for (const [typed, found] of [
      ["weiss", "Clara Weiß"],
      ["bill", "William Nuñez"],
      ["nunze", "William Nuñez"],
    ] as const) {
      await find.fill(typed);
      await expect.poll(() => tiles().count()).toBe(1);
      await page.getByRole("gridcell", { name: new RegExp(found, "u") }).waitFor();
    }
    await find.fill("zzz");
    await page.getByText("Nobody called “zzz”").waitFor();
    await page.getByRole("button", { name: "Show everybody" }).click();
    await expect.poll(() => tiles().count()).toBeGreaterThan(2);
  });

  it("completes a name that is written with other letters than it is typed", async () => {
    await name(0, "Weiß Clara");
    const field = page.getByRole("combobox", { name: /^Who is this\?/u }).first();
    await field.click();
    await page.keyboard.type("weiss cl");
    await page.getByRole("region", { name: "People it may be" }).locator("figure").nth(1).waitFor();
    await expect.poll(() => field.inputValue()).toBe("weiss clara");
  });

  it("finds strangers by date and by folder, and brings one back", async () => {
    const before = (await groups()).length;
    for (let times = 0; times < 2; times += 1) {
      await inList(page, "End", "s");
      await expect.poll(async () => (await groups()).length).toBe(before - times - 1);
    }
    await page.getByRole("button", { name: /^Strangers 2/u }).click();
    const drawer = page.getByRole("complementary", { name: "Strangers" });
    const find = drawer.getByRole("textbox", { name: "Find by date or folder" });
    const found = (): Promise<number> => drawer.getByRole("listitem").count();
    await expect.poll(found).toBe(2);
    await find.fill("1999");
    await drawer.getByText("Nobody set aside fits that.").waitFor();
    await find.fill("sitcom");
    await expect.poll(found).toBe(2);
    expect(await axe(page)).toEqual([]);
    await find.fill("2001 to 2005");
    await expect.poll(found).toBe(2);
    await drawer.getByRole("listitem").first().getByRole("button").click();
    await expect.poll(async () => (await groups()).length).toBe(before - 1);
  });

  it("goes through strangers by arrows; bringing one back leaves the focus on the next, and closing on the people", async () => {
    const before = (await groups()).length;
    for (let times = 0; times < 3; times += 1) {
      await inList(page, "End", "s");
      await expect.poll(async () => (await groups()).length).toBe(before - times - 1);
      // The engine knows before the page does; a key pressed in between is about whoever is still there.
      await expect.poll(() => tiles().count()).toBe(before - times - 1);
    }
    await page.getByRole("button", { name: /^Strangers 3/u }).click();
    const drawer = page.getByRole("complementary", { name: "Strangers" });
    const all = drawer.getByRole("listitem").getByRole("button");
    await expect.poll(() => all.count()).toBe(3);
    await all.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(() => all.count()).toBe(2);
    await expect.poll(() => all.nth(1).evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Home");
    await expect.poll(() => all.first().evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    expect(await page.getByRole("grid", { name: "People" }).evaluate((grid) => grid === document.activeElement)).toBe(true);
  });

  it("merges the selected by keys alone: M, an arrow for whose place is kept, Enter; the faces travel to the tile", async () => {
    await name(0, "Ana Lima");
    await name(0, "Ben Okafor");
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await inList(page, "Home", "Space", "ArrowRight", "Space", "m");
    const dialog = page.getByRole("dialog", { name: "Merge into Ana Lima" });
    await dialog.waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: "Merge into Ben Okafor" }).waitFor();
    await page.evaluate(() => {
      const seen = new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) if (node instanceof HTMLElement && node.inert) document.title = "travelled";
      });
      seen.observe(document.body, { childList: true });
    });
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await library.engine.request("people.list", { show: "named" })).items.map((person) => person.name))
      .toEqual(["Ben Okafor"]);
    await page.getByRole("gridcell", { name: /Ana Lima/u }).waitFor({ state: "hidden" });
    expect(await page.title()).toBe("travelled");
    await expect.poll(() => page.locator("body > [inert][aria-hidden]").count()).toBe(0);
  });

  it("finds its order and its drawer again on the way back from somebody", async () => {
    await name(0, "Zoe");
    await name(0, "Ana");
    const first = async (): Promise<string> => ((await tiles().first().textContent()) ?? "").trim().slice(0, 3);
    await page.getByRole("button", { name: /^Sort/u }).click();
    await page.getByRole("menuitemradio", { name: "By name" }).click();
    await expect.poll(first).toBe("Ana");
    await page.getByRole("button", { name: /^Strangers/u }).click();
    await tiles()
      .first()
      .click({ position: { x: 30, y: 30 } });
    await page.getByRole("heading", { name: "Ana Rename" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Strangers" }).waitFor();
    await expect.poll(first).toBe("Ana");
  });

  it("never moves what is there because photos are read: new groups gather behind a line until they are asked for", async () => {
    const order = (): Promise<(string | null)[]> =>
      tiles().evaluateAll((all) => all.map((tile) => tile.querySelector("img")?.getAttribute("src") ?? null));
    await drawn(page);
    const before = await order();
    const more = join(dir, "More");
    mkdirSync(more);
    // The same people again in other files: two faces make a group.
    for (const photo of ["actor", "portrait"])
      for (const quality of [70, 80, 90])
        await sharp(join(photographs, `${photo}.png`))
          .jpeg({ quality })
          .toFile(join(more, `${photo} ${quality}.jpg`));
    await library.engine.request("index", { folders: [dir] });
    const now = (await groups()).length;
    expect(now).toBeGreaterThan(before.length);
    await page.getByText(/^\d+ new groups?\./u).waitFor();
    expect((await order()).length).toBe(before.length);
    await page
      .getByText(/^\d+ new groups?\./u)
      .getByRole("button", { name: "Show" })
      .click();
    await expect.poll(() => tiles().count()).toBe(now);
  });

  it("holds long, right-to-left and other names, narrow and at 200 %, light and dark", async () => {
    await name(0, "Maximilian-Alexander von Hohenberg-Sonderburg-Glücksburg");
    await name(0, "محمد عبد الرحمن السيد");
    await name(0, "王小明");
    for (const [width, height] of [
      [1024, 700],
      [512, 450],
    ] as const) {
      await page.setViewportSize({ width, height });
      await drawn(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await axe(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axe(page, ["color-contrast"])).toEqual([]);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitemradio", { name: "By name" }).click();
    await expect.poll(async () => (await tiles().first().textContent())?.trim().slice(0, 10)).toBe("Maximilian");
  });

  it("says what is wrong when people cannot be had, and tries again", async () => {
    const { page: other } = open;
    await other.route("**/api/people.list", (route) => route.abort());
    await other.reload();
    await other.getByRole("button", { name: "Try again" }).waitFor();
    expect(await axe(other)).toEqual([]);
    await other.unroute("**/api/people.list");
    await other.getByRole("button", { name: "Try again" }).click();
    await tiles().first().waitFor();
    (open.complaints as string[]).length = 0;
  });
});
