import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Shot } from "./shots.ts";
import { openFirstScreen, settle, type Lived } from "./steps.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** Sizes of the window, unless others are asked for. */
export const usualSizes: readonly Size[] = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
/** Reads `1440x900,2560x1440`. Throws a sentence where that is not what was written. */
export function readSizes(text: string): readonly Size[] {
  return text.split(",").map((each) => {
    const found = /^(\d{3,4})x(\d{3,4})$/u.exec(each.trim());
    if (found === null) throw new Error(`A size is written like 1440x900, not like ${each}.`);
    return { width: Number(found[1]), height: Number(found[2]) };
  });
}
const themes = ["light", "dark"] as const;

export interface Taking {
  readonly browser: Browser;
  /** The address with its token. */
  readonly url: string;
  readonly out: string;
  readonly sizes: readonly Size[];
  /** Only pictures of these names, where some were asked for. */
  readonly only: readonly string[] | undefined;
  /** Gathers what the browser objected to and what could not be reached. */
  readonly complaints: Set<string>;
}

/**
 * Takes every picture in every size, light and dark. `once`: each place is reached a single time and the window is then made smaller, for
 * places that can be reached only once.
 */
export async function take(taking: Taking, shots: readonly Shot[], lived: Lived, once = false): Promise<void> {
  const { sizes } = taking;
  const wanted = shots.filter(({ name }) => taking.only === undefined || taking.only.includes(name));
  for (const start of once ? sizes.slice(0, 1) : sizes) {
    const context = await taking.browser.newContext({ viewport: start, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    let doing = "";
    const complain = (words: string): unknown => taking.complaints.add(`${doing}: ${words}`);
    page.on("pageerror", (thrown) => complain(thrown.message));
    page.on("console", (line) => {
      if (line.type() === "error" || line.type() === "warning") complain(line.text());
    });
    await page.goto(taking.url);
    for (const { name, go } of wanted) {
      doing = `${name} (${start.width})`;
      try {
        await openFirstScreen(page, new URL("/", taking.url).href);
        await settle(page);
        await go(page, lived);
        await settle(page);
      } catch (thrown) {
        complain(thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown));
      }
      for (const size of once ? sizes : [start])
        for (const theme of themes) await photograph(page, join(taking.out, `${name}-${theme}-${size.width}.png`), theme, size);
      if (once) await page.setViewportSize(start);
    }
    await context.close();
  }
}

async function photograph(page: Page, path: string, theme: "light" | "dark", size: Size): Promise<void> {
  if (page.viewportSize()?.width !== size.width) {
    await page.setViewportSize(size);
    await settle(page);
  }
  await page.emulateMedia({ colorScheme: theme });
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}
