import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { pageTypes } from "../contract/page-policy.ts";

/** One file of the built screens. */
export interface StaticFile {
  readonly path: string;
  readonly type: string;
  /** Its name holds a hash of its content, so it may be kept for ever. */
  readonly hashed: boolean;
}

/**
 * Every file of the built screens by the address it is served under. Made once when a door opens: an address that is not in this list
 * names no file, whatever it is spelled like.
 */
export function listStaticFiles(dir: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const type = pageTypes[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${path
      .slice(join(dir, "x").length - 1)
      .split(/[\\/]/u)
      .map(encodeURIComponent)
      .join("/")}`;
    files.set(address, { path, type, hashed: address.startsWith("/assets/") });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}
