import type { Page } from "playwright-core";
import type { Shot } from "./shots.ts";
import { grid, person, photo, place, press } from "./steps.ts";

const settingsAt = async (page: Page, tab: string): Promise<void> => {
  await place(page, "Settings");
  await page.getByRole("tab", { name: tab }).click();
};
/** States that a person comes to later: through the years, what does not fit, copies, forgetting, what stands in the way. */
export const moreShots: readonly Shot[] = [
  { name: "person-years", go: async (page) => (await person(page), await page.getByRole("button", { name: "Through the years" }).click()) },
  { name: "person-filter", go: async (page) => (await person(page), await page.getByRole("button", { name: /^Filter/u }).click()) },
  { name: "person-box-select", go: (page) => person(page, "Home", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight") },
  { name: "review-whole-photo", go: async (page) => (await place(page, "Review"), await press(page, "Enter")) },
  {
    name: "review-does-not-fit",
    go: async (page) => (await place(page, "Review"), await page.getByRole("radio", { name: /^Does not fit/u }).click()),
  },
  { name: "photos-by-year", go: async (page) => (await place(page, "Photos"), await page.getByRole("radio", { name: /^Year/u }).click()) },
  {
    name: "photos-chosen",
    go: async (page) => (
      await place(page, "Photos"),
      await grid(page, "Home", "ArrowRight", "Space", "Shift+ArrowRight", "Shift+ArrowRight")
    ),
  },
  {
    name: "photos-write-out",
    async go(page) {
      await place(page, "Photos");
      await grid(page, "Home", "Control+a");
      await page.getByRole("button", { name: "Write out" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "photo-move-box",
    async go(page, lived) {
      await photo(page, lived);
      await page.locator("[data-face]").first().click();
      await page
        .getByRole("button", { name: /^Move the box/u })
        .or(page.getByRole("option", { name: /^Move the box/u }))
        .first()
        .click();
      await press(page, "ArrowRight", "Shift+ArrowDown");
    },
  },
  {
    name: "search-by-age",
    async go(page, { names }) {
      await place(page, "Search");
      await page
        .getByRole("combobox", { name: "Add a person" })
        .first()
        .fill(`when ${names[0] ?? ""} was 20-60`);
      await page.getByRole("option").first().waitFor();
      await press(page, "Enter");
    },
  },
  {
    name: "search-write-out",
    async go(page) {
      await place(page, "Search");
      await page.getByRole("combobox", { name: "Add a person" }).first().fill("2 faces");
      await page.getByRole("option").first().waitFor();
      await press(page, "Enter");
      await page.getByRole("button", { name: "Write out" }).click();
    },
  },
  { name: "settings-backups", go: (page) => settingsAt(page, "Backups") },
  {
    name: "settings-backups-restore",
    async go(page) {
      await settingsAt(page, "Backups");
      await page.getByRole("button", { name: "Make a backup now" }).click();
      await page
        .getByRole("button", { name: /^Restore/u })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "settings-forget", go: (page) => settingsAt(page, "Forget") },
  {
    name: "settings-forget-everything",
    async go(page) {
      await settingsAt(page, "Forget");
      await page.getByRole("button", { name: "Forget everything" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "history-in-the-way",
    async go(page) {
      await place(page, "History");
      await page.locator("button[aria-pressed=false]", { hasText: "Take back" }).first().click();
    },
  },
  { name: "people-drag", go: (page) => grid(page, "Home", "Shift+ArrowDown") },
  { name: "people-tile-menu", go: (page) => grid(page, "Home", "Shift+F10") },
  { name: "person-tile-menu", go: (page) => person(page, "Home", "Shift+F10") },
  {
    name: "person-merge",
    async go(page, { names }) {
      await person(page, "m");
      const [, other = ""] = names;
      await page.getByRole("combobox", { name: "Merge with…" }).fill(other);
      await page.getByRole("option", { name: other }).first().waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: /^Merge into/u }).waitFor();
    },
  },
];

/** A photo that lies on its side, last: it changes what the others show. */
export const turnedShots: readonly Shot[] = [{ name: "photo-turned", go: (page, lived) => photo(page, lived, ".") }];
