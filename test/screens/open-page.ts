import type { Browser, Page } from "playwright-core";
import type { ServedLibrary } from "../helpers/served.ts";

/** Real photographs, small: two photos of nobody known and five of the same five people. */
export const photographs = "../shared/goldens/faces/photos";

export interface OpenPage {
  readonly page: Page;
  /** Everything the browser objects to: errors, broken rules of the page's policy, requests that would leave this computer. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the screens as a person does, with the address that holds the token. */
export async function openPage(
  browser: Browser,
  { served }: Pick<ServedLibrary, "served">,
  options: { readonly bypassCSP?: boolean } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 820 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on("pageerror", (thrown) => complaints.push(thrown.message));
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") complaints.push(line.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(served.origin) && !/^(data|blob):/u.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(served.url);
  return { page, complaints, close: () => context.close() };
}

/** Goes to a place by the rail. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("button", { name: new RegExp(`^${place}`, "u") })
    .click();
}
/** Puts the focus into the list in view, then presses keys. */
export async function inList(page: Page, ...keys: readonly string[]): Promise<void> {
  const grid = page.getByRole("grid").first();
  await grid.getByRole("gridcell").first().waitFor();
  await grid.focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until what is in view has been fetched and drawn; the stream of events never ends, so the network is never idle. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForTimeout(200);
  await page.waitForFunction(
    () => document.fonts.status === "loaded" && [...document.images].every((image) => image.complete || image.loading === "lazy"),
  );
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
/** What axe finds wrong with the page as it stands; needs `bypassCSP`, since axe is code that the page's policy keeps out. */
export async function axe(page: Page, only: readonly string[] = [], without: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
  const options = {
    resultTypes: ["violations"],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(only.length === 0 ? {} : { runOnly: only }),
  };
  const result = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResult;
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
