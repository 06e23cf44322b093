import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PortableDocument } from "../../electron/contract/portable.ts";
import { photographs } from "../engine/flows/bad-input-files.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { goTo, openPage, type OpenPage } from "./open-page.ts";

/** What another computer wrote: one person, on a photo that is not here. */
const foreign: PortableDocument = {
  format: "familiar decisions",
  version: 1,
  people: [{ id: "elsewhere-1", name: "Ana Lima", state: "named", birthday: "1990-03-14" }],
  apart: [],
  photos: [
    { hash: "ab".repeat(32), file: "beach.jpg", faces: [{ box: [0.1, 0.2, 0.3, 0.4], source: "drawn", is: "elsewhere-1", key: true }] },
  ],
  albums: [],
};

describe.skipIf(!existsSync("dist/renderer/index.html"))("names as a file (needs the built screens)", () => {
  const photos = mkdtempSync(join(tmpdir(), "familiar-portable-photos-"));
  let library: ServedLibrary;
  let browser: Browser;
  let open: OpenPage;
  let page: Page;
  beforeAll(async () => {
    [library, browser] = await Promise.all([openServed(), launchChromium()]);
    // Without any photo there is only the welcome.
    await photographs(photos, 2);
    await library.engine.request("index", { folders: [photos] });
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
    rmSync(photos, { recursive: true, force: true });
  });
  beforeEach(async () => {
    open = await openPage(browser, library);
    page = open.page;
    await goTo(page, "Settings");
    await page.getByRole("tab", { name: "Backups" }).click();
  });
  afterEach(async () => {
    await library.engine.request("settings.set", { language: "en" });
    await open.close();
  });

  const section = (): Locator => page.getByRole("region", { name: "Names as a file" });
  const message = (words: string | RegExp): Locator => page.getByRole("region", { name: "Messages" }).getByText(words);
  const names = async (): Promise<unknown> =>
    (await library.engine.request("people.list", { show: "named" })).items.map((person) => person.name);
  async function give(name: string, content: string | Buffer): Promise<void> {
    const asked = page.waitForEvent("filechooser");
    await section().getByRole("button", { name: "Import names …" }).press("Enter");
    await (await asked).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  }

  it("says that there is nothing to export yet", async () => {
    await section().getByRole("button", { name: "Export names …" }).click();
    await message("Nothing has been decided yet, so there is nothing to export.").waitFor();
    expect(open.complaints).toEqual([]);
  });

  it("takes a file in, says what came and what waits, and takes all of it back", async () => {
    await give("names.json", JSON.stringify(foreign));
    const came = "Imported 0 faces and 1 person. 1 face waits for photos that have not been read here; they get their names when they are.";
    await section().getByRole("status").getByText(came).waitFor();
    await message(came).waitFor();
    expect(await names()).toEqual(["Ana Lima"]);
    await section().getByRole("button", { name: "Undo" }).click();
    await expect.poll(names).toEqual([]);
    await section().getByText(came).waitFor({ state: "hidden" });
    // The same file again, and a second time.
    await give("names.json", JSON.stringify(foreign));
    await section().getByText(came).waitFor();
    await give("names.json", JSON.stringify(foreign));
    await section()
      .getByText(/^Everything in this file is known here already\./u)
      .waitFor();
    expect(await section().getByRole("button", { name: "Undo" }).count()).toBe(0);
    expect(open.complaints).toEqual([]);
  });

  it("hands out a file that people can read, with everything in it", async () => {
    const coming = page.waitForEvent("download");
    await section().getByRole("button", { name: "Export names …" }).press("Enter");
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^Familiar names \d{4}-\d{2}-\d{2}\.json$/u);
    const text = readFileSync(await download.path(), "utf8");
    expect(text.split("\n").length).toBeGreaterThan(8);
    const document = JSON.parse(text) as PortableDocument;
    expect(document).toEqual(await library.engine.request("export", {}).then((now) => ({ ...now, exported: document.exported })));
    expect(document.people.map((person) => person.name)).toEqual(["Ana Lima"]);
    await message("Exported what was said of 1 person in 0 photos.").waitFor();
  });

  it.each([
    ["a letter", "Dear diary", "This is not a file that Familiar exported, or it is damaged. Nothing was changed."],
    [
      "half a file",
      JSON.stringify(foreign).slice(0, 200),
      "This is not a file that Familiar exported, or it is damaged. Nothing was changed.",
    ],
    ["another program's", '{"type":"FeatureCollection"}', "This is not a file that Familiar exported. Nothing was changed."],
    [
      "a newer one",
      JSON.stringify({ ...foreign, version: 2 }),
      "This file was exported by a newer Familiar: import it with that one. Nothing was changed.",
    ],
  ])("refuses %s in one sentence", async (_, content, words) => {
    const before = await library.engine.request("history", {});
    await give("odd.json", content);
    await message(words).waitFor();
    expect((await library.engine.request("history", {})).total).toBe(before.total);
  });

  it("speaks German", async () => {
    await library.engine.request("settings.set", { language: "de" });
    await page.getByText("Namen als Datei").waitFor();
    await page.getByRole("button", { name: "Namen exportieren …" }).waitFor();
  });
});
