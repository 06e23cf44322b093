import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveIn } from "../../build/scripts/screenshots/live-in.ts";
import { moreShots } from "../../build/scripts/screenshots/more-shots.ts";
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
  "settings-backups",
  "settings-backups-restore",
  "settings-forget-everything",
  "history-in-the-way",
  "person-years",
  "person-filter",
  "people-tile-menu",
  "person-tile-menu",
  "person-merge",
  "photo-move-box",
  "photos-by-year",
  "review-does-not-fit",
  "search-by-age",
  "search-write-out",
  "go-to",
  "keys",
];
/** Looked at again at twice the size: one of each screen. */
const doubled = [
  "people",
  "people-select",
  "person",
  "review",
  "photos",
  "photo",
  "search-results",
  "history",
  "activity-read",
  "settings-sureness",
  "settings-recognition",
  "settings-backups",
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
  const stateOf = (name: string): readonly [string, Shot] => {
    const shot = [...shots, ...moreShots].find((each) => each.name === name);
    if (shot === undefined) throw new Error(`There is no picture called ${name}.`);
    return [name, shot];
  };
  const states = looked.map(stateOf);

  it.each(states)("%s can be used by everybody, light and dark, as far as axe can tell", async (name, shot) => {
    const { page } = free;
    await page.emulateMedia({ colorScheme: "light" });
    await openFirstScreen(page, library.served.origin);
    await shot.go(page, lived);
    await drawn(page);
    // A menu belongs to its button and to no landmark.
    expect(await axe(page, [], /-(?:menu|filter)$/u.test(name) ? ["region"] : [])).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axe(page, ["color-contrast"])).toEqual([]);
  });

  it.each(doubled.map(stateOf))(
    "%s holds at twice the size: nothing is cut off at the side, and axe finds nothing, light and dark",
    async (_, shot) => {
      const { page } = free;
      const usual = page.viewportSize() ?? { width: 1280, height: 820 };
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: usual.width / 2, height: usual.height / 2 });
      try {
        await openFirstScreen(page, library.served.origin);
        await shot.go(page, lived);
        await drawn(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        expect(await axe(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: "dark" });
        expect(await axe(page, ["color-contrast"])).toEqual([]);
      } finally {
        await page.setViewportSize(usual);
      }
    },
  );

  it("breaks no rule of its own policy on every third of them, and says nothing on the console", async () => {
    const { page, complaints } = strict;
    for (const [name, shot] of states.filter((_, at) => at % 3 === 0)) {
      await openFirstScreen(page, library.served.origin);
      await shot.go(page, lived);
      expect([name, ...complaints]).toEqual([name]);
    }
  });
});
