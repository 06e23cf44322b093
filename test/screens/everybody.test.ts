import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveIn } from "../../build/scripts/screenshots/live-in.ts";
import { shots, type Shot } from "../../build/scripts/screenshots/shots.ts";
import { openFirstScreen, type Lived } from "../../build/scripts/screenshots/steps.ts";
import { launchChromium } from "../helpers/chromium.ts";
import { openServed, type ServedLibrary } from "../helpers/served.ts";
import { axe, drawn, openPage, photographs, type OpenPage } from "./open-page.ts";

/** Screens and states that have parts of their own; the others only show the same parts again. */
const looked = [
  "people",
  "people-select",
  "people-merge",
  "people-same-name",
  "people-strangers",
  "person",
  "person-move",
  "person-split",
  "person-why",
  "person-birthday",
  "person-menu",
  "review",
  "photos",
  "photo",
  "photo-face",
  "photo-drawn",
  "search-results",
  "search-nothing-found",
  "search-save-album",
  "album",
  "history",
  "activity-read",
  "settings-sureness",
  "settings-recognition",
  "settings-looks",
  "go-to",
  "keys",
];

describe.skipIf(!existsSync(photographs))("every screen and main state (needs the real photographs)", () => {
  let library: ServedLibrary;
  let browser: Browser;
  let lived: Lived;
  let free: OpenPage;
  let strict: OpenPage;
  beforeAll(async () => {
    library = await openServed();
    browser = await launchChromium();
    await library.engine.request("index", { folders: [photographs] });
    lived = await liveIn(library.engine);
    [free, strict] = await Promise.all([openPage(browser, library, { bypassCSP: true }), openPage(browser, library)]);
  });
  afterAll(async () => {
    await browser.close();
    await library.close();
  });
  const states = looked.map((name): readonly [string, Shot] => {
    const shot = shots.find((each) => each.name === name);
    if (shot === undefined) throw new Error(`There is no picture called ${name}.`);
    return [name, shot];
  });

  it.each(states)("%s can be used by everybody, light and dark, as far as axe can tell", async (name, shot) => {
    const { page } = free;
    await page.emulateMedia({ colorScheme: "light" });
    await openFirstScreen(page, library.served.origin);
    await shot.go(page, lived);
    await drawn(page);
    // A menu belongs to its button and to no landmark.
    expect(await axe(page, [], name.endsWith("-menu") ? ["region"] : [])).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axe(page, ["color-contrast"])).toEqual([]);
  });

  it("breaks no rule of its own policy on every third of them, and says nothing on the console", async () => {
    const { page, complaints } = strict;
    for (const [name, shot] of states.filter((_, at) => at % 3 === 0)) {
      await openFirstScreen(page, library.served.origin);
      await shot.go(page, lived);
      expect([name, ...complaints]).toEqual([name]);
    }
  });
});
