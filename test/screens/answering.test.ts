import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.ts";
import { doubtfulLibrary } from "../helpers/doubtful-library.ts";
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
afterEach(() => expect(open.complaints.filter((words) => !words.includes("status of 422"))).toEqual([]));

const standing = async (): Promise<number> =>
  (await library.engine.request("history", { limit: 1000 })).items.filter((entry) => !entry.undone).length;
const question = () => page.locator("section.question");
/** Answers the question in view and waits until another one is there. */
async function answer(key: string): Promise<void> {
  const old = await answerSeen(page, key);
  await page.waitForFunction((old) => (document.querySelector("[data-question]")?.getAttribute("data-question") ?? old) !== old, old);
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
  await page.getByRole("option", { name: /^Questions about Ana Lima/u }).waitFor();
  await page.keyboard.press("ArrowUp");
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
