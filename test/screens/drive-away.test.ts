import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, drawn, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("people while a drive is away (needs the real photographs)", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-away-"));
  const [drive, elsewhere] = [join(dir, "Family archive"), join(dir, "elsewhere")];
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(drive);
    for (let at = 1; at <= 5; at += 1) copyFileSync(join(photographs, `sitcom-${at}.png`), join(drive, `IMG_200${at}0520_120000.png`));
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [drive] });
    const [group] = (await library.engine.request("people.list", { show: "unnamed" })).items;
    await library.engine.request("decide", { kind: "name", payload: { personId: group?.id ?? 0, name: "Ana Lima" } });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library, { bypassCSP: true });
    page = open.page;
    await ana().waitFor();
  });
  afterEach(async () => {
    if (existsSync(elsewhere)) await plug(true);
    expect(open.complaints).toEqual([]);
    await open.close();
  });
  const ana = (): Locator => page.getByRole("gridcell", { name: /Ana Lima/u });
  const mark = (): Locator => page.getByTitle("The photos are not connected");
  /** As when the drive is pulled out, or put back in; Familiar looks. */
  async function plug(inward: boolean): Promise<void> {
    renameSync(inward ? elsewhere : drive, inward ? drive : elsewhere);
    await library.engine.request("scan.start", {});
    await expect.poll(async () => (await library.engine.request("status", {})).folders[0]?.state).toBe(inward ? "present" : "gone");
    await expect.poll(async () => (await library.engine.request("status", {})).progress.phase).toBe("idle");
  }

  it("shows who is only on it with less colour and a plug, still with name and face, and brings the colour back with the drive", async () => {
    expect(await mark().count()).toBe(0);
    await plug(false);
    await expect.poll(() => mark().count()).toBe(await page.getByRole("gridcell").count());
    await drawn(page);
    const face = ana().locator("img");
    expect(await face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    // A wash over it, and no filter: one on each of many pictures is drawn again in every frame.
    const wash = ana().locator(".wash");
    expect(await wash.boundingBox()).toEqual(await face.boundingBox());
    expect(await wash.evaluate((element) => getComputedStyle(element).backgroundColor)).toMatch(/^rgba\(.*, 0\.[2-6]\d*\)$/u);
    expect(await face.evaluate((image) => getComputedStyle(image).filter)).toBe("none");
    await page.getByRole("gridcell", { name: /Ana Lima.*The photos are not connected|The photos are not connected.*Ana Lima/u }).waitFor();
    expect(await axe(page)).toEqual([]);
    await plug(true);
    await expect.poll(() => mark().count()).toBe(0);
  });

  it("says on the person's own screen which drive is away; naming and sorting out go on", async () => {
    await ana().click();
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await plug(false);
    await page.getByText("Family archive is not connected. Names and small pictures are kept.").waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("r");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Ana Maria");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ana Maria" }).waitFor();
    await library.engine.request("undo", {});
    await page.getByRole("heading", { name: "Ana Lima" }).waitFor();
    await plug(true);
    await page.getByText("Family archive is not connected.").waitFor({ state: "hidden" });
  });
});
