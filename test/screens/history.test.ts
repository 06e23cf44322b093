import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { makeSmallLibrary, nameThem } from "../helpers/small-library.ts";
import { axe, goTo, openPage } from "./open-page.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-history-screens-"));
let library: ServedLibrary;
let browser: Browser;
beforeAll(async () => {
  const faces = await makeSmallLibrary(join(dir, "library"));
  library = await openServed(join(dir, "library"));
  browser = await launchChromium();
  const [ana = 0, ben = 0] = await nameThem(library.engine, faces, ["Ana Lima", "Ben Okafor", "Clara Weiß"]);
  await library.engine.request("decide", { kind: "merge", payload: { into: ana, from: [ben] } });
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(dir, { recursive: true, force: true });
});
const names = async (): Promise<readonly (string | null)[]> =>
  (await library.engine.request("people.list", { sort: "name" })).items.map((person) => person.name);

describe("History", () => {
  it("says what, when and how many, and takes back one out of the middle", async () => {
    const { page, complaints, close } = await openPage(browser, library, { bypassCSP: true });
    await goTo(page, "History");
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "to Clara Weiß" });
    await row.waitFor();
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(4);
    expect(await row.innerText()).toContain("12 faces");
    expect(await row.locator("time").innerText()).toMatch(/^\d\d:\d\d$/u);
    expect(await axe(page)).toEqual([]);
    await row.getByRole("button", { name: "Take back" }).click();
    await row.getByText("Taken back").last().waitFor();
    expect(await names()).toEqual(["Ana Lima"]);
    await row.getByRole("button", { name: "Put back" }).click();
    await expect.poll(names).toEqual(["Ana Lima", "Clara Weiß"]);
    await row.getByRole("button", { name: "Take back" }).click();
    await expect.poll(names).toEqual(["Ana Lima"]);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(names).toEqual(["Ana Lima", "Clara Weiß"]);
    expect(complaints).toEqual([]);
    await close();
  });

  it("names the decision that stands in the way, and is free once that one is taken back", async () => {
    const { page, close } = await openPage(browser, library);
    await goTo(page, "History");
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "to Ben Okafor" });
    await row.getByRole("button", { name: "Take back" }).click();
    await row
      .getByText(
        /^This one cannot be taken back on its own: 12 of its faces were merged again today at \d\d:\d\d \(“Merged 12 faces into Ana Lima”\)\.$/u,
      )
      .waitFor();
    expect(await names()).toEqual(["Ana Lima", "Clara Weiß"]);
    await page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: /^\s*Merged/u })
      .getByRole("button", { name: "Take back" })
      .click();
    await expect.poll(names).toEqual(["Ana Lima", "Ben Okafor", "Clara Weiß"]);
    // Exactly: until the list has come again, this row offers to take back both.
    await row.getByRole("button", { name: "Take back", exact: true }).click();
    await expect.poll(names).toEqual(["Ana Lima", "Clara Weiß"]);
    await close();
  });

  it("takes back both, and says all of it in German where German is spoken", async () => {
    while ((await library.engine.request("status", {})).canUndo !== null) await library.engine.request("undo", {});
    for (let n = 0; n < 4; n += 1) await library.engine.request("redo", {});
    expect(await names()).toEqual(["Ana Lima", "Clara Weiß"]);
    await library.engine.request("settings.set", { language: "de" });
    const { page, complaints, close } = await openPage(browser, library);
    try {
      await page
        .getByRole("navigation")
        .getByRole("button", { name: /^Verlauf/u })
        .click();
      const rows = page.getByRole("main").getByRole("listitem");
      await rows.filter({ hasText: "12 Gesichter mit Ana Lima vereint." }).waitFor();
      const row = rows.filter({ hasText: "12 Gesichter zu Ben Okafor verschoben, jemand Neues." });
      await row.getByRole("button", { name: "Zurücknehmen" }).click();
      await row
        .getByText(/Das lässt sich nicht allein zurücknehmen: 12 seiner Gesichter wurden heute um \d\d:\d\d wieder vereint/u)
        .waitFor();
      await row.getByRole("button", { name: "Beides zurücknehmen" }).click();
      await expect.poll(names).toEqual(["Ana Lima", "Clara Weiß"]);
      await page.getByText("Zurückgenommen: 12 Gesichter zu Ben Okafor verschoben, jemand Neues.").waitFor();
      await expect.poll(() => rows.locator("s").count()).toBe(2);
      expect(await page.getByRole("main").innerText()).not.toMatch(/Moved|Merged|faces/u);
      expect(complaints).toEqual([]);
    } finally {
      await library.engine.request("settings.set", { language: "en" });
      await close();
    }
  });
});
