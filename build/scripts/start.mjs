import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { downloadElectron, electronAddress, installedElectron, whyNoDownload } from "./electron-binary.mjs";
import { findBrowser, openBrowser } from "./open-browser.mjs";
import { openElectron } from "./open-electron.mjs";
import { familiarNode, prepare, root, withBin } from "./set-up.mjs";

/**
 * `npm start [-- <folder>... --library=<dir> --browser]`: installs what is missing, makes the models, builds, and opens Familiar. In
 * Electron where its program is there or can be fetched, else in a browser window, else it prints the address.
 */
const from = process.env.INIT_CWD ?? process.cwd();
const words = process.argv.slice(2);
const folders = words.filter((word) => !word.startsWith("-")).map((path) => resolve(from, path));
const library = words.find((word) => word.startsWith("--library="))?.slice("--library=".length);
const libraryArgs = library === undefined ? [] : [`--library=${resolve(from, library)}`];

prepare();
const node = familiarNode();
const why = words.includes("--browser") ? "" : await openDesktop();
if (why !== null) {
  if (why !== "")
    console.log(`Electron cannot run here: ${why}. Opening Familiar in a browser window instead (same engine, this computer only).`);
  openShell();
}

/** Opens Electron; answers null, or why not. */
async function openDesktop() {
  let program = installedElectron(root);
  if (program === null) {
    const reason = await whyNoDownload(electronAddress(root));
    if (reason !== null) return reason;
    if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return "there is no display";
    console.log("Fetching Electron (once, about 110 MB) ...");
    const failed = await downloadElectron(root, node);
    if (failed !== null) return failed;
    program = installedElectron(root);
    if (program === null) return "its download is incomplete";
  }
  console.log("Opening Familiar.");
  return openElectron(program, root, [...libraryArgs, ...folders], (code) => process.exit(code));
}

/** Starts the engine with the screens in front of it, and opens them. */
function openShell() {
  const engine = spawn(node, [join(root, "dist", "engine", "cli.js"), "serve", "--json", ...libraryArgs, ...folders], {
    cwd: root,
    env: withBin(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => engine.kill("SIGTERM"));
  engine.on("exit", (code) => process.exit(code ?? 0));
  let told = "";
  engine.stdout.on("data", (chunk) => {
    if (told.includes("\n")) return;
    told += chunk;
    if (told.includes("\n")) openWindow(JSON.parse(told).url, engine);
  });
}

function openWindow(url, engine) {
  const print = () => console.log(`Open this address in a browser on this computer: ${url}\nCtrl+C ends Familiar.`);
  const program = findBrowser();
  if (program === null) return print();
  const profile = mkdtempSync(join(tmpdir(), "familiar-window-"));
  const tidy = () => rmSync(profile, { recursive: true, force: true });
  const closed = () => {
    tidy();
    engine.kill("SIGTERM");
  };
  const failed = () => {
    tidy();
    print();
  };
  openBrowser(program, url, profile, closed, failed);
}
