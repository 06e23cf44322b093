import { basename } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Goes to a folder in the app's own dialog, as a person does: up to the root, then down. */
export async function chooseFolder(page: Page, path: string): Promise<void> {
  const picker = page.getByRole("dialog", { name: "Choose a folder" });
  await picker.waitFor();
  const up = picker.getByRole("button", { name: "Up", exact: false }).first();
  await expect.poll(() => picker.getByRole("listitem").count()).toBeGreaterThan(0);
  while (await up.isEnabled()) {
    const shown = await picker.locator(".path").getAttribute("title");
    await up.click();
    await expect.poll(() => picker.locator(".path").getAttribute("title")).not.toBe(shown);
  }
  for (const part of path.split("/").filter(Boolean)) await picker.getByRole("button", { name: part, exact: true }).click();
  await picker.getByRole("button", { name: `Choose ${basename(path)}`, exact: true }).click();
}
