import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { photoAt } from "../helpers/photo-at.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, goTo, inList, openPage, type OpenPage } from "./open-page.ts";

describe("places by their names", () => {
  const home = mkdtempSync(join(tmpdir(), "familiar-places-"));
  const photos = join(home, "Trips");
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(photos);
    await photoAt(join(photos, "cascais.jpg"), 38.697, -9.42, "teal");
    await photoAt(join(photos, "cascais 2.jpg"), 38.698, -9.421, "olive");
    await photoAt(join(photos, "granada.jpg"), 37.177, -3.599, "brown");
    await photoAt(join(photos, "sea.jpg"), 30, -40, "navy");
    library = await openServed(join(home, "library"));
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
    await goTo(page, "Search");
  });
  afterEach(async () => {
    expect(open.complaints).toEqual([]);
    await open.close();
  });

  const found = () => page.getByRole("grid", { name: "Photos found" }).getByRole("gridcell", { name: /face|nobody/iu });
  async function write(text: string, offered: RegExp): Promise<void> {
    await page.getByRole("combobox", { name: "Add a person" }).first().fill(text);
    await page.getByRole("option", { name: offered }).first().click();
  }

  it("offers a place by a part of its name with its photos, and its chip says where that is", async () => {
    await write("casc", /^Cascais, Portugal\s*2$/u);
    await expect.poll(() => found().count()).toBe(2);
    await page.getByRole("button", { name: "Leave out Cascais, Portugal" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Leave out Cascais, Portugal" }).click();
    await write("portugal", /^Cascais, Portugal/u);
    await expect.poll(() => found().count()).toBe(2);
  });

  it("keeps an album of a place as it is, and its chip is named when it is opened again", async () => {
    const near = { latitude: 37.177, longitude: -3.599, km: 10 };
    await library.engine.request("decide", { kind: "save-album", payload: { name: "Alhambra", query: { near } } });
    await page
      .getByRole("navigation", { name: "Places" })
      .getByRole("button", { name: /^Alhambra/u })
      .click();
    await page.getByRole("heading", { name: "Alhambra" }).waitFor();
    await expect.poll(() => found().count()).toBe(1);
    const [album] = await library.engine.request("albums.list", {});
    expect([album?.name, album?.query]).toEqual(["Alhambra", { near }]);
  });

  it("says in German what the country is called, and finds it by that name", async () => {
    await library.engine.request("settings.set", { language: "de" });
    try {
      await page.reload();
      await page
        .getByRole("navigation", { name: "Orte" })
        .getByRole("button", { name: /^Suche/u })
        .click();
      await page.getByRole("combobox").first().fill("spanien");
      await page.getByRole("option", { name: /^Granada, Spanien/u }).click();
      await page.getByRole("button", { name: "Granada, Spanien weglassen" }).waitFor();
    } finally {
      await library.engine.request("settings.set", { language: "en" });
    }
  });

  it("names a photo's place above its position, and only the position on the sea", async () => {
    await write("casc", /^Cascais/u);
    await inList(page, "Home", "Enter");
    // In a window as wide as this one it stands open.
    const panel = page.getByRole("complementary", { name: "About this photo" });
    await panel.getByText("Cascais, Lisbon, Portugal").waitFor();
    await panel.getByText(/^38\.70° N, 9\.42° W$/u).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Leave out Cascais, Portugal" }).click();
    await page.getByRole("button", { name: "Place", exact: true }).click();
    await page.getByText("30.00° N, 40.00° W").click();
    await expect.poll(() => found().count()).toBe(1);
  });
});
