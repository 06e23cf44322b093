import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const flags = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
];
/** Milliseconds; a window that closes sooner was never seen. */
const blink = 5000;

/** Chrome, Edge or Chromium: CHROME_PATH first, then where each system keeps them. Null where there is none. */
export function findBrowser(env = process.env, platform = process.platform) {
  if (env.CHROME_PATH) return existsSync(env.CHROME_PATH) ? env.CHROME_PATH : null;
  if (platform === "darwin") {
    const names = ["Google Chrome", "Microsoft Edge", "Chromium"];
    return first(names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === "win32") {
    const names = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    const places = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((place) => place);
    return first(names.flatMap((name) => places.map((place) => `${place}\\${name}`)));
  }
  const names = ["google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chromium", "chromium-browser"];
  const places = (env.PATH ?? "").split(delimiter).filter((place) => place !== "");
  return first(names.flatMap((name) => places.map((place) => join(place, name))));
}

function first(paths) {
  return paths.find((path) => existsSync(path)) ?? null;
}

/**
 * Opens `url` in a window of its own, without an address bar and with its own profile: that process lives exactly as long as the window.
 * Calls `onClosed` when the person closed it, `onFailed` where it never came up.
 */
export function openBrowser(program, url, profile, onClosed, onFailed) {
  mkdirSync(profile, { recursive: true });
  // Chromium refuses to run as root with its sandbox; for root only.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const startedAt = Date.now();
  const child = spawn(program, [`--app=${url}`, `--user-data-dir=${profile}`, ...flags, ...asRoot], { stdio: "ignore" });
  child.on("error", onFailed);
  child.on("exit", (code) => {
    if (code !== 0 && Date.now() - startedAt < blink) onFailed();
    else onClosed();
  });
  return child;
}
