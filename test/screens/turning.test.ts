import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PhotoView } from "../../electron/contract/views.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, inList, openPage, photographs, type OpenPage } from "./open-page.ts";

describe.skipIf(!existsSync(photographs))("a photo on its side and a box in the wrong place (needs the real photographs)", () => {
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  const photos = mkdtempSync(join(tmpdir(), "familiar-turning-photos-"));
  const scan = join(photos, "scan.jpg");
  beforeAll(async () => {
    mkdirSync(photos, { recursive: true });
    await sharp(join(photographs, "sitcom-1.png")).rotate(270).jpeg({ quality: 95 }).toFile(scan);
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photos] });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
    await goTo(page, "Photos");
    await inList(page, "Home", "Enter");
    await page.getByRole("group", { name: "Photo", exact: true }).waitFor();
  });
  // Every test leaves the photo as it was, and nothing that the browser objected to.
  afterEach(async () => {
    while ((await library.engine.request("history", {})).items.some((entry) => !entry.undone)) await library.engine.request("undo", {});
    expect(open.complaints).toEqual([]);
    await open.close();
  });
  const photo = (): Promise<PhotoView> => library.engine.request("photo.get", { photoId: 1 });
  /** Pixels of the picture in view, as the browser decoded it. */
  const shown = (): Promise<readonly number[]> =>
    page.evaluate(() => {
      const image = document.querySelector<HTMLImageElement>('.stage img[src*="screen"]');
      return image?.complete === true ? [image.naturalWidth, image.naturalHeight] : [0, 0];
    });

  it("is turned by a key, by the menu and by the palette; the picture follows at once and after a visit, Ctrl+Z takes it back", async () => {
    // Nothing in a scan says when it was taken, and nothing is made up.
    await page.getByText("Date unknown", { exact: true }).waitFor();
    const [before, file] = [await photo(), createHash("sha256").update(readFileSync(scan)).digest("hex")];
    await page.keyboard.press(".");
    await expect.poll(async () => (await photo()).width).toBe(before.height);
    await expect
      .poll(async () => {
        const [width = 0, height = 0] = await shown();
        return width > height;
      })
      .toBe(true);
    await page.getByText("Turned a photo to the right.").waitFor();
    await expect.poll(() => page.locator("[data-face]").count()).toBe((await photo()).faceList.length);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await photo()).width).toBe(before.width);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Turn left" }).click();
    await expect.poll(async () => (await photo()).width).toBe(before.height);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("turn right");
    await page.getByRole("option", { name: /Turn right/u }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await photo()).width).toBe(before.width);
    await page.keyboard.press(".");
    await expect.poll(async () => (await photo()).width).toBe(before.height);
    await page.reload();
    await expect
      .poll(async () => {
        const [width = 0, height = 0] = await shown();
        return width > height;
      })
      .toBe(true);
    expect(createHash("sha256").update(readFileSync(scan)).digest("hex")).toBe(file);
  });

  it("the box of a face is moved by keys and by the mouse; it keeps its name, and Esc leaves it as it was", async () => {
    const [face] = (await photo()).faceList;
    if (face === undefined) throw new Error("no face");
    await library.engine.request("decide", { kind: "move", payload: { faceIds: [face.id], name: "Ana Lima" } });
    const boxOf = async () => (await photo()).faceList.find((one) => one.id === face.id);
    const button = page.locator(`[data-face="${face.id}"]`);
    await expect.poll(() => button.getAttribute("aria-label")).toContain("Ana Lima");
    await button.focus();
    await page.keyboard.press("a");
    const moving = page.getByRole("img", { name: "Box of a face being moved" });
    await moving.waitFor();
    for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowDown"]) await page.keyboard.press(key);
    await page.keyboard.press("Escape");
    await moving.waitFor({ state: "hidden" });
    expect((await boxOf())?.box).toEqual(face.box);
    await page.keyboard.press("a");
    for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
    await expect.poll(async () => ((await boxOf())?.box[0] ?? 0) > face.box[0] + 0.01).toBe(true);
    const moved = await boxOf();
    expect(moved?.box[3]).toBeGreaterThan(face.box[3]);
    expect(moved?.name).toBe("Ana Lima");
    // With the mouse: its left edge further to the left, then the whole of it.
    await button.click();
    await page.getByRole("option", { name: /Move the box/u }).click();
    const at = await moving.boundingBox();
    if (at === null) throw new Error("no box");
    await page.mouse.move(at.x, at.y + at.height / 2);
    await page.mouse.down();
    await page.mouse.move(at.x - 20, at.y + at.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Keep" }).click();
    await expect.poll(async () => ((await boxOf())?.box[0] ?? 1) < (moved?.box[0] ?? 0) - 0.005).toBe(true);
    expect((await boxOf())?.name).toBe("Ana Lima");
    await page.keyboard.press("Control+z");
    await expect.poll(async () => Math.abs(((await boxOf())?.box[0] ?? 0) - (moved?.box[0] ?? 1)) < 1e-6).toBe(true);
  });
});
