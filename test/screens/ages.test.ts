import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("photos of somebody at an age (needs the real photographs)", () => {
  const photos = mkdtempSync(join(tmpdir(), "familiar-ages-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  let ana = 0;
  /** In the order of the photos: two when she was 3, one on her fourth birthday, one the day before she was born, one without a date. */
  const names = ["IMG_20030601_120000.png", "IMG_20040315_120000.png", "IMG_20040316_090000.png", "IMG_20000315_120000.png", "undated.png"];
  beforeAll(async () => {
    for (const [at, name] of names.entries()) copyFileSync(join(photographs, `sitcom-${at + 1}.png`), join(photos, name));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
    // Somebody who is in all five.
    const groups = (await library.engine.request("people.list", { show: "unnamed" })).items;
    ana = groups.find((group) => group.photos === names.length)?.id ?? 0;
    expect(ana).toBeGreaterThan(0);
    await library.engine.request("decide", { kind: "name", payload: { personId: ana, name: "Ana Lima" } });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
    await goTo(page, "Search");
  });
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });
  const found = () => page.getByRole("grid", { name: "Photos found" }).getByRole("gridcell", { name: /face/u });
  const aged = (from: number, to: number) =>
    library.engine
      .request("search", { query: { aged: [{ person: ana, from, to }] } })
      .then(({ items }) => items.map(({ path }) => path.split("/").at(-1)));

  it("are not found while nobody said when the birthday is; the field says so and leads to where it is said", async () => {
    expect(await aged(0, 130)).toEqual([]);
    await page.getByRole("combobox", { name: "Add a person" }).first().fill("when ana was 3");
    await page.getByRole("option", { name: /Ana Lima at 3.*Birthday not known/u }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
  });

  it("are found by the day, in English and German, as a chip that can be taken away", async () => {
    await library.engine.request("decide", { kind: "birthday", payload: { personId: ana, date: "2000-03-16" } });
    expect(await aged(3, 3)).toEqual([names[1], names[0]]);
    expect(await aged(4, 4)).toEqual([names[2]]);
    expect(await aged(0, 130)).toHaveLength(3);
    for (const [written, words, count] of [
      ["when Ana was 3", "Ana Lima at 3", 2],
      ["Ana aged 3-4", "Ana Lima at 3–4", 3],
      ["als Ana 4 war", "Ana Lima at 4", 1],
    ] as const) {
      await page.getByRole("combobox", { name: "Add a person" }).first().fill(written);
      await page.getByRole("option", { name: new RegExp(words, "u") }).waitFor();
      await page.keyboard.press("Enter");
      await expect.poll(() => found().count()).toBe(count);
      await page.getByText(words, { exact: true }).waitFor();
    }
    // Nothing found: one condition less is offered, and a saved album keeps the age.
    await page.getByRole("combobox", { name: "Add a person" }).first().fill("no faces");
    await page.getByRole("option", { name: /Nobody/u }).waitFor();
    await page.keyboard.press("Enter");
    await page
      .getByRole("button", { name: /Ana at any age/u })
      .or(page.getByRole("button", { name: /any number of faces/iu }))
      .first()
      .click();
    await expect.poll(() => found().count()).toBeGreaterThan(0);
  });

  it("stay in an album, also in a portable file; forgetting the person takes the album along", async () => {
    await library.engine.request("decide", {
      kind: "save-album",
      payload: { name: "Little Ana", query: { aged: [{ person: ana, from: 0, to: 3 }] } },
    });
    const [album] = await library.engine.request("albums.list", {});
    expect(album?.photos).toBe(2);
    const { albums } = await library.engine.request("export", {});
    expect(albums).toMatchObject([{ name: "Little Ana", query: { aged: [{ from: 0, to: 3 }] } }]);
    await library.engine.request("forget", { personId: ana, backups: false });
    expect(await library.engine.request("albums.list", {})).toEqual([]);
  });
});
