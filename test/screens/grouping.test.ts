import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type Served } from "../../electron/headless/serve.ts";
import { planted } from "../engine/4-group/planted.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { plantedEngine, type PlantedEngine } from "../helpers/planted-engine.ts";
import { axe, drawn, goTo, openPage, type OpenPage } from "./open-page.ts";

const library = planted(600);
const rowsOf = (who: number): number[] =>
  [...library.person.keys()].filter((row) => library.person[row] === who && (library.norms[row] ?? 0) > 60);
const [ana = 0] = [...new Set(library.person)].sort((a, b) => rowsOf(b).length - rowsOf(a).length);
/** Ana in two groups of an earlier run, which grow together; each photo of its own day. */
const before = new Int32Array(600);
for (const [at, row] of rowsOf(ana).entries()) before[row] = 1 + (at % 2);
const photos = [...library.person.keys()].map((row) => ({ rows: [row], takenAt: `20${10 + (row % 10)}-05-05T10:00:00` }));

let open: PlantedEngine;
let served: Served;
let browser: Browser;
let shown: OpenPage;
/** Rules of the whole page that are not this test's. */
const others = ["color-contrast", "region"];

beforeAll(async () => {
  open = await plantedEngine(library, photos, before);
  served = await serve(open.engine, { rendererDir: join(fileURLToPath(new URL("../..", import.meta.url)), "dist", "renderer") });
  browser = await launchChromium();
  shown = await openPage(browser, { served }, { bypassCSP: true });
}, 120_000);
afterAll(async () => {
  await shown.close();
  await browser.close();
  await served.close();
  await open.close();
});
async function look(name: string): Promise<void> {
  await drawn(shown.page);
  const folder = process.env["LOOK"];
  if (folder !== undefined) await shown.page.screenshot({ path: join(folder, `${name}.png`) });
}

describe("what grouping says, on the screens", () => {
  it("History tells of groups that grew together; taking them apart is a decision like any other", async () => {
    const { page } = shown;
    await goTo(page, "History");
    const grown = page.getByRole("region", { name: "Grown together by themselves" });
    await grown
      .getByText(/joined an unnamed person/u)
      .first()
      .waitFor();
    await look("history");
    expect(await axe(page, [], others)).toEqual([]);
    await grown.getByRole("button", { name: "Take apart" }).first().click();
    await page
      .getByText(/^Split \d+ faces/u)
      .first()
      .waitFor();
    await page.keyboard.press("Control+z");
    await grown.getByRole("button", { name: "Take apart" }).first().waitFor();
  });

  it("Settings shows what a slider would do before it is used, by keys alone", async () => {
    const { page } = shown;
    await goTo(page, "Settings");
    await page.getByRole("tab", { name: "Sureness" }).click();
    const slider = page.getByRole("slider", { name: "Put faces together by itself" });
    await slider.focus();
    for (let step = 0; step < 40; step++) await page.keyboard.press("ArrowRight");
    await page.getByText("What it would do").waitFor();
    await page.getByText(/groups would be|Nothing would be different/u).waitFor();
    await look("settings");
    expect(await axe(page, [], others)).toEqual([]);
    expect((await open.engine.request("settings.get", {})).daring).toBe(0.05);
    expect(await page.getByRole("checkbox", { name: /Learn to tell look-alikes apart/u }).isChecked()).toBe(true);
  });

  it("Review lists what does not fit; a button settles it and the next one has the focus", async () => {
    const { page } = shown;
    const { items } = await open.engine.request("people.list", { show: "unnamed", limit: 1 });
    const personId = items[0]?.id ?? 0;
    await open.engine.request("decide", { kind: "name", payload: { personId, name: "Ana" } });
    await open.engine.request("decide", { kind: "birthday", payload: { personId, date: "2013-01-01" } });
    await goTo(page, "Review");
    await page.getByRole("radio", { name: "Does not fit" }).click();
    const rows = page.getByRole("list", { name: "Does not fit" }).getByRole("listitem");
    await page.getByText("Taken before Ana was born").first().waitFor();
    await look("conflicts");
    expect(await axe(page, [], others)).toEqual([]);
    const total = await rows.count();
    await rows.first().getByRole("button", { name: "Not Ana" }).click();
    await page.waitForFunction((count) => document.querySelectorAll("li.conflict").length < count, total);
    await page.waitForFunction(() => document.activeElement?.closest("li.conflict") !== null);
    await rows.first().getByRole("button", { name: "Leave it" }).click();
    await page.waitForFunction((count) => document.querySelectorAll("li.conflict").length < count, total - 1);
    // Planted faces have no pictures; what the grid of People says when it is left is its own test's.
    expect(shown.complaints.filter((line) => !/404|Failed to load resource|derived_inert/u.test(line))).toEqual([]);
  });

  it("a named person is offered faces that may be theirs, with yes and no", async () => {
    const { page } = shown;
    const { items } = await open.engine.request("people.list", { show: "named", limit: 5 });
    const told = await Promise.all(items.map(({ id }) => open.engine.request("person.suggestions", { personId: id })));
    const most = told.toSorted((a, b) => b.total - a.total)[0];
    expect(most?.total).toBeGreaterThan(0);
    await goTo(page, "People");
    await page.getByRole("gridcell", { name: /Ana/u }).first().dblclick();
    const suggested = page.getByRole("region", { name: "Perhaps also Ana" });
    await suggested.waitFor();
    await suggested.scrollIntoViewIfNeeded();
    await look("suggested");
    const many = await suggested.getByRole("listitem").count();
    await suggested.getByRole("button", { name: "This is not Ana" }).first().click();
    await page
      .getByText(/^Not Ana\./u)
      .first()
      .waitFor();
    expect(many).toBeGreaterThan(0);
  });
});
