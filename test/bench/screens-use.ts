import type { Page } from "playwright-core";
import { residentMemory, type Shell } from "./screens-shell.ts";

interface Memory {
  readonly start: number;
  readonly end: number;
  readonly most: number;
}
/** Memory in MB at the start, at its highest and at the end of somebody's going about for a while. */
export interface Use {
  readonly minutes: number;
  readonly steps: number;
  /** What the page's own objects take. */
  readonly page: Memory;
  /** All that its process takes, with decoded pictures; null where the system does not tell. */
  readonly window: Memory | null;
  readonly engine: Memory | null;
  /** Elements and listeners in the document at the end, back where it started. */
  readonly elements: { readonly start: number; readonly end: number };
}

/** One round through the screens by keyboard and rail, scrolling as it goes. */
async function round(page: Page, at: number): Promise<number> {
  const rail = page.getByRole("navigation", { name: "Places" });
  const go = async (name: string): Promise<void> => rail.getByRole("button", { name: new RegExp(`^${name}`, "u") }).click();
  const keys = async (...all: readonly string[]): Promise<void> => {
    for (const key of all) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
  };
  const inGrid = async (): Promise<void> => {
    const grid = page.getByRole("grid").first();
    await grid.getByRole("gridcell").first().waitFor();
    await grid.focus();
  };
  await go("People");
  await inGrid();
  await keys("Home", ...Array.from({ length: 1 + (at % 9) }, () => "PageDown"), "Enter");
  await page.waitForTimeout(250);
  await keys("Escape", "Escape");
  await go("Photos");
  await inGrid();
  await keys(...Array.from({ length: 4 + (at % 5) }, () => "PageDown"), "Enter");
  await page.waitForTimeout(250);
  await keys(...Array.from({ length: 10 }, () => "ArrowRight"), "Escape");
  await go("Review");
  await go("History");
  await go("Search");
  await page.waitForTimeout(150);
  return 30;
}

/** Goes through the screens for so many minutes and watches memory. What was forgotten to be let go of shows as a rise. */
export async function useFor(page: Page, shell: Shell, minutes: number): Promise<Use> {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.enable");
  const heap = async (): Promise<number> => {
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    return usedSize / 1e6;
  };
  const elements = async (): Promise<number> => page.evaluate(() => document.querySelectorAll("*").length);
  const process = await rendererOf(page);
  const look = async (): Promise<Look> => ({
    page: await heap(),
    window: process === null ? null : residentMemory(process),
    engine: shell.memory(),
    elements: await elements(),
  });
  // The first round brings in what is only fetched once.
  let steps = await round(page, 0);
  const looks = [await look()];
  const until = performance.now() + minutes * 60_000;
  for (let at = 1; performance.now() < until; at++) {
    steps += await round(page, at);
    looks.push(await look());
  }
  const [first, last] = [looks[0], looks.at(-1)];
  return {
    minutes,
    steps,
    page: memoryOf(looks.map((each) => each.page)) ?? { start: NaN, end: NaN, most: NaN },
    window: memoryOf(looks.map((each) => each.window)),
    engine: memoryOf(looks.map((each) => each.engine)),
    elements: { start: first?.elements ?? NaN, end: last?.elements ?? NaN },
  };
}

interface Look {
  readonly page: number;
  readonly window: number | null;
  readonly engine: number | null;
  readonly elements: number;
}
function memoryOf(values: readonly (number | null)[]): Memory | null {
  const known = values.filter((value) => value !== null);
  const [start, end] = [known[0], known.at(-1)];
  return start === undefined || end === undefined ? null : { start, end, most: Math.max(...known) };
}

/** Number of the process that draws the page; null where the browser does not tell. */
async function rendererOf(page: Page): Promise<number | null> {
  const client = await page.context().browser()?.newBrowserCDPSession();
  if (client === undefined) return null;
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  await client.detach();
  // With one page open the busiest is the one that draws it.
  const drawing = processInfo.filter((each) => each.type === "renderer").sort((a, b) => b.cpuTime - a.cpuTime)[0];
  return drawing?.id ?? null;
}
