import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * The app's own folder for a library: window, page's storage, and the lock that lets only one copy of the app run in it. The usual library
 * has the usual folder; every other has one of its own inside, so two libraries can be open in two copies and one library never is.
 */
export function dataFolder(usualFolder: string, library: string, usualLibrary: string): string {
  const place = whole(library);
  if (place === whole(usualLibrary)) return usualFolder;
  return join(usualFolder, "libraries", createHash("sha256").update(place).digest("hex").slice(0, 16));
}

/** The same for every way to write a folder down, also for one that is still to be made. */
function whole(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync.native(full);
  } catch {
    const above = dirname(full);
    return above === full ? full : join(whole(above), basename(full));
  }
}
