import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The browser a test or a picture runs in. */
export interface FoundBrowser {
  readonly path: string;
  /** Variables it needs beside the usual ones. */
  readonly env: Readonly<Record<string, string>>;
  /** The pinned one gives the same pixels everywhere; others do not. */
  readonly pinned: boolean;
}

/** Where browsers lie that somebody installed. */
const installed: Readonly<Record<string, readonly string[]>> = {
  linux: ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"].map((name) => `/usr/bin/${name}`),
  darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].flatMap((name) =>
    [process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"]].map((base) => `${base ?? "C:\\Program Files"}\\${name}`),
  ),
};

/** CHROME_PATH, else the pinned one that npm brought (Linux x64), else an installed one. Throws one sentence where there is none. */
export async function findChromium(): Promise<FoundBrowser> {
  const chosen = process.env["CHROME_PATH"];
  if (chosen !== undefined && chosen !== "") return { path: chosen, env: {}, pinned: false };
  const pinned = process.platform === "linux" && process.arch === "x64" ? await unpackPinned() : null;
  if (pinned !== null) return pinned;
  const path = (installed[process.platform] ?? []).find((place) => existsSync(place));
  if (path === undefined) throw new Error("No Chromium was found: install Chrome, Edge or Chromium, or set CHROME_PATH to one.");
  return { path, env: {}, pinned: false };
}

/** Starts it without a window. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const { path, env } = await findChromium();
  return chromium.launch({
    executablePath: path,
    chromiumSandbox: false,
    args: ["--force-color-profile=srgb", "--font-render-hinting=none", ...args],
    env: { ...process.env, ...env },
  });
}

/**
 * Unpacks the pinned browser once into node_modules/.cache. Several processes may do it at the same moment: each unpacks into a folder of
 * its own and the first to rename it wins. The package's own arguments are never used: they switch security off.
 */
async function unpackPinned(): Promise<FoundBrowser | null> {
  const home = join(root, "node_modules", "@sparticuz", "chromium");
  if (!existsSync(join(home, "bin", "chromium.br"))) return null;
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const place = join(root, "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(place)) {
    mkdirSync(dirname(place), { recursive: true });
    const own = mkdtempSync(`${place}.`);
    await inflateInto(home, own);
    try {
      renameSync(own, place);
    } catch (thrown) {
      if (!existsSync(place)) throw thrown;
      rmSync(own, { recursive: true, force: true });
    }
  }
  nameFonts(join(place, "fonts"));
  const libraries = [join(place, "al2023", "lib"), place, process.env["LD_LIBRARY_PATH"]].filter((part) => part !== undefined);
  return {
    path: join(place, "chromium"),
    env: { LD_LIBRARY_PATH: libraries.join(":"), FONTCONFIG_PATH: join(place, "fonts") },
    pinned: true,
  };
}

/**
 * The package names folders for its fonts that exist only where it was made for, and a Chromium that finds no font at all dies at the first
 * text. Its own fonts come first, so that Latin text is the same everywhere; the system's are for what they lack.
 */
function nameFonts(place: string): void {
  const file = join(place, "fonts.conf");
  const folders = [join(place, "fonts"), "/usr/share/fonts"].map((folder) => `<dir>${escaped(folder)}</dir>`).join("");
  const wanted = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${escaped(join(place, "cache"))}</cachedir></fontconfig>`;
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) return;
  // Another process may be reading it: it sees the old or the new, never half.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, wanted);
  renameSync(own, file);
}

function escaped(path: string): string {
  return path.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

async function inflateInto(home: string, place: string): Promise<void> {
  // The package unpacks into the folder for temporary files, whatever that is at the moment.
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = place;
  try {
    const { inflate } = (await import(join(home, "build", "lambdafs.js"))) as { inflate(path: string): Promise<string> };
    for (const part of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) await inflate(join(home, "bin", part));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
