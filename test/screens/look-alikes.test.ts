import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BLIND_MS } from "../../renderer/screens/review/review-state.svelte.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { openPage, type OpenPage } from "./open-page.ts";

const libraryDir = mkdtempSync(join(tmpdir(), "familiar-look-alikes-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
const people: number[] = [];

beforeAll(async () => {
  doubtfulLibrary(libraryDir, 6, 0.53);
  library = await openServed(libraryDir);
  const { engine } = library;
  while ((await engine.request("status", {})).unnamed < 2) await new Promise((done) => setTimeout(done, 200));
  const { items } = await engine.request("people.list", { show: "unnamed", limit: 2 });
  for (const [at, name] of ["Serena Williams", "Venus Williams"].entries()) {
    // One face each is said to be theirs; the others are only thought to be.
    const faceIds = items[at]?.faceIds.slice(0, 1) ?? [];
    const { personId } = await engine.request("decide", { kind: "move", payload: { faceIds: [...faceIds], name } });
    people.push(personId ?? 0);
  }
  const [a = 0, b = 0] = people;
  await engine.request("decide", { kind: "never-merge", payload: { a, b } });
  while ((await engine.request("review.lookAlikes", { a, b })).faces.length < 5) await new Promise((done) => setTimeout(done, 200));
  browser = await launchChromium();
  open = await openPage(browser, library);
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(libraryDir, { recursive: true, force: true });
});

it("asks about two people who look alike, face by face, by keyboard alone; what is taken back is asked again, also by Ctrl+Z", async () => {
  const { page } = open;
  await page.keyboard.press("Control+2");
  await page.getByRole("button", { name: /^Whom to ask about/u }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemradio", { name: "Serena Williams or Venus Williams" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Serena or Venus?" }).waitFor();
  const now = (): Promise<number> => page.locator(".queue li").evaluateAll((all) => all.findIndex((li) => li.classList.contains("now")));
  const answer = async (key: string): Promise<void> => {
    await page.waitForTimeout(BLIND_MS + 50);
    const at = await now();
    await page.keyboard.press(key);
    await expect.poll(now).not.toBe(at);
  };
  const standing = async (): Promise<readonly string[]> =>
    (await library.engine.request("history", { limit: 100 })).items.filter(({ undone }) => !undone).map(({ kind }) => kind);
  const before = (await standing()).length;
  // The focus is where the question is: Space answers and does not open the menu again.
  await answer(" ");
  expect(await page.getByRole("menu").count()).toBe(0);
  await answer("1");
  await answer("n");
  await page.getByText(/^3 answered/u).waitFor();
  await expect.poll(async () => (await standing()).length).toBe(before + 2);
  expect((await standing())[0]).toBe("reject");
  await page.keyboard.press("Control+z");
  await expect.poll(now).toBe(2);
  await page.getByText(/^2 answered/u).waitFor();
  await page.keyboard.press("Backspace");
  await expect.poll(now).toBe(1);
  await page.getByText(/^1 answered/u).waitFor();
  await expect.poll(async () => (await standing()).length).toBe(before);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Whole photo", pressed: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Whole photo", pressed: false }).waitFor();
  for (let left = await page.locator(".queue li").count(); left > 1; left -= 1) {
    await page.waitForTimeout(BLIND_MS + 50);
    await page.keyboard.press("2");
  }
  await page.getByRole("heading", { name: /are told apart/u }).waitFor();
  await page.keyboard.press("Escape");
  // These people have no pictures; nothing else was objected to.
  expect(open.complaints.filter((words) => !words.includes("status of 422"))).toEqual([]);
});
