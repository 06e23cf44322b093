import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PhotoView } from "../../electron/contract/views.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { inList, openPage, type OpenPage } from "./open-page.ts";

const names = ["Ana Lima", "Ben Okafor", "Maximiliane Oberndorfer-Schwarz", "محمد الفارسي", "王小明", "Inês Duarte"];

describe("looking at a photo", () => {
  const photos = mkdtempSync(join(tmpdir(), "familiar-looking-"));
  const [here, drive, away] = [join(photos, "here"), join(photos, "drive"), join(photos, "away")];
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  const ids = new Map<string, number>();
  const idOf = (name: string): number => ids.get(name) ?? 0;

  beforeAll(async () => {
    for (const folder of [here, drive]) mkdirSync(folder);
    await paint(join(here, "crowd.jpg"), 5200, 3900, 4);
    await paint(join(here, "second.jpg"), 900, 600, 3);
    await paint(join(here, "third.jpg"), 900, 600, 2);
    await paint(join(here, "vanishes.jpg"), 900, 600, 1);
    await paint(join(drive, "opened.jpg"), 2400, 1600, 6);
    await paint(join(drive, "never.jpg"), 2400, 1600, 5);
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [here, drive] });
    for (const { id } of (await library.engine.request("photos.list", { limit: 100 })).items) {
      const { path } = await library.engine.request("photo.get", { photoId: id });
      ids.set(path.replace(/^.*[\\/]/u, "").replace(".jpg", ""), id);
    }
    // Heads in rows, shoulder to shoulder, with room for a line of names here and there.
    for (let at = 0; at < 24; at += 1) {
      const [column, row] = [at % 6, Math.floor(at / 6)];
      const box: [number, number, number, number] = [0.04 + column * 0.155, 0.05 + row * (row > 1 ? 0.24 : 0.2), 0.15, 0.19];
      const name = names[at % names.length] ?? "";
      await library.engine.request("decide", {
        kind: "draw",
        payload: { photoId: idOf("crowd"), box, name: at < 6 ? name : `${name} ${at}` },
      });
    }
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
  });
  afterEach(() => open.close());
  /** Opens a photo from the list of all. */
  async function look(name: string): Promise<void> {
    const { items } = await library.engine.request("photos.list", { limit: 100 });
    const at = items.findIndex(({ id }) => id === idOf(name));
    await page.locator("main :is(h1, h2, button)").first().waitFor();
    await page.keyboard.press("Control+3");
    await inList(page, "Home", ...Array.from({ length: at }, () => "ArrowRight"), "Enter");
    await page.locator(".panel").getByText(`${name}.jpg`).waitFor();
  }
  const photo = (name: string): Promise<PhotoView> => library.engine.request("photo.get", { photoId: idOf(name) });
  const picture = (): Locator => page.locator(".stage .picture");
  const where = (): Promise<string> => picture().evaluate((element) => element.style.transform);

  it("names in a crowd cover no face and no other name; one that has no place comes when its face is asked for, and a press on a name is one on its face", async () => {
    await look("crowd");
    await page.locator(".name").first().waitFor();
    const [boxes, labels] = await page.evaluate(() => {
      const rects = (selector: string) =>
        [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect().toJSON() as DOMRect);
      return [rects("[data-face]"), rects(".name:not(.asked)")];
    });
    expect(boxes.length).toBe(24);
    expect(labels.length).toBeGreaterThan(12);
    for (const [i, a] of labels.entries())
      for (const b of [...boxes, ...labels.slice(i + 1)])
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
    const hidden = page.locator(".box:has(+ .asked)").first();
    if ((await hidden.count()) > 0) {
      await hidden.hover();
      await expect.poll(() => hidden.evaluate((box) => getComputedStyle(box.nextElementSibling ?? box).visibility)).toBe("visible");
    }
    const name = page.locator(".name:not(.asked)").first();
    await name.click();
    await page.getByRole("dialog", { name: (await name.getAttribute("title")) ?? "" }).waitFor();
  });

  it("zoomed in it is shown in its own pixels and can be dragged by a face; a press that does not move opens the face", async () => {
    await look("crowd");
    await page.keyboard.press("z");
    await expect.poll(() => page.locator(".picture canvas").count()).toBeGreaterThan(3);
    // All of it: 5,200 by 3,900.
    await expect
      .poll(() =>
        page
          .locator(".picture canvas")
          .evaluateAll((parts) =>
            parts.reduce((sum, part) => sum + (part as HTMLCanvasElement).width * (part as HTMLCanvasElement).height, 0),
          ),
      )
      .toBeGreaterThanOrEqual(5200 * 3900);
    const face = await page.evaluate(() => {
      const inside = [...document.querySelectorAll("[data-face]")].map((box) => box.getBoundingClientRect());
      const found = inside.find(
        (box) => box.left > 40 && box.top > 120 && box.left + 60 < innerWidth - 400 && box.top + 60 < innerHeight - 150,
      );
      return found === undefined ? null : { x: found.left + 30, y: found.top + 30 };
    });
    if (face === null) throw new Error("No face is in view.");
    const before = await where();
    await page.mouse.move(face.x, face.y);
    await page.mouse.down();
    await page.mouse.move(face.x + 60, face.y + 40, { steps: 5 });
    await page.mouse.up();
    expect(await where()).not.toBe(before);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.mouse.click(face.x + 60, face.y + 40);
    await page.getByRole("dialog").waitFor();
  });

  it("the list beside a face has the arrows and the digits from wherever the focus is in it, and going on does not leave the photo", async () => {
    await look("crowd");
    const [face] = (await photo("crowd")).faceList;
    await page.locator(`[data-face="${face?.id}"]`).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await dialog.getByRole("button").first().focus();
    await page.keyboard.press("ArrowRight");
    await dialog.waitFor();
    await page.locator(".panel").getByText("crowd.jpg").waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await dialog.getByRole("combobox").evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("two fingers zoom about the point between them and move it, and open nothing", async () => {
    await look("crowd");
    const touch = await page.context().newCDPSession(page);
    await touch.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
    const scale = (): Promise<number> =>
      page.locator(".stage > .picture").evaluate((picture) => new DOMMatrix(getComputedStyle(picture).transform).a);
    const middle = { x: 500, y: 400 };
    const fingers = (type: "touchStart" | "touchMove" | "touchEnd", apart: number, dx = 0): Promise<unknown> =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [-1, 1].map((side, id) => ({ x: middle.x + dx + (side * apart) / 2, y: middle.y, id })),
      });
    /** Where the photo's point lies that is under the middle at first. */
    const [fit, at] = [await scale(), await where()];
    await fingers("touchStart", 100);
    for (const apart of [150, 200, 300]) await fingers("touchMove", apart);
    await expect.poll(scale).toBeCloseTo(3 * fit, 3);
    const wide = await where();
    await fingers("touchMove", 300, 80);
    await expect.poll(where).not.toBe(wide);
    expect(await scale()).toBeCloseTo(3 * fit, 3);
    await fingers("touchMove", 20);
    await fingers("touchEnd", 0);
    // No smaller than all of it.
    await expect.poll(scale).toBeCloseTo(fit, 3);
    expect(await where()).toBe(at);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
  it("a face is drawn by keyboard alone, finer when zoomed in, and named", async () => {
    await look("second");
    await page.keyboard.press("d");
    await page.getByText("Drag a box around the face, or press an arrow key").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByText(/^Arrows move it/u).waitFor();
    const box = page.getByRole("img", { name: "Face being drawn" });
    const wide = async (): Promise<number> => (await box.boundingBox())?.x ?? 0;
    const step = async (): Promise<number> => {
      const from = await wide();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(wide).not.toBe(from);
      return from - (await wide());
    };
    const coarse = await step();
    for (let times = 0; times < 5; times += 1) await page.keyboard.press("+");
    const fine = await step();
    // On the screen a step stays a step; in the photo it is a third.
    expect(fine).toBeLessThan(coarse * 1.5);
    for (const key of ["Shift+ArrowRight", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("dialog").getByRole("combobox").fill("Zoë Drawn");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await photo("second")).faceList.map((one) => one.name)).toEqual(["Zoë Drawn"]);
  });

  it("has the pictures of the photos beside it ready before one goes there", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await look("second");
    await page.waitForTimeout(600);
    const at = [...(await library.engine.request("photos.list", { limit: 100 })).items].map(({ id }) => id);
    const next = at[at.indexOf(idOf("second")) + 1] ?? at[at.indexOf(idOf("second")) - 1];
    expect(asked.some((url) => url.includes(`/photo/${next}?size=screen`))).toBe(true);
  });

  it("opens in a tab of its own in a browser, and its path is copied", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: library.served.origin });
    await look("second");
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Open in a new tab" }).click()]);
    await tab.waitForLoadState();
    expect(await tab.evaluate(() => document.images[0]?.naturalWidth)).toBe(900);
    await tab.close();
    await page.keyboard.press("e");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(join(here, "second.jpg"));
    expect(open.complaints).toEqual([]);
  });

  it("says what is shown instead while its drive is away or its file cannot be opened, and never a broken picture", async () => {
    // A library of its own, in which nothing was looked at yet.
    await library.close();
    library = await openServed();
    await library.engine.request("index", { folders: [here, drive] });
    for (const { id } of (await library.engine.request("photos.list", { limit: 100 })).items) {
      const { path } = await library.engine.request("photo.get", { photoId: id });
      ids.set(path.replace(/^.*[\\/]/u, "").replace(".jpg", ""), id);
    }
    const sizes = ["thumb", "screen"] as const;
    for (const size of sizes) await library.engine.request("picture", { of: "photo", id: idOf("opened"), size });
    for (const name of ["never", "vanishes"]) await library.engine.request("picture", { of: "photo", id: idOf(name), size: "thumb" });
    renameSync(drive, away);
    await library.engine.request("scan.start", {});
    await expect.poll(async () => (await photo("never")).offline, { timeout: 30_000 }).toBe(true);
    // As between two readings: the file has gone, and nobody knows yet.
    renameSync(join(here, "vanishes.jpg"), join(photos, "vanished.jpg"));
    await open.close();
    open = await openPage(browser, library);
    page = open.page;
    const whole = (): Promise<boolean> =>
      page
        .locator(".stage img")
        .evaluateAll((images) => images.length > 0 && images.every((image) => (image as HTMLImageElement).naturalWidth > 0));
    await look("never");
    await page.getByText(/It was never opened while the drive was here/u).waitFor();
    await expect.poll(whole).toBe(true);
    await look("opened");
    await page.getByText(/with the picture kept here/u).waitFor();
    await expect.poll(whole).toBe(true);
    await look("vanishes");
    await page.getByText(/file cannot be opened at the moment/u).waitFor();
    await expect.poll(whole).toBe(true);
    renameSync(join(photos, "vanished.jpg"), join(here, "vanishes.jpg"));
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/file cannot be opened at the moment/u).waitFor({ state: "hidden" });
    await expect.poll(() => page.locator('.stage img[src*="screen"]').count()).toBe(1);
  });
});

/** A picture with nobody in it, and no two alike. */
async function paint(path: string, width: number, height: number, hue: number): Promise<void> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue * 50} 40% 70%)"/><path d="M0 ${height * 0.7} L ${width * 0.5} ${height * 0.4} L ${width} ${height * 0.8} V ${height} H 0 Z" fill="hsl(${hue * 50 + 90} 30% 45%)"/></svg>`;
  await sharp(Buffer.from(picture))
    .withExif({ IFD2: { DateTimeOriginal: `2019:0${hue}:14 17:42:00` } })
    .jpeg({ quality: 90 })
    .toFile(path);
}
