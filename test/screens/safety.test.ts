import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { makeSmallLibrary, nameThem } from "../helpers/small-library.ts";
import { axe, drawn, goTo, openPage } from "./open-page.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-safety-screens-"));
const libraryDir = join(dir, "library");
let faces: readonly (readonly number[])[] = [];
let library: ServedLibrary;
let browser: Browser;
beforeAll(async () => {
  faces = await makeSmallLibrary(libraryDir);
  library = await openServed(libraryDir, true);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(dir, { recursive: true, force: true });
});

async function settings(page: Page, tab: string): Promise<void> {
  await goTo(page, "Settings");
  await page.getByRole("tab", { name: tab, exact: true }).click();
}
const names = async (): Promise<readonly (string | null)[]> =>
  (await library.engine.request("people.list", { sort: "name" })).items.map((person) => person.name);

describe("backups", () => {
  it("are made, looked into, restored and the restoring undone, by keyboard", async () => {
    await nameThem(library.engine, faces, ["Ana Lima"]);
    const { page, complaints, close } = await openPage(browser, library, { bypassCSP: true });
    await settings(page, "Backups");
    await page.getByRole("button", { name: "Make a backup now" }).click();
    await page.getByText("1 person · 1 decision").first().waitFor();
    expect(await axe(page)).toEqual([]);
    await nameThem(library.engine, faces.slice(1), ["Ben Okafor"]);
    await page
      .getByRole("listitem")
      .filter({ hasText: "made by you" })
      .getByRole("button", { name: /^Restore/u })
      .focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: /^Restore the backup of today/u });
    await dialog.getByText("Ben Okafor").first().waitFor();
    const text = await dialog.innerText();
    for (const words of ["Names that go", "1 decision made since goes", "What stands now is backed up first"])
      expect(text).toContain(words);
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Restore" }).click();
    await page.getByText(/^Restored the backup of today/u).waitFor();
    expect(await names()).toEqual(["Ana Lima"]);
    await page.getByText("before another was restored").waitFor();
    await page.getByRole("button", { name: /^Undo/u }).click();
    await expect.poll(names).toEqual(["Ana Lima", "Ben Okafor"]);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("forgetting a person", () => {
  it("says exactly what goes, does nothing on Keep, and says what went", async () => {
    const { page, complaints, close } = await openPage(browser, library, { bypassCSP: true });
    await settings(page, "Forget");
    await page.getByRole("button", { name: "Choose a person" }).click();
    await page.keyboard.type("Ben");
    await page.getByRole("option", { name: /^Ben Okafor/u }).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Forget Ben Okafor?" });
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const words of [
      "The name",
      "12 faces in 12 photos",
      "12 small pictures",
      "Your photos stay as they are.",
      "This cannot be undone.",
    ])
      expect(text).toContain(words);
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await names()).toContain("Ben Okafor");
    await page.getByRole("button", { name: "Choose a person" }).click();
    await page.keyboard.type("Ben");
    await page.getByRole("option", { name: /^Ben Okafor/u }).waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Forget" }).click();
    const account = page.getByRole("dialog", { name: "Forgotten" });
    await account.getByText("12 faces in 12 photos").waitFor();
    await account.getByText("Your photos are as they were.").waitFor();
    await account.getByRole("button", { name: "Done" }).click();
    expect(await names()).not.toContain("Ben Okafor");
    expect(await library.engine.request("backups.list", {})).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("a library that cannot be opened", () => {
  it("offers its backups instead of an empty library when the catalogue is damaged", async () => {
    await library.close();
    writeFileSync(join(libraryDir, "catalog.db"), "x".repeat(9_000));
    library = await openServed(libraryDir, true);
    const { page, close } = await openPage(browser, library, { bypassCSP: true });
    await page.getByRole("heading", { name: "Familiar could not open its catalogue" }).waitFor();
    await page
      .getByText(/^The backup of today, .* is complete: \d (person|people), \d decisions?\. Your photos are not affected\.$/u)
      .waitFor();
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    const offered = page.getByRole("button", { name: /^Restore the backup of today/u });
    await offered.focus();
    await page.keyboard.press("Enter");
    await page.getByText(/^Restored the backup of today/u).waitFor();
    expect(await names()).toContain("Ana Lima");
    await goTo(page, "People");
    await page.getByText("Ana Lima").first().waitFor();
    await close();
  });

  it("without a good backup begins empty only when that was read and said, with names from a file", async () => {
    const lost = join(dir, "lost");
    const known = await makeSmallLibrary(lost);
    const before = await openServed(lost, true);
    await nameThem(before.engine, known, ["Ana Lima"]);
    const file = join(dir, "names.json");
    writeFileSync(file, JSON.stringify(await before.engine.request("export", {})));
    await before.close();
    rmSync(join(lost, "backups"), { recursive: true, force: true });
    writeFileSync(join(lost, "catalog.db"), "x".repeat(9_000));
    const served = await openServed(lost, true);
    const { page, close } = await openPage(browser, served, { bypassCSP: true });
    await page.getByText("There is no good backup of it. Your photos are not affected.").waitFor();
    const offered = page.getByRole("button", { name: "Start with an empty catalogue" });
    await offered.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Start with an empty catalogue?" });
    await dialog.getByText("is set aside in the library’s folder, not deleted").waitFor();
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    // Read, and not done.
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(readdirSync(lost).filter((name) => name.startsWith("catalog set aside"))).toEqual([]);
    await offered.click();
    const choosing = page.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Start with names from a file" }).click();
    await (await choosing).setFiles(file);
    await page
      .getByText(/faces wait for photos that have not been read here/u)
      .first()
      .waitFor();
    await page.getByRole("heading", { name: /^Everyone in your photos/u }).waitFor();
    expect(readdirSync(lost).filter((name) => name.startsWith("catalog set aside"))).toHaveLength(1);
    expect(await served.engine.request("status", {})).toMatchObject({ photos: 0, folders: [] });
    await close();
    await served.close();
  });

  it("waits kindly while another copy of Familiar has the library", async () => {
    const second = await openServed(libraryDir, true);
    const { page, close } = await openPage(browser, second);
    await page.getByRole("heading", { name: "This library is open in another copy of Familiar." }).waitFor();
    await library.close();
    await page.getByRole("button", { name: "Try again" }).click();
    await goTo(page, "People");
    await page.getByText("Ana Lima").first().waitFor();
    await close();
    library = second;
  });
});

describe("forgetting everything", () => {
  it("leads back to the first day, in German too", async () => {
    await library.engine.request("settings.set", { language: "de" });
    const { page, close } = await openPage(browser, library);
    await page.getByRole("button", { name: /^Einstellungen/u }).click();
    await page.getByRole("tab", { name: "Vergessen", exact: true }).click();
    await page.getByRole("button", { name: "Alles vergessen" }).click();
    const dialog = page.getByRole("dialog", { name: "Alle Gesichter und Namen vergessen?" });
    await dialog.getByRole("button", { name: "Vergessen" }).click();
    await page.getByRole("dialog", { name: "Es ist vergessen" }).getByRole("button", { name: "Fertig" }).click();
    await page.getByRole("heading", { name: /^Alle auf deinen Fotos/u }).waitFor();
    expect(await library.engine.request("status", {})).toMatchObject({ photos: 0, faces: 0, people: 0, folders: [] });
    await close();
  });
});
