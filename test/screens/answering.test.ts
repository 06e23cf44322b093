import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
import { problemView } from "../../electron/contract/problems.ts";
import { BLIND_MS } from "../../renderer/screens/review/review-state.svelte.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { answerSeen } from "./answer-seen.ts";
import { openPage, type OpenPage } from "./open-page.ts";

const wanted = 50;
const libraryDir = mkdtempSync(join(tmpdir(), "familiar-answering-"));
let library: ServedLibrary;
let browser: Browser;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  doubtfulLibrary(libraryDir, 150, 0.53);
  library = await openServed(libraryDir);
  browser = await launchChromium();
  while ((await library.engine.request("status", {})).questions <= wanted) await new Promise((done) => setTimeout(done, 200));
  open = await openPage(browser, library);
  page = open.page;
});
afterAll(async () => {
  await browser.close();
  await library.close();
  rmSync(libraryDir, { recursive: true, force: true });
});

// Nothing that the browser objected to, in any of them, but that these people have no pictures.
let complained = 0;
afterEach(() => expect(open.complaints.slice(complained).filter((words) => !words.includes("status of 422"))).toEqual([]));

const standing = async (): Promise<number> =>
  (await library.engine.request("history", { limit: 1000 })).items.filter((entry) => !entry.undone).length;
const question = () => page.locator("section.question");
/** Answers the question in view, waits until another one is there, and gives the one that was answered. */
async function answer(key: string): Promise<string> {
  const old = await answerSeen(page, key);
  await page.waitForFunction((old) => (document.querySelector("[data-question]")?.getAttribute("data-question") ?? old) !== old, old);
  return old;
}

it("asks fifty questions and hears fifty answers by keyboard alone, each once, and takes the last one back", async () => {
  await page.keyboard.press("Control+2");
  await question().waitFor();
  const keys = ["y", "n", " ", "y", "s"];
  const started = await standing();
  let decided = 0;
  for (let asked = 0; asked < wanted; asked += 1) {
    const key = keys[asked % keys.length] ?? "y";
    if (key !== " ") decided += 1;
    await answer(key);
  }
  await page.getByText(new RegExp(`^${wanted} answered`, "u")).waitFor();
  await expect.poll(standing).toBe(started + decided);
  // The last answer was "stranger".
  const { strangers } = await library.engine.request("status", {});
  expect(strangers).toBe(wanted / keys.length);
  await page.keyboard.press("Backspace");
  await page.getByText(new RegExp(`^${wanted - 1} answered`, "u")).waitFor();
  await expect.poll(async () => (await library.engine.request("status", {})).strangers).toBe(strangers - 1);
  // Forty decisions, each with a grouping after it, in the process that also drives the browser.
}, 400_000);

it("takes two quick answers in a row without losing one, and drops keys that come before the question can be seen", async () => {
  const before = await standing();
  // The second press comes at once, however busy the machine is: nobody has seen the next question yet.
  await answerSeen(page, "n", 2);
  await answerSeen(page, "n");
  await expect.poll(standing).toBe(before + 2);
});

it("asks about one person only, shows the whole photo by key, and finds somebody else by typing", async () => {
  const [first] = (await library.engine.request("review.next", { limit: 1 })).questions;
  if (first === undefined) throw new Error("There is nothing left to ask.");
  await library.engine.request("decide", { kind: "name", payload: { personId: first.b.id, name: "Ana Lima" } });
  await page.keyboard.press("Control+k");
  await page.locator("[role=dialog] input:focus").waitFor();
  await page.keyboard.type("Ana");
  const about = page.getByRole("option", { name: /^Questions about Ana Lima/u });
  await about.waitFor();
  for (let step = 0; step < 20 && (await about.getAttribute("aria-selected")) !== "true"; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const { left } = await library.engine.request("review.next", { personId: first.b.id });
  if (left > 0) {
    await page.getByRole("button", { name: /^What to ask about|About Ana/u }).waitFor();
    await question().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".over figure").first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".over figure").first().waitFor({ state: "hidden" });
    await page.keyboard.press("o");
    await page.getByRole("dialog").getByRole("combobox").fill("Somebody New");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await library.engine.request("people.list", { show: "named" })).items.map((person) => person.name).sort())
      .toEqual(["Ana Lima", "Somebody New"]);
  } else await page.getByRole("heading", { name: "Nothing to ask about that" }).waitFor();
});

