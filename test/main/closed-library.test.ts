import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { openKeep } from "../../electron/engine/3-keep/keep.ts";
import { openDesktop, type Desktop } from "./open-desktop.ts";

/** A library that cannot be opened, in the built app and the stand-in for Electron: never "tested in Electron". */
let desktop: Desktop | null = null;
afterEach(async () => {
  await desktop?.dispose();
  desktop = null;
});
const text = () => desktop?.act("text").catch(() => "");
const items = () => desktop?.act("openItems");
const press = (name: string) => desktop?.act("click", "button", name);
/** What a menu can do without a library. */
const little = ["keys"];
const everything = [
  "add-folder",
  "settings",
  "undo",
  "redo",
  "people",
  "review",
  "photos",
  "search",
  "history",
  "activity",
  "find",
  "keys",
  "updates",
];

describe("a library that cannot be opened", () => {
  it("is said to be damaged, with the newest good copy offered; the menu does the little that works, and everything when it is back", async () => {
    desktop = await openDesktop([], {}, (home) => {
      const libraryDir = join(home, "library");
      const keep = openKeep({ libraryDir });
      keep.addFolder(home);
      keep.backup("test");
      keep.close();
      const file = join(libraryDir, "catalog.db");
      writeFileSync(file, readFileSync(file).fill(0x5a, 0, 8192));
    });
    await expect.poll(text).toContain("Familiar could not open its catalogue");
    await expect.poll(items).toEqual(little);
    await expect(desktop.act("clickMenu", "settings")).rejects.toThrow("cannot be chosen");
    // Links and folders from outside change nothing of that.
    await desktop.act("openUrl", "familiar://person/3");
    await desktop.act("openFile", desktop.home);
    expect(await text()).toContain("Familiar could not open its catalogue");
    await press("Restore");
    await expect.poll(text, { timeout: 20_000 }).not.toContain("could not open its catalogue");
    await expect.poll(items).toEqual(everything.filter((id) => process.platform !== "darwin" || id !== "settings"));
  });

  it("is said to be open elsewhere, or newer, and is tried again at a press", async () => {
    let keep = null as ReturnType<typeof openKeep> | null;
    desktop = await openDesktop([], {}, (home) => {
      mkdirSync(join(home, "library"));
      keep = openKeep({ libraryDir: join(home, "library") });
    });
    await expect.poll(text).toContain("This library is open in another copy of Familiar.");
    await expect.poll(items).toEqual(little);
    keep?.close();
    await press("Try again");
    await expect.poll(text).toContain("Everyone in your photos");
    await expect.poll(items).toContain("add-folder");
    await desktop.dispose();

    desktop = await openDesktop([], {}, (home) => {
      openKeep({ libraryDir: join(home, "library") }).close();
      const db = new Sqlite(join(home, "library", "catalog.db"));
      db.pragma("user_version = 9999");
      db.close();
    });
    await expect.poll(text).toContain("This library was made by a newer Familiar.");
    await expect.poll(items).toEqual(little);
  });
});
