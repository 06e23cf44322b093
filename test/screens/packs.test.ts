import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { serve, type Served } from "../../electron/headless/serve.ts";
import { writePeople } from "../dist/real-people.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { plansWithTiny, writeTinyModels } from "../helpers/tiny-pack.ts";
import { axe, drawn, goTo, openPage } from "./open-page.ts";

/** Another model is chosen on the screen, with a tiny one made here, over real photographs. */
const dir = mkdtempSync(join(tmpdir(), "familiar-packs-screens-"));
let engine: Engine;
let served: Served;
let browser: Browser;
beforeAll(async () => {
  writeTinyModels(join(dir, "models"));
  await writePeople(join(dir, "photos"), 2);
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: join(dir, "models"), workers: 1, plans: plansWithTiny });
  await engine.request("index", { folders: [join(dir, "photos")] });
  const [first] = (await engine.request("people.list", { show: "unnamed" })).items;
  await engine.request("decide", { kind: "name", payload: { personId: first?.id ?? 0, name: "Ana" } });
  served = await serve(engine, { rendererDir: "dist/renderer" });
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await served.close();
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

async function settings(page: Page, tab: string): Promise<void> {
  await goTo(page, "Settings");
  await page.getByRole("tab", { name: tab, exact: true }).click();
}
const row = (page: Page, title: string) => page.getByRole("listitem").filter({ hasText: title });

describe("models in Settings", () => {
  it("say what they are and how they do here, and are measured at a press", async () => {
    const { page, complaints, close } = await openPage(browser, { served }, { bypassCSP: true });
    await settings(page, "Recognition");
    const tiny = row(page, "Tiny");
    expect(await tiny.innerText()).toMatch(/24 numbers a face · [\d.]+ (kB|KB|MB) · not timed here yet · Licence: CC0-1\.0/u);
    expect(await row(page, "MobileFaceNet").innerText()).toMatch(/[\d.,]+ ms a face here \(processor\)/u);
    await tiny.getByRole("button", { name: "Measure here" }).press("Enter");
    await tiny.getByText(/ms a face here \(processor\)/u).waitFor();
    await tiny.getByText(/Not enough confirmed faces yet/u).waitFor();
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    await engine.request("settings.set", { language: "de" });
    await tiny.getByText(/Noch zu wenige bestätigte Gesichter/u).waitFor();
    await engine.request("settings.set", { language: "en" });
    expect(complaints).toEqual([]);
    await close();
  });

  it("are changed while the other serves: how far it is stands in Settings and Activity; it can be given up, and going back is at once", async () => {
    const { page, complaints, close } = await openPage(browser, { served }, { bypassCSP: true });
    await settings(page, "Recognition");
    const tiny = row(page, "Tiny");
    const reached = new Promise<void>((done) => {
      const stop = engine.onEvent((name, payload) => {
        if (name !== "progress" || !("phase" in payload) || payload.phase !== "changing") return;
        stop();
        void engine.request("scan.pause", {}).then(() => done());
      });
    });
    await tiny.getByRole("button", { name: "Use", exact: true }).press("Enter");
    await reached;
    await tiny.getByText("Paused. It goes on with reading.").waitFor();
    await row(page, "MobileFaceNet").getByText("in use", { exact: true }).waitFor();
    expect(await engine.request("status", {})).toMatchObject({ pack: "mobilefacenet" });
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    await goTo(page, "Activity");
    await page.getByRole("heading", { name: /^Paused at \d+ of 12 photos$/u }).waitFor();
    await settings(page, "Recognition");
    await tiny.getByRole("button", { name: "Keep the other" }).press("Enter");
    await tiny.getByRole("button", { name: "Use", exact: true }).waitFor();

    await tiny.getByRole("button", { name: "Use", exact: true }).press("Enter");
    await tiny.getByText("in use", { exact: true }).waitFor({ timeout: 60_000 });
    expect(await engine.request("status", {})).toMatchObject({ pack: "tiny" });
    expect((await engine.request("people.list", { show: "named" })).items.map((person) => person.name)).toEqual(["Ana"]);
    const faces = row(page, "MobileFaceNet");
    await faces.getByRole("button", { name: "Use", exact: true }).press("Enter");
    await faces.getByText("in use", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("newer versions in Settings", () => {
  it("are asked for where that is switched on, and what comes of it is told", async () => {
    const { page, complaints, close } = await openPage(browser, { served }, { bypassCSP: true });
    await settings(page, "About");
    const asks = page.getByLabel("Ask for newer versions when I want");
    expect(await asks.isChecked()).toBe(false);
    expect(await page.getByRole("button", { name: "Check now" }).count()).toBe(0);
    await asks.press("Space");
    const feed = page.getByLabel("Address of the list of versions");
    await feed.fill("http://example.org/");
    await feed.press("Enter");
    await page.getByText("Familiar did not understand that request.").waitFor();
    await feed.fill("http://127.0.0.1:1/");
    await feed.press("Tab");
    await expect.poll(async () => (await engine.request("settings.get", {})).updateFeed).toBe("http://127.0.0.1:1/");
    await page.getByRole("button", { name: "Check now" }).press("Enter");
    await page.getByText("The list of versions could not be read.").waitFor();
    await drawn(page);
    expect(await axe(page)).toEqual([]);
    expect(complaints.filter((line) => !/status of 4\d\d/u.test(line))).toEqual([]);
    await close();
  });
});

it("is built (run npm run build first)", () => expect(readdirSync("dist/renderer")).toContain("index.html"));
