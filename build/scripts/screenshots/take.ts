import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Shot } from "./shots.ts";
import { settle, type Lived } from "./steps.ts";

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const themes = ["light", "dark"] as const;

export interface Taking {
  readonly browser: Browser;
  /** The address with its token. */
  readonly url: string;
  readonly out: string;
  /** Only pictures of these names, where some were asked for. */
  readonly only: readonly string[] | undefined;
  /** Gathers what the browser objected to and what could not be reached. */
  readonly complaints: Set<string>;
}

/**
 * Takes every picture in both sizes, light and dark. `once`: each place is reached a single time and the window is then made smaller, for
 * places that can be reached only once.
 */
export async function take(taking: Taking, shots: readonly Shot[], lived: Lived, once = false): Promise<void> {
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
        await page.goto(new URL("/", taking.url).href);
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

async function photograph(page: Page, path: string, theme: "light" | "dark", size: (typeof sizes)[number]): Promise<void> {
  if (page.viewportSize()?.width !== size.width) {
    await page.setViewportSize(size);
    await settle(page);
  }
  await page.emulateMedia({ colorScheme: theme });
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}