it("asks again what is taken back by Ctrl+Z, and goes on from there; what was left as not sure is asked again when somebody goes back to it", async () => {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+2");
  await question().waitFor();
  const first = await answer("n");
  const second = await answer("n");
  await page.getByText(/^2 answered/u).waitFor();
  await expect.poll(() => open.page.getByText("Noted: these are two people.").count()).toBe(1);
  await page.keyboard.press("Control+z");
  await page.locator(`[data-question="${second}"]`).waitFor();
  await page.getByText(/^1 answered/u).waitFor();
  // The one before it can still be gone back to.
  await page.keyboard.press("Backspace");
  await page.locator(`[data-question="${first}"]`).waitFor();
  await page.getByText(/^0 answered/u).waitFor();
  const skipped = await answer(" ");
  expect(skipped).toBe(first);
  const next = (): Promise<readonly string[]> =>
    library.engine.request("review.next", { limit: 100 }).then(({ questions }) => questions.map(({ id }) => id));
  await expect.poll(next).not.toContain(first);
  await page.keyboard.press("Backspace");
  await page.locator(`[data-question="${first}"]`).waitFor();
  await expect.poll(next).toContain(first);
  // Whatever else changes meanwhile, it stays until it is answered.
  const { items } = await library.engine.request("people.list", { show: "named", limit: 1 });
  await library.engine.request("decide", { kind: "rename", payload: { personId: items[0]?.id ?? 0, name: "Ana Maria Lima" } });
  await page.waitForTimeout(600);
  expect(await question().getAttribute("data-question")).toBe(first);
});

it("keeps the focus on the answer that was chosen by keyboard, answers once however long Enter is held, and takes digits only of whom it shows", async () => {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+2");
  await question().waitFor();
  const before = await standing();
  const no = page.getByRole("button", { name: "No", exact: true });
  await page.waitForTimeout(BLIND_MS + 50);
  await no.focus();
  await page.keyboard.down("Enter");
  for (let times = 0; times < 12; times += 1) {
    await page.waitForTimeout(40);
    await page.keyboard.down("Enter");
  }
  await page.keyboard.up("Enter");
  await expect.poll(standing).toBe(before + 1);
  expect(await no.evaluate((element) => element === document.activeElement)).toBe(true);
  const chips = await page.locator(".chip").count();
  await page.waitForTimeout(BLIND_MS + 50);
  if (chips < 9) await page.keyboard.press(String(chips + 1));
  await page.waitForTimeout(300);
  expect(await standing()).toBe(before + 1);
});

it("shows no whole photo for a pointer that was only left lying, and shows it for one that looks", async () => {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+2");
  await question().waitFor();
  const box = await page.locator(".half .large").first().boundingBox();
  if (box === null) throw new Error("There is no face.");
  await page.mouse.move(box.x + 50, box.y + 50);
  const preview = page.getByRole("region", { name: "Whole photo" });
  await preview.waitFor();
  await answer("n");
  await preview.waitFor({ state: "hidden" });
  await page.waitForTimeout(700);
  expect(await preview.count()).toBe(0);
  await page.mouse.move(box.x + 60, box.y + 60);
  await preview.waitFor();
  await page.mouse.move(5, 400);
});

it("shows every answer at twice the size and in the lowest window, without scrolling", async () => {
  const usual = page.viewportSize() ?? { width: 1280, height: 820 };
  for (const size of [
    { width: 640, height: 410 },
    { width: 800, height: 560 },
    { width: 1024, height: 700 },
  ]) {
    await page.setViewportSize(size);
    await question().waitFor();
    const cut = await page.evaluate(() => {
      const room = document.querySelector("main")?.getBoundingClientRect();
      const buttons = [...document.querySelectorAll("section.question button")].map((button) => button.getBoundingClientRect());
      return buttons.filter(
        ({ bottom, left, right }) => room === undefined || bottom > room.bottom || left < room.left || right > room.right,
      ).length;
    });
    expect([size, cut]).toEqual([size, 0]);
  }
  await page.setViewportSize(usual);
});

it("does not say that nothing is left to ask when the questions cannot be had", async () => {
  await page.route("**/api/review.next", (route) => route.fulfill({ status: 500, json: { problem: problemView("internal") } }));
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+2");
  const again = page.getByRole("button", { name: "Try again" });
  await again.waitFor();
  expect(await page.getByText("Nothing left to ask").count()).toBe(0);
  await page.unroute("**/api/review.next");
  await again.click();
  await question().waitFor();
  // The browser says what was refused, as it should.
  complained = open.complaints.length;
});

it("may be left while an answer is on its way: it is kept, and what has gone with the screen is not read any more", async () => {
  await page.keyboard.press("Control+2");
  for (let times = 0; times < 4; times += 1) {
    const before = await standing();
    await answerSeen(page, "n");
    // At once, and back again while the engine still thinks.
    await page.keyboard.press("Control+1");
    await page.keyboard.press("Control+2");
    await expect.poll(standing).toBe(before + 1);
  }
}, 120_000);
