import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchChromium } from "../helpers/chromium.ts";
import { scrollFrames, showBarePage, type Frames } from "./frames.ts";
import { print } from "./print.ts";
import { makeScreensLibrary, type ScreensLibrary } from "./screens-library.ts";
import { openShell, type Shell } from "./screens-shell.ts";
import { watchAnswers, type Answers } from "./screens-answers.ts";
import { useFor, type Use } from "./screens-use.ts";
import { screensWords } from "./screens-words.ts";

export interface ScreensBench {
  readonly library: ScreensLibrary;
  readonly cores: number;
  readonly load: readonly [number, number];
  /** Milliseconds from asking for the address to the first paint and to people in view. */
  readonly first: { readonly paint: number; readonly people: number };
  /** Milliseconds from choosing a place to its first pictures (or words) in view. */
  readonly opened: Readonly<Record<string, number>>;
  readonly bare: Frames;
  readonly scrolled: Readonly<Record<string, Frames>>;
  /** The same while a folder is being read; null where there are no photographs to read. */
  readonly whileReading: Readonly<Record<string, Frames>> | null;
  /** What the screens asked for meanwhile, by request: milliseconds. */
  readonly answers: Answers;
  readonly use: Use;
}

/** Places to open by the rail, and what shows that they are there. */
const places: readonly (readonly [name: string, shows: string])[] = [
  ["Photos", "[role=gridcell] img"],
  ["Search", "main [role=combobox], main input"],
  ["History", "main li, main [role=listitem], main h2"],
  ["Activity", "main h2"],
  ["Settings", "main h2"],
  ["Review", "main h1, main h2"],
  ["People", "[role=gridcell] img"],
];

/** Measures the real screens in front of the real engine, in a process of its own, over a library of so many drawn photos. */
export async function benchScreens(size: {
  readonly photos: number;
  readonly people: number;
  readonly minutes: number;
}): Promise<ScreensBench> {
  const place = mkdtempSync(join(tmpdir(), "familiar-screens-"));
  const libraryDir = join(place, "library");
  let shell: Shell | null = null;
  const browser = await launchChromium();
  try {
    const library = await makeScreensLibrary(libraryDir, size);
    const [before = 0] = loadavg();
    const barePage = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const drawn = join(libraryDir, "pictures", "drawn");
    const pictures = readdirSync(drawn).filter((name) => name.startsWith("face"));
    await showBarePage(
      barePage,
      pictures.map((name) => `data:image/webp;base64,${readFileSync(join(drawn, name)).toString("base64")}`),
      600,
    );
    const bare = await scrollFrames(barePage, 5);
    await barePage.close();
    shell = await openShell(libraryDir);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const answers = watchAnswers(page);
    const started = performance.now();
    await page.goto(shell.url);
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>("[role=gridcell] img")].some((image) => image.complete),
    );
    const people = performance.now() - started;
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
    const opened: Record<string, number> = {};
    for (const [name, shows] of places) opened[name] = await openPlace(page, name, shows);
    const scrolled = { People: await scrollFrames(page, 5), ...(await scrollOthers(page, opened)) };
    const whileReading = await readMeanwhile(shell, page);
    const use = await useFor(page, shell, size.minutes);
    const [after = 0] = loadavg();
    return {
      library,
      cores: availableParallelism(),
      load: [before, after],
      first: { paint, people },
      opened,
      bare,
      scrolled,
      whileReading,
      answers: answers(),
      use,
    };
  } finally {
    await browser.close();
    await shell?.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Presses a place in the rail and waits, frame by frame, until it shows. */
async function openPlace(page: Page, name: string, shows: string): Promise<number> {
  return page.evaluate(
    async ([wanted, selector]) => {
      const buttons = [...document.querySelectorAll<HTMLElement>("nav button")];
      const button = buttons.find(
        (each) => each.textContent?.trim().startsWith(wanted) === true || each.ariaLabel?.startsWith(wanted) === true,
      );
      if (button === undefined) throw new Error(`There is no place called ${wanted}.`);
      const began = performance.now();
      button.click();
      await new Promise(requestAnimationFrame);
      const there = (): boolean =>
        [...document.querySelectorAll(selector)].some(
          (each) => !(each instanceof HTMLImageElement) || (each.complete && each.naturalWidth > 0),
        );
      while (!there() && performance.now() - began < 30_000) await new Promise(requestAnimationFrame);
      return performance.now() - began;
    },
    [name, shows] as const,
  );
}

/** Photos, at two speeds, and the largest person. Opening the person is measured too. */
async function scrollOthers(page: Page, opened: Record<string, number>): Promise<Record<string, Frames>> {
  await openPlace(page, "Photos", "[role=gridcell] img");
  const photos = await scrollFrames(page, 5);
  const fast = await scrollFrames(page, 5, 400);
  await openPlace(page, "People", "[role=gridcell] img");
  const grid = page.getByRole("grid").first();
  await grid.focus();
  await page.keyboard.press("Home");
  const began = performance.now();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Back" }).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLImageElement>("[role=gridcell] img")].some((image) => image.complete));
  opened["the largest person"] = performance.now() - began;
  const person = await scrollFrames(page, 5);
  await page.keyboard.press("Escape");
  return { Photos: photos, "Photos, ten times as fast": fast, "the largest person": person };
}

/** Scrolls People while real photographs are read, where there are some. */
async function readMeanwhile(shell: Shell, page: Page): Promise<Record<string, Frames> | null> {
  const folder = "../shared/photos/library";
  if (!existsSync(folder)) return null;
  await openPlace(page, "People", "[role=gridcell] img");
  await shell.ask("folders.add", { paths: [folder] });
  const people = await scrollFrames(page, 5);
  await openPlace(page, "Photos", "[role=gridcell] img");
  const photos = await scrollFrames(page, 5);
  await shell.ask("scan.cancel", {});
  return { People: people, Photos: photos };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      photos: { type: "string", default: "100000" },
      people: { type: "string", default: "5000" },
      minutes: { type: "string", default: "10" },
      json: { type: "boolean", default: false },
    },
  });
  const size = { photos: Number(values.photos), people: Number(values.people), minutes: Number(values.minutes) };
  print(await benchScreens(size), values.json, screensWords);
}
