import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, drawn, goTo, inList, openPage } from "./open-page.ts";

/** A home folder with pictures of nobody: choosing a folder begins there. */
const home = mkdtempSync(join(tmpdir(), "familiar-home-"));
const homes = ["HOME", "USERPROFILE"] as const;
const before = homes.map((name) => process.env[name]);
let library: ServedLibrary;
let browser: Browser;

beforeAll(async () => {
  for (const name of homes) process.env[name] = home;
  mkdirSync(join(home, "Pictures"));
  mkdirSync(join(home, "Old laptop"));
  for (const [name, background] of [
    ["Sky.jpg", "#7aa7d8"],
    ["Meadow.png", "#6f9a55"],
    ["Sand.webp", "#d8c49a"],
  ] as const)
    await sharp({ create: { width: 640, height: 400, channels: 3, background } }).toFile(join(home, "Pictures", name));
  writeFileSync(join(home, "Pictures", "Letter.jpg"), "Dear Ana, this is no picture.");
  writeFileSync(join(home, "Pictures", "Nothing.png"), "");
  library = await openServed();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await library.close();
  for (const [at, name] of homes.entries()) {
    const was = before[at];
    if (was === undefined) delete process.env[name];
    else process.env[name] = was;
  }
  rmSync(home, { recursive: true, force: true });
});

describe("a new library", () => {
  it("welcomes, under its own policy, without asking for anything from elsewhere", async () => {
    const { page, complaints, close } = await openPage(browser, library);
    await page.getByRole("button", { name: "Choose another folder" }).waitFor();
    await drawn(page);
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual([]);
    await close();
  });
  it("keeps inline code and other servers out", async () => {
    const { page, close } = await openPage(browser, library);
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
    await close();
  });
  it("can be used by everybody, as far as axe can tell, with and without the folder dialog", async () => {
    const { page, close } = await openPage(browser, library, { bypassCSP: true });
    await page.getByRole("button", { name: "Choose another folder" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Choose another folder" }).click();
    await page.getByRole("button", { name: "Old laptop" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axe(page, ["color-contrast"])).toEqual([]);
    await close();
  });
});

describe("the first folder", () => {
  it("says in a sentence that a folder is no longer there, and stays where one is", async () => {
    const { page, close } = await openPage(browser, library);
    await page.getByRole("button", { name: "Choose another folder" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Old laptop" }).click();
    await dialog.getByRole("button", { name: "Choose Old laptop" }).click();
    rmSync(join(home, "Old laptop"), { recursive: true });
    await page.getByRole("checkbox", { name: "Read Pictures" }).uncheck({ force: true });
    await page.getByRole("button", { name: "Find the people" }).click();
    await page.getByText("The folder is not there. Connect its drive").waitFor();
    expect(await page.getByRole("checkbox", { name: "Read Old laptop" }).isVisible()).toBe(true);
    expect((await library.engine.request("status", {})).folders).toEqual([]);
    await close();
  });
  it("is read from the first page on, and every screen says what there is while nobody was found", async () => {
    const { page, complaints, close } = await openPage(browser, library);
    // Where pictures usually are is offered at once.
    expect(await page.getByRole("checkbox", { name: "Read Pictures" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Find the people" }).click();
    await page.getByRole("heading", { name: "No faces in these photos" }).waitFor();
    expect(await page.getByText("Familiar looked at 3 photos and found nobody.").isVisible()).toBe(true);
    expect(await page.getByRole("contentinfo").innerText()).toContain("3 photos · 0 faces · everything is read");

    await page.getByRole("button", { name: "See the photos" }).click();
    await expect.poll(() => page.getByRole("gridcell", { name: /nobody/iu }).count()).toBe(3);
    await inList(page, "Home", "Enter");
    await page.getByText("No faces found. If Familiar missed someone, draw the face.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("grid").waitFor();

    await goTo(page, "Review");
    await page.getByRole("heading", { name: "Nothing left to ask" }).waitFor();
    await goTo(page, "Search");
    await page.getByRole("heading", { name: "Who are you looking for?" }).waitFor();
    await goTo(page, "History");
    await page.getByRole("heading", { name: "Nothing decided yet" }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
  it("shows what could not be read, why, and what to do about it", async () => {
    const { page, close } = await openPage(browser, library);
    await page.getByRole("contentinfo").getByRole("button", { name: "2 could not be read" }).click();
    await page.getByText("The file is named like a picture, but there is no picture in it.").waitFor();
    await page.getByText("The file is empty. If you have another copy, put it in its place.").waitFor();
    await sharp({ create: { width: 320, height: 200, channels: 3, background: "#884422" } }).toFile(join(home, "Pictures", "Nothing.png"));
    await page.getByRole("listitem").filter({ hasText: "Nothing.png" }).getByRole("button", { name: "Try again" }).click();
    await page.getByText("Nothing.png").waitFor({ state: "hidden" });
    await expect.poll(async () => (await library.engine.request("status", {})).photos).toBe(4);
    await close();
  });
  it("can be used by everybody on every screen, light and dark, as far as axe can tell", async () => {
    const { page, close } = await openPage(browser, library, { bypassCSP: true });
    for (const place of ["People", "Review", "Photos", "Search", "History", "Activity", "Settings"]) {
      await page.emulateMedia({ colorScheme: "light" });
      await goTo(page, place);
      await drawn(page);
      expect([place, ...(await axe(page))]).toEqual([place]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect([place, ...(await axe(page, ["color-contrast"]))]).toEqual([place]);
    }
    await close();
  });
});
