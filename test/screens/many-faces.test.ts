import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { largeLibrary } from "../helpers/synthetic-library.ts";
import { inList, openPage } from "./open-page.ts";

describe("somebody with very many faces", () => {
  const libraryDir = mkdtempSync(join(tmpdir(), "familiar-many-"));
  let library: ServedLibrary;
  let browser: Browser;
  beforeAll(async () => {
    largeLibrary(libraryDir, { photos: 800, faces: 2400, people: 2 }).close();
    library = await openServed(libraryDir);
    const { items } = await library.engine.request("people.list", { show: "unnamed", limit: 1 });
    await library.engine.request("decide", { kind: "name", payload: { personId: items[0]?.id ?? 0, name: "Ana" } });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(libraryDir, { recursive: true, force: true });
  });

  it("is shown before all of them have come, with the true count; then the last of them can be reached", async () => {
    const { page, complaints, close } = await openPage(browser, library);
    // What comes after the first is held up, as on a busy computer.
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    await page.route("**/api/person.faces", async (route) => {
      if ((route.request().postDataJSON() as { limit: number }).limit >= 1000) await held;
      await route.continue();
    });
    const faces = (await library.engine.request("people.list", { limit: 1 })).items[0]?.faces ?? 0;
    expect(faces).toBeGreaterThan(1000);
    await inList(page, "Home", "Enter");
    const many = faces.toLocaleString("en");
    const tab = page.getByRole("radio", { name: new RegExp(`^Faces\\s*${many}$`, "u") });
    await tab.waitFor();
    await page.getByRole("grid").getByRole("gridcell").nth(20).waitFor();
    letGo();
    await page.getByRole("button", { name: /^Show: Everything/u }).click();
    await page.getByRole("menuitemradio", { name: new RegExp(`^Everything.*${many}`, "u") }).waitFor();
    await page.keyboard.press("Escape");
    // Those without a date stand last.
    await inList(page, "End");
    await page.getByText("Without a date").first().waitFor();
    // The pictures' files never were.
    expect(complaints.filter((line) => !line.includes("404") && !line.includes("Failed to load resource"))).toEqual([]);
    await close();
  });

  /** How many nodes are left when somebody was looked at and left again, six times; one visit alone is a thousand. */
  async function leftBehind(page: Page, meanwhile: () => Promise<void>): Promise<number> {
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable");
    await client.send("HeapProfiler.enable");
    const nodes = async (): Promise<number> => {
      for (let times = 0; times < 3; times++) await client.send("HeapProfiler.collectGarbage");
      const { metrics } = await client.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "Nodes")?.value ?? NaN;
    };
    const visit = async (): Promise<void> => {
      await inList(page, "Home", "Enter");
      await page.getByRole("button", { name: "Back" }).first().waitFor();
      await page.getByRole("grid").getByRole("gridcell").nth(20).waitFor();
      await meanwhile();
      await page.getByRole("button", { name: "Back" }).first().click();
      await page.getByRole("heading", { name: "People" }).waitFor();
    };
    for (let times = 0; times < 2; times++) await visit();
    const before = await nodes();
    for (let times = 0; times < 6; times++) await visit();
    return (await nodes()) - before;
  }

  it("leaves nothing behind when one goes away again, though pictures are still on their way", async () => {
    const { page, close } = await openPage(browser, library);
    await page.route("**/media/face/**", () => undefined);
    expect(await leftBehind(page, async () => undefined)).toBeLessThan(500);
    await close();
  });

  it("nor when the faces flew by", async () => {
    const { page, close } = await openPage(browser, library);
    const flown = await leftBehind(page, async () => {
      await page.mouse.move(640, 600);
      for (const by of [...new Array<number>(8).fill(1500), ...new Array<number>(8).fill(-1500)]) {
        await page.mouse.wheel(0, by);
        await page.waitForTimeout(16);
      }
    });
    expect(flown).toBeLessThan(500);
    await close();
  });
});
