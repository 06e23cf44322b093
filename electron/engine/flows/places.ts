import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { PlacesView } from "../../contract/views.ts";
import { asProblem, Problem } from "../errors.ts";

/** The folders inside `path` (the home folder unless given), hidden ones left out. Throws `folder-gone`, `folder-unreadable`. */
export async function places(path?: string): Promise<PlacesView> {
  const here = resolve(path ?? homedir());
  const parent = dirname(here);
  try {
    const entries = await readdir(here, { withFileTypes: true });
    const folders = entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
      .map((entry) => ({ name: entry.name, path: join(here, entry.name) }))
      .toSorted((a, b) => a.name.localeCompare(b.name));
    return { path: here, parent: parent === here ? null : parent, folders };
  } catch (thrown) {
    const code = asProblem(thrown).code;
    throw new Problem(code === "file-unreadable" ? "folder-unreadable" : "folder-gone", here, { cause: thrown });
  }
}
