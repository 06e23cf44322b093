import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, openPage, type OpenPage } from "./open-page.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-palette-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;
beforeAll(async () => {
  doubtfulLibrary(dir, 3);
  library = await openServed(dir);
  browser = await launchChromium();
  open = await openPage(browser, library);
  page = open.page;
  const groups = async () => (await library.engine.request("people.list", { show: "unnamed" })).items;
  // They are put together once the library is open.
  while ((await groups()).length < 4) await new Promise((done) => setTimeout(done, 50));
  const items = await groups();
  await library.engine.request("decide", { kind: "name", payload: { personId: items[0]?.id ?? 0, name: "Ana Lima" } });
  await library.engine.request("decide", {
    kind: "save-album",
    payload: { name: "All of them", query: { any: items.map((person) => person.id) } },
  });
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(dir, { recursive: true, force: true });
});

async function openPalette(): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.locator("[role=dialog] input:focus").waitFor();
}
async function closePalette(): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}
/** The photos of this library are nowhere. */
const complaints = (): readonly string[] => open.complaints.filter((words) => !words.includes("Failed to load resource"));
const plain = (name: string): string => name.replace(/\s+/gu, " ").trim();

/** What can be pressed on the screen as it stands, outside of its lists: buttons, and every line of every menu. */
async function actions(): Promise<readonly string[]> {
  const names: string[] = [];
  const outside = page.locator("main :is(button, input[type=checkbox])").filter({ visible: true });
  const count = await outside.count();
  for (let at = 0; at < count; at += 1) {
    const each = outside.nth(at);
    const what = await each.evaluate((node) => ({
      within: node.closest("[role=grid], [role=listbox], li, [inert]") !== null,
      off: node.matches("[aria-disabled=true], :disabled, [role=radio][aria-checked=true]"),
      menu: node.getAttribute("aria-haspopup") === "menu",
      name:
        node.getAttribute("aria-label") ??
        node.closest("label")?.querySelector(".label")?.textContent ??
        node.querySelector(".words")?.textContent ??
        (node as HTMLElement).innerText,
    }));
    if (what.within || what.off) continue;
    if (!what.menu) names.push(plain(what.name ?? ""));
    else {
      await each.click();
      const lines = page
        .getByRole("menu")
        .locator("[role^=menuitem]:not([aria-disabled=true]):not([role=menuitemradio][aria-checked=true]) .main-words");
      names.push(...(await lines.allTextContents()).map(plain));
      await page.keyboard.press("Escape");
      await page.getByRole("menu").waitFor({ state: "hidden" });
    }
  }
  return names.filter((name) => name !== "");
}
/** Those that the palette does not offer when they are typed. */
async function missing(names: readonly string[]): Promise<readonly string[]> {
  await openPalette();
  const field = page.locator("[role=dialog] input");
  const out: string[] = [];
  for (const name of new Set(names)) {
    // Counts are no part of what a button is called.
    const typed = name.replace(/ ?[\d.,]+$/u, "");
    await field.fill(typed);
    const found = page.getByRole("dialog").getByRole("option").filter({ hasText: typed });
    if ((await found.count()) === 0) out.push(name);
  }
  await closePalette();
  return out;
}

describe("the palette offers everything that the screen in view can do", () => {
  const screens: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["People", async () => goTo(page, "People")],
    [
      "People, with some selected",
      async () => {
        await page.getByRole("grid").first().focus();
        await page.keyboard.press("Space");
        await page.locator("[data-bar]").waitFor();
      },
    ],
    [
      "Person",
      async () => {
        await page.keyboard.press("Escape");
        await page.getByRole("grid").first().focus();
        await page.keyboard.press("Enter");
        await page.getByRole("radiogroup").first().waitFor();
      },
    ],
    [
      "Person, with some selected",
      async () => {
        await page.getByRole("grid").first().focus();
        await page.keyboard.press("Space");
        await page.locator("[data-bar]").waitFor();
      },
    ],
    ["Review", async () => goTo(page, "Review")],
    ["Photos", async () => goTo(page, "Photos")],
    [
      "one photo",
      async () => {
        await page.getByRole("grid").first().focus();
        await page.keyboard.press("Enter");
        await page
          .getByRole("button", { name: /^Draw a face/u })
          .first()
          .waitFor();
      },
    ],
    ["Search", async () => (await page.keyboard.press("Escape"), goTo(page, "Search"))],
    [
      "an album",
      async () =>
        page
          .getByRole("navigation")
          .getByRole("button", { name: /^All of them/u })
          .click(),
    ],
    ["History", async () => goTo(page, "History")],
    ["Activity", async () => goTo(page, "Activity")],
    ["Settings", async () => goTo(page, "Settings")],
    ["Sureness", async () => page.getByRole("tab", { name: "Sureness" }).click()],
    ["Recognition", async () => page.getByRole("tab", { name: "Recognition" }).click()],
    ["Looks", async () => page.getByRole("tab", { name: "Looks" }).click()],
    ["Backups", async () => page.getByRole("tab", { name: "Backups" }).click()],
    ["Forget", async () => page.getByRole("tab", { name: "Forget" }).click()],
  ];
  it.each(screens)("%s", async (_, go) => {
    await go();
    await page.waitForTimeout(600);
    const names = await actions();
    expect(names.length).toBeGreaterThan(0);
    expect(await missing(names)).toEqual([]);
  });
  it("and every place of the settings, also from elsewhere", async () => {
    await goTo(page, "People");
    expect(
      await missing(["Sureness", "Recognition", "Looks", "Backups and names", "Forget face data", "Make a backup now", "Deutsch"]),
    ).toEqual([]);
  });
});

describe("what is chosen in it", () => {
  it("does to the face with the focus what its key does", async () => {
    await goTo(page, "People");
    await page.getByRole("grid").first().focus();
    const name = await page.locator("[role=gridcell]").first().innerText();
    await openPalette();
    await page.keyboard.type("hide");
    await page.getByRole("option", { name: /^Hide/u }).waitFor();
    expect(await page.getByRole("option").first().innerText()).toMatch(/^Hide/u);
    await page.keyboard.press("Enter");
    await page.getByText(/^Hid /u).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText(/^Taken back: hid /u).waitFor();
    expect(name).not.toBe("");
  });
  it("presses a button of the screen, and opens a place in the settings", async () => {
    await openPalette();
    await page.keyboard.type("strangers");
    await page.getByRole("option", { name: /^Strangers/u }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary").waitFor();
    await openPalette();
    await page.keyboard.type("sureness");
    await page.getByRole("option", { name: /^Sureness/u }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Sureness", selected: true }).waitFor();
    await openPalette();
    await page.keyboard.type("strangers");
    await page.getByRole("option", { name: /^Strangers/u }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary").waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe("the map of keys", () => {
  it("shows every key of the app, also the plus, and finds one by its key and by what it does", async () => {
    await goTo(page, "People");
    await page.keyboard.press("Escape");
    await page.getByRole("main").focus();
    await page.keyboard.press("?");
    const map = page.getByRole("dialog", { name: "Keys" });
    await map.waitFor();
    const shown = plain(await map.innerText());
    for (const words of ["All larger, smaller", "Copy the picture", "All keys", "Back", "How many parts"]) expect(shown).toContain(words);
    await map.getByRole("textbox").fill("ctrl+c");
    await map.getByText("Copy the picture").waitFor();
    await page.keyboard.press("Escape");
    expect(complaints()).toEqual([]);
  });
});
