import type { UpdateView } from "../../contract/update-views.ts";
import { isFeedAddress } from "../../contract/update-views.ts";
import { Problem } from "../errors.ts";
import { compareVersions, isVersion } from "../lib/versions.ts";
import { settings } from "../settings.ts";
import { version } from "../version.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";
import { readUpdateFeed } from "./update-feed.ts";

/**
 * Asks the list of versions whether there is a newer one, once, because somebody wants to know now. Nothing is fetched or installed. Throws
 * `updates-off` where that is switched off or no address is known, `update-feed` where the list could not be had or read.
 */
export async function checkUpdate({ keep }: House): Promise<UpdateView> {
  const { checkUpdates, updateFeed } = preferences(keep);
  if (!checkUpdates || updateFeed === "" || !isFeedAddress(updateFeed)) throw new Problem("updates-off", updateFeed);
  const list = listAt(updateFeed);
  const feed = readUpdateFeed(await textAt(list));
  if (feed.version === null || !isVersion(feed.version)) throw new Problem("update-feed", `${list.href}: it names no version`);
  return {
    current: version,
    newest: feed.version,
    isNewer: compareVersions(feed.version, version) > 0,
    notes: feed.releaseNotes.slice(0, settings.updates.notes),
    date: feed.releaseDate !== null && !Number.isNaN(Date.parse(feed.releaseDate)) ? new Date(feed.releaseDate).toISOString() : null,
    address: addressOf(feed.path, list),
  };
}

/** The list for this system, as electron-builder names it, or the one that the address names itself. */
export function listAt(feed: string, platform: NodeJS.Platform = process.platform, arch: string = process.arch): URL {
  const address = new URL(feed);
  if (/\.ya?ml$/u.test(address.pathname)) return address;
  const ending = platform === "darwin" ? "-mac" : platform === "linux" ? `-linux${arch === "x64" ? "" : `-${arch}`}` : "";
  address.pathname = `${address.pathname.replace(/\/$/u, "")}/latest${ending}.yml`;
  return address;
}

/** The installer's address, where it is at the same place as the list; else the list's own folder. */
function addressOf(path: string | null, list: URL): string {
  const folder = new URL(".", list);
  if (path === null || !URL.canParse(path, list)) return folder.href;
  const address = new URL(path, list);
  return address.origin === list.origin ? address.href : folder.href;
}

/** The text at an address, without going on to another one. Rejects with `update-feed`. */
async function textAt(address: URL): Promise<string> {
  try {
    const response = await fetch(address, {
      redirect: "error",
      credentials: "omit",
      headers: { accept: "text/yaml, text/plain, */*" },
      signal: AbortSignal.timeout(settings.updates.patience),
    });
    if (!response.ok || response.body === null) throw new Error(`it answered ${response.status}`);
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of response.body) {
      bytes += piece.byteLength;
      if (bytes > settings.updates.largest) throw new Error("it is far too long");
      pieces.push(piece);
    }
    return new TextDecoder().decode(Buffer.concat(pieces));
  } catch (thrown) {
    throw new Problem("update-feed", `${address.href}: ${words(thrown)}`, { cause: thrown });
  }
}

function words(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error && thrown.cause.message !== "" ? thrown.cause.message : thrown.message;
}
