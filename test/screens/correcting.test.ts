import { existsSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { answerSeen } from "./answer-seen.ts";
import { goTo, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("correcting what Familiar thinks (needs the real photographs)", () => {
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let ana = 0;
  let ben = 0;
  let decided = 0;
  beforeAll(async () => {
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photographs] });
    [ana, ben] = (await library.engine.request("people.list", { show: "unnamed", limit: 2 })).items.map((group) => group.id) as [
      number,
      number,
    ];
    await library.engine.request("decide", { kind: "name", payload: { personId: ana, name: "Ana Lima" } });
    await library.engine.request("decide", { kind: "name", payload: { personId: ben, name: "Ben Okafor" } });
    decided = await standing();
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
  });
  // Every test leaves the two names and nothing else, and nothing that the browser objected to.
  afterEach(async () => {
    while ((await standing()) > decided) await library.engine.request("undo", {});
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  /** Decisions that have not been taken back. */
  async function standing(): Promise<number> {
    return (await library.engine.request("history", { limit: 1000 })).items.filter((entry) => !entry.undone).length;
  }
  const facesOf = async (personId: number): Promise<readonly number[]> =>
    (await library.engine.request("person.faces", { personId })).items.map((face) => face.id).sort((a, b) => a - b);
  const toast = (words: string | RegExp): Locator => page.getByRole("region", { name: "Messages" }).getByText(words);
  async function openAna(...keys: readonly string[]): Promise<void> {
    await page.getByRole("gridcell", { name: /Ana Lima/u }).click();
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await inList(page, ...keys);
  }

  it("splits the selected faces off into a group of their own; Ctrl+Z brings them back", async () => {
    const before = await facesOf(ana);
    await openAna("Home", "Space", "ArrowRight", "Space", "t");
    await expect.poll(async () => (await facesOf(ana)).length).toBe(3);
    const left = await facesOf(ana);
    const groups = (await library.engine.request("people.list", { show: "unnamed" })).items;
    const off = groups.find((group) => group.faceIds.some((id) => before.includes(id)));
    expect(off?.faceIds.toSorted((a, b) => a - b)).toEqual(before.filter((id) => !left.includes(id)));
    await page.keyboard.press("Control+z");
    await expect.poll(() => facesOf(ana)).toEqual(before);
  });

  it("keeps a face away after no, and not only until the next grouping", async () => {
    const before = await facesOf(ana);
    await openAna("Home", "n");
    await toast(/Not Ana/u).waitFor();
    const after = await facesOf(ana);
    expect(after.length).toBe(before.length - 1);
    await library.engine.request("index", { folders: [photographs] });
    expect(await facesOf(ana)).toEqual(after);
  });

  it("moves a face to somebody else, found by typing", async () => {
    await openAna("Home", "Space", "o");
    await page.getByRole("combobox").fill("ben");
    await page.getByRole("option", { name: /Ben Okafor/u }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(async () => [(await facesOf(ana)).length, (await facesOf(ben)).length]).toEqual([4, 5]);
  });

  it("says why a face is here, and splits a person into parts by keys alone", async () => {
    await openAna("Home", "w");
    await page.getByText("Why is this here?").first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    const sheet = page.getByRole("dialog", { name: "Split Ana Lima" });
    await sheet.getByText("Part").first().waitFor();
    await page.keyboard.press("3");
    await expect.poll(() => sheet.getByRole("combobox").count()).toBe(2);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
  });

  it("finds the photos in which two people are together", async () => {
    await goTo(page, "Search");
    for (const name of ["Ana", "Ben"]) {
      await page.getByRole("combobox", { name: "Add a person" }).fill(name);
      await page.getByRole("option", { name: new RegExp(name, "u") }).waitFor();
      await page.keyboard.press("Enter");
    }
    const found = await library.engine.request("search", { query: { all: [ana, ben] } });
    expect(found.total).toBe(4);
    await expect.poll(() => page.getByRole("grid", { name: "Photos found" }).getByRole("gridcell", { name: /face/u }).count()).toBe(4);
    await page.getByRole("button", { name: /^How to look for these people/u }).click();
    await page.getByText("at least one of them is").click();
    await expect.poll(() => page.getByRole("grid", { name: "Photos found" }).getByRole("gridcell", { name: /face/u }).count()).toBe(5);
  });

  it("draws a face that was missed, by keys, and names it", async () => {
    await goTo(page, "Search");
    await page.getByRole("button", { name: "How many faces" }).click();
    await page.getByText("Nobody", { exact: true }).click();
    await inList(page, "Home", "Enter");
    await page.getByText("No faces found. If Familiar missed someone, draw the face.").waitFor();
    for (const key of ["d", "ArrowUp", "ArrowUp", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("dialog", { name: "Who is this?" }).getByRole("combobox").fill("Carla Neri");
    await page.keyboard.press("Enter");
    await page
      .getByRole("button", { name: /Carla Neri/u })
      .first()
      .waitFor();
    const drawn = (await library.engine.request("faces", {})).filter((face) => face.source === "drawn");
    expect(drawn.map((face) => [face.name, face.path.split("/").at(-1)])).toEqual([["Carla Neri", "no-face.png"]]);
    const [, , width, height] = drawn[0]?.box ?? [0, 0, 1, 0];
    const photo = await library.engine.request("photo.get", { photoId: drawn[0]?.photoId ?? 0 });
    expect(height * photo.height).toBeGreaterThan(width * photo.width);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await library.engine.request("faces", {})).filter((face) => face.source === "drawn").length).toBe(0);
  });

  it("asks, hears the answer by key, takes it back by key, and never asks again what was answered", async () => {
    const asked = async () => (await library.engine.request("review.next", {})).questions;
    const [first] = await asked();
    if (first === undefined) throw new Error("There is nothing to ask.");
    const words = first.b.name === null ? "Is this the same person?" : `Is this ${first.b.name}?`;
    const heading = page.getByRole("heading", { name: words });
    await goTo(page, "Review");
    await heading.waitFor();
    await answerSeen(page, "y");
    await expect.poll(async () => (await facesOf(first.b.id)).length).toBe(first.a.faces + first.b.faces);
    expect((await asked()).map((question) => question.id)).not.toContain(first.id);
    await page.keyboard.press("Backspace");
    await expect.poll(async () => (await facesOf(first.b.id)).length).toBe(first.b.faces);
    await heading.waitFor();
    await answerSeen(page, "n");
    await toast(/two people|Not /u).waitFor();
    expect((await asked()).map((question) => question.id)).not.toContain(first.id);
    expect((await facesOf(first.b.id)).length).toBe(first.b.faces);
    while ((await asked()).length > 0) {
      const skipped = await answerSeen(page, " ");
      await expect.poll(async () => (await asked()).map((question) => question.id)).not.toContain(skipped);
    }
    await page.getByRole("heading", { name: "Nothing left to ask" }).waitFor();
  });

  it("takes back an older decision from History, and leaves the newer ones", async () => {
    await library.engine.request("decide", { kind: "name", payload: { personId: await someGroup(), name: "Dora Weiss" } });
    await library.engine.request("decide", { kind: "birthday", payload: { personId: ben, date: "1980-02-03" } });
    await goTo(page, "History");
    const row = page.getByRole("listitem").filter({ hasText: "Dora Weiss" });
    await row.hover();
    await row.getByRole("button", { name: "Take back" }).click();
    await row.getByText("Taken back", { exact: true }).first().waitFor();
    const names = (await library.engine.request("people.list", { show: "named" })).items.map((person) => person.name);
    expect(names.sort()).toEqual(["Ana Lima", "Ben Okafor"]);
    expect((await library.engine.request("person.get", { personId: ben })).birthday).toBe("1980-02-03");
  });
  async function someGroup(): Promise<number> {
    const [group] = (await library.engine.request("people.list", { show: "unnamed", limit: 1 })).items;
    if (group === undefined) throw new Error("No group is left.");
    return group.id;
  }
});
