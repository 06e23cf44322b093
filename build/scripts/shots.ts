import type { Page } from "playwright-core";

/** One picture: its name, and how a person gets there from the People screen, with keys and names that a screen reader would say. */
export interface Shot {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
}

const place = (page: Page, name: string): Promise<void> =>
  page
    .getByRole("navigation", { name: "Places" })
    .getByRole("button", { name: new RegExp(`^${name}`, "u") })
    .click();
async function grid(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.getByRole("grid").first().focus();
  for (const key of keys) await page.keyboard.press(key);
}
async function person(page: Page, ...keys: readonly string[]): Promise<void> {
  await grid(page, "Home", "Enter");
  await page.getByRole("button", { name: "Back" }).waitFor();
  await settle(page);
  if (keys.length > 0) await grid(page, ...keys);
}
async function photo(page: Page, ...keys: readonly string[]): Promise<void> {
  await person(page, "Home", "Enter");
  await settle(page);
  for (const key of keys) await page.keyboard.press(key);
}

/** Every screen and main state of a library with named people. */
export const shots: readonly Shot[] = [
  { name: "people", go: async () => undefined },
  { name: "people-select", go: (page) => grid(page, "Home", "Space", "ArrowRight", "Space") },
  { name: "people-merge", go: (page) => grid(page, "Home", "Space", "ArrowRight", "Space", "m") },
  { name: "people-nothing-found", go: async (page) => (await page.keyboard.press("/"), page.keyboard.type("Zzz")) },
  { name: "people-groups", go: (page) => grid(page, "End") },
  { name: "person", go: (page) => person(page) },
  { name: "person-photos", go: (page) => person(page, "v") },
  { name: "person-select", go: (page) => person(page, "Home", "Space", "ArrowRight", "Space") },
  { name: "person-move", go: (page) => person(page, "Home", "Space", "o") },
  { name: "person-split", go: (page) => person(page, "p") },
  { name: "person-why", go: (page) => person(page, "Home", "w") },
  { name: "person-birthday", go: (page) => person(page, "b") },
  { name: "person-rename", go: (page) => person(page, "r") },
  { name: "review", go: (page) => place(page, "Review") },
  { name: "photos", go: (page) => place(page, "Photos") },
  { name: "photo", go: (page) => photo(page) },
  { name: "photo-information", go: (page) => photo(page, "i") },
  { name: "search", go: (page) => place(page, "Search") },
  { name: "history", go: (page) => place(page, "History") },
  { name: "activity", go: (page) => place(page, "Activity") },
  { name: "settings", go: (page) => place(page, "Settings") },
  { name: "go-to", go: (page) => page.keyboard.press("Control+k") },
  { name: "keys", go: (page) => page.keyboard.press("?") },
];
/** What somebody sees who has just begun. */
export const firstShots: readonly Shot[] = [
  { name: "welcome", go: async () => undefined },
  { name: "welcome-choose-a-folder", go: (page) => page.getByRole("button", { name: "Choose a folder" }).click() },
];

/** Waits until everything that is on the page is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(250);
  await page.waitForFunction(
    () => document.fonts.status === "loaded" && [...document.images].every((image) => image.complete || image.loading === "lazy"),
    undefined,
    { timeout: 15_000 },
  );
  await page.waitForTimeout(250);
}
