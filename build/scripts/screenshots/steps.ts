import type { Page } from "playwright-core";

/** What the library holds that somebody is shown around in. */
export interface Lived {
  /** Names of the people, most faces first. */
  readonly names: readonly string[];
  /** The most faces, up to five, that one photo shows. */
  readonly together: number;
}

/** Opens Familiar as if for the first time: a page that is only loaded again comes back where it was. */
export async function openFirstScreen(page: Page, url: string): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(url);
}

/** Goes to a place by the rail. */
export async function place(page: Page, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("button", { name: new RegExp(`^${name}`, "u") })
    .click();
  await settle(page);
}
/** Presses keys one after another. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
/** Puts the focus into the list in view, then presses keys. */
export async function grid(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.getByRole("grid").first().focus();
  await press(page, ...keys);
}
/** Opens the first person. */
export async function person(page: Page, ...keys: readonly string[]): Promise<void> {
  await grid(page, "Home", "Enter");
  await page.getByRole("button", { name: "Back" }).waitFor();
  await settle(page);
  if (keys.length > 0) await grid(page, ...keys);
}
/** Searches for photos with so many faces. */
export async function searchByFaces(page: Page, faces: number): Promise<void> {
  await place(page, "Search");
  await page.getByRole("button", { name: "How many faces" }).click();
  await page
    .getByRole("menuitemradio", { name: faces === 1 ? "1 face" : `${faces} faces` })
    .or(page.getByRole("menuitem", { name: faces === 1 ? "1 face" : `${faces} faces` }))
    .first()
    .click();
  await page.getByRole("grid").waitFor();
  await settle(page);
}
/** Opens a photo with as many faces as there are in one, then presses keys. */
export async function photo(page: Page, { together }: Lived, ...keys: readonly string[]): Promise<void> {
  await searchByFaces(page, together);
  await grid(page, "Home", "Enter");
  await page.getByRole("button", { name: "Draw a face" }).first().waitFor();
  await settle(page);
  await press(page, ...keys);
}
/** Types names into the line of a search that has the focus. */
export async function addPeople(page: Page, names: readonly string[], line = 0): Promise<void> {
  for (const name of names) {
    await page.getByRole("combobox", { name: "Add a person" }).nth(line).fill(name);
    await page.getByRole("option", { name }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Leave out ${name}` }).waitFor();
  }
}

/** Waits until everything that is in view is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page.waitForFunction(
    () =>
      document.fonts.status === "loaded" &&
      [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > window.innerHeight),
    undefined,
    { timeout: 15_000 },
  );
  // What has come is not yet drawn: pictures are decoded beside.
  await page.evaluate(async () => {
    const inView = [...document.images].filter((image) => image.getBoundingClientRect().top < window.innerHeight);
    await Promise.all(inView.map((image) => image.decode().catch(() => undefined)));
  });
  await page.waitForTimeout(200);
}
