import { existsSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";

const photos = "../shared/photos/library/2002";
let library: ServedLibrary;
let browser: Browser;
beforeAll(async () => {
  library = await openServed();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await library.close();
});

/** A page of its own, in which everything the browser objects to is kept. */
async function open(options: { readonly bypassCSP?: boolean } = {}): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 820 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (thrown) => complaints.push(thrown.message));
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") complaints.push(line.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(library.served.origin) && !/^(data|blob):/u.test(request.url()))
      complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(library.served.url);
  return { page, complaints };
}
interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
/** What axe finds wrong with the page as it stands. */
async function axe(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: "node_modules/axe-core/axe.min.js" });
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

describe("a new library", () => {
  it("welcomes, under its own policy, without asking for anything from elsewhere", async () => {
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Choose a folder" }).waitFor();
    await page.waitForTimeout(500);
    expect(complaints).toEqual([]);
    expect(new URL(page.url()).search).toBe("");
    await page.context().close();
  });
  it("keeps inline code and other servers out", async () => {
    const { page } = await open();
    const refused = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.head.append(script);
      const fetched = await fetch("http://127.0.0.1:1/").then(
        () => "fetched",
        () => "refused",
      );
      return [document.title === "taken over", fetched];
    });
    expect(refused).toEqual([false, "refused"]);
    await page.context().close();
  });
  it("can be used by everybody, as far as axe can tell", async () => {
    const { page } = await open({ bypassCSP: true });
    await page.getByRole("button", { name: "Choose a folder" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!existsSync(photos))("the main job on the screen (needs the real photographs)", () => {
  beforeAll(async () => {
    await library.engine.request("index", { folders: [photos] });
  });
  const named = async (): Promise<readonly (string | null)[]> =>
    (await library.engine.request("people.list", { show: "named" })).items.map((person) => person.name);

  it("names a group by typing, shows it among the named, and takes it back", async () => {
    const { page, complaints } = await open();
    const field = page.getByRole("combobox", { name: /^Who is this\?/u }).first();
    await field.fill("Ana Lima");
    await field.press("Enter");
    await page.getByText("Ana Lima").first().waitFor();
    await expect.poll(named).toEqual(["Ana Lima"]);
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(named).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
  it("hears in every window what was done in one", async () => {
    const [one, other] = [await open(), await open()];
    const [group] = (await library.engine.request("people.list", { show: "unnamed" })).items;
    if (group === undefined) throw new Error("no group was found");
    await library.engine.request("decide", { kind: "name", payload: { personId: group.id, name: "Ben Okafor" } });
    for (const { page } of [one, other]) await page.getByText("Ben Okafor").first().waitFor();
    await library.engine.request("undo", {});
    await Promise.all([one, other].map(({ page }) => page.context().close()));
  });
  it.each(["People", "Review", "Photos", "Search", "History", "Activity", "Settings"])(
    "%s can be used by everybody, as far as axe can tell",
    async (place) => {
      const { page } = await open({ bypassCSP: true });
      await page
        .getByRole("navigation", { name: "Places" })
        .getByRole("button", { name: new RegExp(`^${place}`, "u") })
        .click();
      await page.waitForTimeout(600);
      expect(await axe(page)).toEqual([]);
      await page.context().close();
    },
  );
});
