import type { Page } from "playwright-core";
import { addPeople, grid, person, photo, place, press, searchByFaces, settle, type Lived } from "./steps.ts";

/** One picture: its name, and how a person gets there from the first screen, with keys and names that a screen reader would say. */
export interface Shot {
  readonly name: string;
  readonly go: (page: Page, lived: Lived) => Promise<unknown>;
}

/** What somebody sees who has just begun. */
export const firstShots: readonly Shot[] = [
  { name: "welcome", go: async () => undefined },
  { name: "welcome-choose-a-folder", go: (page) => page.getByRole("button", { name: /^Choose (?:a|another) folder$/u }).click() },
  {
    name: "welcome-folder-chosen",
    async go(page) {
      await page.getByRole("button", { name: /^Choose (?:a|another) folder$/u }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Choose [^…]/u })
        .click();
    },
  },
];

/** Only photos with nobody in them, and files that cannot be read. */
export const nobodyShots: readonly Shot[] = [
  { name: "people-nobody", go: async () => undefined },
  { name: "review-nothing-to-ask", go: (page) => place(page, "Review") },
  { name: "photos-few", go: (page) => place(page, "Photos") },
  { name: "search-nobody", go: (page) => place(page, "Search") },
  { name: "history-empty", go: (page) => place(page, "History") },
  { name: "activity", go: (page) => place(page, "Activity") },
];

/** While photos are read. */
export const readingShots: readonly Shot[] = [
  { name: "people-reading", go: async () => undefined },
  { name: "activity-reading", go: (page) => place(page, "Activity") },
];

/** Everything is read, nobody has a name. */
export const unnamedShots: readonly Shot[] = [
  { name: "people-unnamed", go: async () => undefined },
  {
    name: "people-naming",
    async go(page) {
      await grid(page, "Home", "Enter");
      await page.keyboard.type("Ana");
    },
  },
];

const firstGroup = (page: Page) => page.getByRole("combobox", { name: /^Who is this\?/u }).first();

