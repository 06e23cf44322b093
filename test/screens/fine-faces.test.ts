import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { answerSeen } from "./answer-seen.ts";
import { openPage, type OpenPage } from "./open-page.ts";

const libraryDir = mkdtempSync(join(tmpdir(), "familiar-fine-faces-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;
/** Faces that a finer picture was asked for, in order. */
let asked: string[] = [];
/** Finer pictures come only from then on: on a slow machine they would be there before the small ones were looked at. */
let letCome = (): void => undefined;
const mayCome = new Promise<void>((resolve) => (letCome = resolve));

beforeAll(async () => {
  doubtfulLibrary(libraryDir, 60, 0.53);
  library = await openServed(libraryDir);
  browser = await launchChromium();
  while ((await library.engine.request("status", {})).questions < 12) await new Promise((done) => setTimeout(done, 200));
  open = await openPage(browser, library);
  page = open.page;
  // These people have no pictures of their own: grey small ones, blue finer ones, which wait.
  const flat = (side: number, colour: string): Promise<Buffer> =>
    sharp({ create: { width: side, height: side, channels: 3, background: colour } })
      .webp()
      .toBuffer();
  const [small, large] = await Promise.all([flat(256, "#888"), flat(640, "#24c")]);
  await page.route("**/media/face/**", async (route) => {
    const address = new URL(route.request().url());
    const fine = address.searchParams.get("size") === "large";
    if (fine) {
      asked.push(address.pathname.split("/").at(-1) ?? "");
      await mayCome;
    }
    await route.fulfill({ status: 200, contentType: "image/webp", body: fine ? large : small }).catch(() => undefined);
  });
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(libraryDir, { recursive: true, force: true });
});

const fine = () => page.locator(".pair:last-child .fine-face > img");
const rects = (): Promise<readonly string[]> =>
  page
    .locator(".pair:last-child .fine-face")
    .evaluateAll((all) => all.map((each) => JSON.stringify(each.getBoundingClientRect().toJSON())));
const facesAsked = (): Promise<readonly string[]> =>
  page
    .locator(".pair:last-child .fine-face .picture img")
    .evaluateAll((all) => all.map((each) => new URL((each as HTMLImageElement).src).pathname.split("/").at(-1) ?? ""));

it("shows both faces finer once somebody looks, without moving anything, and has the next two ready by then", async () => {
  await page.keyboard.press("Control+2");
  await page.locator("[data-question]").waitFor();
  const before = await rects();
  expect(before).toHaveLength(2);
  expect(await fine().count()).toBe(0);
  letCome();
  await expect.poll(() => fine().count()).toBe(2);
  expect(await rects()).toEqual(before);
  const now = await facesAsked();
  // Then those of the next question.
  await expect.poll(() => new Set(asked).size).toBeGreaterThanOrEqual(3);
  expect(new Set(asked.slice(0, 2))).toEqual(new Set(now));
  await answerSeen(page, "n");
  await page.waitForFunction((old) => {
    const faces = [...document.querySelectorAll<HTMLImageElement>(".pair:last-child .fine-face .picture img")].map((each) => each.src);
    return faces.length === 2 && faces.join() !== old;
  }, now.join());
  const next = await facesAsked();
  // Another question may have come before it meanwhile; none is asked for twice all the same.
  await expect.poll(() => fine().count()).toBe(2);
  for (const id of next) expect(asked.filter((one) => one === id)).toHaveLength(1);
});

it("asks for none where the small picture has enough", async () => {
  await page.keyboard.press("Control+1");
  await page.setViewportSize({ width: 1280, height: 700 });
  await page.keyboard.press("Control+2");
  await page.locator("[data-question]").waitFor();
  asked = [];
  await page.waitForTimeout(900);
  expect(asked).toEqual([]);
  // Nothing that the browser objected to, but that these people have no pictures.
  expect(open.complaints.filter((words) => !words.includes("status of 422"))).toEqual([]);
});
