import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, openPage, type OpenPage } from "./open-page.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-albums-"));
/** Written from right to left, beside one that is not. */
const names = ["Ana Lima", "محمد حسن"] as const;
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;
beforeAll(async () => {
  doubtfulLibrary(dir, 3);
  library = await openServed(dir);
  browser = await launchChromium();
  const groups = async () => (await library.engine.request("people.list", { show: "unnamed" })).items;
  // They are put together once the library is open.
  while ((await groups()).length < 4) await new Promise((done) => setTimeout(done, 50));
  const items = await groups();
  for (const [at, name] of names.entries())
    await library.engine.request("decide", { kind: "name", payload: { personId: items[at]?.id ?? 0, name } });
  const ana = (await library.engine.request("people.find", { text: "Ana Lima" }))[0]?.personId ?? 0;
  await library.engine.request("decide", { kind: "birthday", payload: { personId: ana, date: "1999-01-01" } });
  open = await openPage(browser, library);
  page = open.page;
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(dir, { recursive: true, force: true });
});
const albums = async (): Promise<readonly string[]> =>
  (await library.engine.request("albums.list", {})).map(({ name, query }) => `${name}: ${Object.keys(query).join(" ")}`);
const rail = (name: string) => page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${name}`, "u") });
async function add(name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Add a person" }).first().fill(name);
  await page.getByRole("option", { name: new RegExp(name, "u") }).waitFor();
  await page.keyboard.press("Enter");
}

describe("a search", () => {
  it("for two who are never together offers either of them, with how many photos that would find", async () => {
    await goTo(page, "Search");
    for (const name of names) await add(name);
    await page.getByRole("heading", { name: "No photo has both" }).waitFor();
    const people = (await library.engine.request("people.list", { show: "named" })).items.map(({ id }) => id);
    const { total } = await library.engine.request("search", { query: { any: people } });
    expect(total).toBeGreaterThan(4);
    await page.getByRole("button", { name: `Either of the two · ${total}` }).click();
    await page.getByText(`${total} photos`).first().waitFor();
    await page.getByRole("button", { name: /: Any of$/u }).waitFor();
  });
  it("takes an age from a menu, of those whose birthday is known, and says of whom it is not", async () => {
    await page.getByRole("button", { name: "Age", exact: true }).click();
    await page.getByRole("menuitem", { name: "محمد حسن has no birthday yet" }).waitFor();
    await page.getByRole("menuitemradio", { name: "13 to 19" }).click();
    await page
      .getByRole("button", { name: /^Leave out Ana Lima/u })
      .last()
      .waitFor();
    const people = (await library.engine.request("people.list", { show: "named" })).items;
    const ana = people.find(({ name }) => name === "Ana Lima")?.id ?? 0;
    const query = { any: people.map(({ id }) => id), aged: [{ person: ana, from: 13, to: 19 }] };
    const { total } = await library.engine.request("search", { query });
    await page
      .getByText(total === 1 ? "1 photo" : `${total} photos`, { exact: true })
      .first()
      .waitFor();
    await page
      .getByRole("button", { name: /^Leave out Ana Lima/u })
      .last()
      .click();
  });
});

describe("an album", () => {
  it("is saved, gets another name, and another search in its own place; each can be undone", async () => {
    await page.keyboard.press("Control+s");
    await page.getByRole("textbox", { name: "Name of the album" }).fill("Both");
    await page.keyboard.press("Enter");
    await rail("Both").click();
    await page.getByRole("heading", { name: "Both", level: 1 }).waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Rename the album" }).click();
    const field = page.getByRole("textbox", { name: "Name of the album" });
    await field.waitFor();
    expect(await field.inputValue()).toBe("Both");
    await field.fill("Ana or محمد");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ana or محمد", level: 1 }).waitFor();
    expect(await albums()).toEqual(["Ana or محمد: any"]);
    await page.getByRole("button", { name: "Edit search" }).click();
    await page.getByRole("textbox", { name: "When" }).fill("2000-2010");
    await page.waitForTimeout(400);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect.poll(albums).toEqual(["Ana or محمد: any from to"]);
    await page.getByRole("heading", { name: "Ana or محمد", level: 1 }).waitFor();
    await page.keyboard.press("Control+z");
    await expect.poll(albums).toEqual(["Ana or محمد: any"]);
    await page.keyboard.press("Control+z");
    await expect.poll(albums).toEqual(["Both: any"]);
    expect(open.complaints.filter((words) => !words.includes("Failed to load resource"))).toEqual([]);
  });
});

describe("while photos are read", () => {
  it("nothing moves in what was found: what is more waits until it is wanted", async () => {
    const people = (await library.engine.request("people.list", { show: "named" })).items;
    const ana = people.find(({ name }) => name === "Ana Lima")?.id ?? 0;
    const [other] = (await library.engine.request("people.list", { show: "unnamed" })).items;
    const told = [
      [
        "progress",
        { phase: "reading", done: 1, total: 9, faces: 1, failed: 0, secondsLeft: null, photosPerSecond: null, problem: null, words: "" },
      ],
      ["changed", { what: ["photos"] }],
    ] as const;
    let say = (): void => undefined;
    const wait = new Promise<void>((done) => (say = done));
    const slow = await openPage(browser, library);
    await slow.page.route("**/events", async (route) => {
      await wait;
      const body = told.map(([name, payload]) => `event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`).join("");
      await route.fulfill({ contentType: "text/event-stream", body });
    });
    await slow.page.reload();
    await goTo(slow.page, "Search");
    await slow.page.getByRole("combobox", { name: "Add a person" }).first().fill("Ana");
    await slow.page.getByRole("option", { name: /Ana Lima/u }).waitFor();
    await slow.page.keyboard.press("Enter");
    const { total } = await library.engine.request("search", { query: { all: [ana] } });
    const found = (photos: number) => slow.page.getByRole("toolbar").getByText(`${photos} photos`, { exact: true });
    await found(total).waitFor();
    await library.engine.request("decide", { kind: "move", payload: { faceIds: (other?.faceIds ?? []).slice(0, 2), personId: ana } });
    say();
    await slow.page.getByRole("button", { name: "2 more. Show" }).waitFor();
    expect(await found(total).isVisible()).toBe(true);
    await slow.page.getByRole("button", { name: "2 more. Show" }).click();
    await found(total + 2).waitFor();
    await slow.close();
    await library.engine.request("undo", {});
  });
});

describe("a bar of tools", () => {
  it("is one stop of the tab key; the arrows go from tool to tool, and it is come back to where it was left", async () => {
    await goTo(page, "Search");
    await page.getByRole("combobox", { name: "Add a person" }).first().fill("Ana");
    await page.getByRole("option", { name: /Ana Lima/u }).waitFor();
    await page.keyboard.press("Enter");
    const tools = page.getByRole("toolbar").first();
    await tools.getByRole("button", { name: "Write out" }).waitFor();
    const stops = () => tools.evaluate((bar) => [...bar.querySelectorAll("button")].filter((tool) => tool.tabIndex === 0).length);
    await expect.poll(stops).toBe(1);
    await tools.getByRole("button", { name: /^Order/u }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Write out");
    expect(await stops()).toBe(1);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=toolbar]") === null)).toBe(true);
    await page.keyboard.press("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Write out");
  });
});

describe("names written from right to left", () => {
  it("stand apart in what is said of them, so that what is beside them keeps its place", async () => {
    await goTo(page, "History");
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "Named محمد حسن." });
    await row.waitFor();
    expect(await row.locator("bdi").allInnerTexts()).toEqual(["محمد حسن"]);
    // The full stop stands at the right of the name, not before it.
    const ends = await row.locator(".sentence").evaluate((sentence) => {
      const name = sentence.querySelector("bdi")?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNode([...sentence.childNodes].findLast((node) => node.textContent?.trim() === ".") ?? sentence);
      return range.getBoundingClientRect().left >= (name?.right ?? Infinity) - 1;
    });
    expect(ends).toBe(true);
  });
});
