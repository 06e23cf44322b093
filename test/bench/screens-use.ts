import type { Page } from "playwright-core";
import type { Shell } from "./screens-shell.ts";

/** Memory in MB at the start, at its highest and at the end of somebody's going about for a while. */
export interface Use {
  readonly minutes: number;
  readonly steps: number;
  readonly page: { readonly start: number; readonly end: number; readonly most: number };
  readonly engine: { readonly start: number; readonly end: number; readonly most: number } | null;
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
  // The first round brings in what is only fetched once.
  let steps = await round(page, 0);
  const before = { heap: await heap(), engine: shell.memory(), elements: await elements() };
  let [mostHeap, mostEngine] = [before.heap, before.engine ?? 0];
  const until = performance.now() + minutes * 60_000;
  for (let at = 1; performance.now() < until; at++) {
    steps += await round(page, at);
    mostHeap = Math.max(mostHeap, await heap());
    mostEngine = Math.max(mostEngine, shell.memory() ?? 0);
  }
  const end = { heap: await heap(), engine: shell.memory(), elements: await elements() };
  return {
    minutes,
    steps,
    page: { start: before.heap, end: end.heap, most: mostHeap },
    engine: before.engine === null || end.engine === null ? null : { start: before.engine, end: end.engine, most: mostEngine },
    elements: { start: before.elements, end: end.elements },
  };
}