/** Every screen and main state of a library with named people. */
export const shots: readonly Shot[] = [
  { name: "people", go: async () => undefined },
  { name: "people-select", go: (page) => grid(page, "Home", "Space", "ArrowRight", "Space") },
  { name: "people-merge", go: (page) => grid(page, "Home", "Space", "ArrowRight", "Space", "m") },
  {
    name: "people-same-name",
    async go(page, { names }) {
      await firstGroup(page).click();
      await page.keyboard.type((names[0] ?? "").slice(0, 3));
    },
  },
  { name: "people-suggestions", go: (page) => firstGroup(page).click() },
  { name: "people-strangers", go: (page) => page.getByRole("button", { name: /^Strangers/u }).click() },
  { name: "people-nothing-found", go: async (page) => (await press(page, "/"), await page.keyboard.type("Zzz")) },
  { name: "people-groups", go: (page) => grid(page, "End") },
  { name: "people-groups-select", go: (page) => grid(page, "End", "Space", "ArrowLeft", "Space") },
  { name: "person", go: (page) => person(page) },
  { name: "person-photos", go: (page) => person(page, "v") },
  { name: "person-select", go: (page) => person(page, "Home", "Space", "ArrowRight", "Space") },
  { name: "person-move", go: (page) => person(page, "Home", "Space", "o") },
  { name: "person-split", go: (page) => person(page, "p") },
  { name: "person-why", go: (page) => person(page, "Home", "w") },
  { name: "person-birthday", go: (page) => person(page, "b") },
  { name: "person-rename", go: (page) => person(page, "r") },
  { name: "person-menu", go: async (page) => (await person(page), await page.getByRole("button", { name: /^More about this/u }).click()) },
  { name: "review", go: (page) => place(page, "Review") },
  { name: "review-why", go: async (page) => (await place(page, "Review"), await press(page, "w")) },
  { name: "review-someone-else", go: async (page) => (await place(page, "Review"), await press(page, "o")) },
  { name: "photos", go: (page) => place(page, "Photos") },
  { name: "photos-go-to-date", go: async (page) => (await place(page, "Photos"), await press(page, "g")) },
  { name: "photo", go: (page, lived) => photo(page, lived) },
  {
    name: "photo-face",
    async go(page, lived) {
      await photo(page, lived);
      await page.locator("[data-face]").first().click();
    },
  },
  { name: "photo-information-hidden", go: (page, lived) => photo(page, lived, "i") },
  { name: "photo-faces-hidden", go: (page, lived) => photo(page, lived, "f") },
  { name: "photo-drawing", go: (page, lived) => photo(page, lived, "d", "ArrowUp", "ArrowUp", "ArrowUp") },
  { name: "photo-drawn", go: (page, lived) => photo(page, lived, "d", "ArrowUp", "ArrowUp", "ArrowUp", "Enter") },
  { name: "search", go: (page) => place(page, "Search") },
  { name: "search-results", go: async (page, { names }) => (await place(page, "Search"), await addPeople(page, names.slice(0, 1))) },
  {
    name: "search-how",
    async go(page, { names }) {
      await place(page, "Search");
      await page.getByRole("button", { name: /^How to look for these people/u }).click();
      await page.getByText("at least one of them is").click();
      await addPeople(page, names.slice(0, 2));
      await page.getByRole("button", { name: "Add another line" }).click();
      await page
        .getByRole("button", { name: /^How to look for these people/u })
        .last()
        .click();
    },
  },
  {
    name: "search-nothing-found",
    async go(page, { names }) {
      await place(page, "Search");
      await addPeople(page, names.slice(0, 1));
      await page.getByRole("textbox", { name: "When" }).fill("1950");
    },
  },
  { name: "search-number-of-faces", go: (page, { together }) => searchByFaces(page, together) },
  {
    name: "search-save-album",
    async go(page, { names }) {
      await place(page, "Search");
      await addPeople(page, names.slice(0, 2));
      await press(page, "Control+s");
    },
  },
  {
    name: "album",
    async go(page) {
      await press(page, "Control+k");
      await page.keyboard.type("Both of");
      await page.getByRole("option", { name: /^Both of them/u }).waitFor();
      await press(page, "Enter");
    },
  },
  { name: "history", go: (page) => place(page, "History") },
  { name: "history-take-back", go: async (page) => (await place(page, "History"), await press(page, "ArrowDown")) },
  { name: "activity-read", go: (page) => place(page, "Activity") },
  ...["Folders", "Sureness", "Recognition", "Looks", "About"].map((tab) => ({
    name: `settings-${tab.toLowerCase()}`,
    go: async (page: Page) => (await place(page, "Settings"), await page.getByRole("tab", { name: tab }).click()),
  })),
  { name: "go-to", go: (page) => press(page, "Control+k") },
  {
    name: "go-to-found",
    go: async (page, { names }) => (await press(page, "Control+k"), await page.keyboard.type((names[1] ?? "").slice(0, 2))),
  },
  { name: "keys", go: (page) => press(page, "?") },
];

/** After the last question: what was asked is never asked again, so this one comes last. */
export const lastShots: readonly Shot[] = [
  {
    name: "review-answered",
    async go(page) {
      await place(page, "Review");
      await page.waitForTimeout(250);
      await press(page, "y");
    },
  },
  {
    name: "review-done",
    async go(page) {
      await place(page, "Review");
      const done = page.getByRole("heading", { name: "Nothing left to ask" });
      for (let asked = 0; asked < 400 && !(await done.isVisible()); asked += 1) {
        await press(page, asked % 3 === 0 ? "y" : asked % 3 === 1 ? "n" : "Space");
        await page.waitForTimeout(220);
      }
      await done.waitFor();
      await settle(page);
    },
  },
];
