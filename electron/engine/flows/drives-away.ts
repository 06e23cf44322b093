import { sep } from "node:path";
import type { Keep } from "../3-keep/keep.ts";
import type { FoundFile } from "../3-keep/shapes.ts";

/** Where the folders on drives of their own are noted. */
const noted = "drives";

/**
 * A drive that is away often leaves an empty folder behind, or a link to nothing: its photos are not gone then, only offline. `drives`:
 * folders on drives of their own that a walk of `root` met. They are noted; answers those noted earlier that were not met this time and
 * in whose place there is no picture.
 */
export function drivesAway(keep: Keep, root: string, drives: readonly string[], found: readonly FoundFile[]): readonly string[] {
  const known = keep.getSetting<readonly string[]>(noted, []);
  const here = known.filter((path) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
  const missing = here.filter((path) => !drives.includes(path));
  const away = missing.filter((path) => !found.some((file) => file.path.startsWith(path + sep)));
  const next = [...known.filter((path) => !here.includes(path)), ...away, ...drives];
  if (next.length !== known.length || next.some((path) => !known.includes(path))) keep.setSetting(noted, [...new Set(next)]);
  return away;
}
