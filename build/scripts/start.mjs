import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { familiarNode, install, root, runNode, withBin } from "./set-up.mjs";

/** `npm start [-- <folder>]`: installs what is missing, makes the models, builds, and opens Familiar. */
install();
const node = familiarNode();
runNode(node, ["models/make.ts"], "The models could not be made.");
runNode(node, ["build/scripts/build.ts"], "Familiar could not be built.");
console.log("Opening Familiar in a browser window (this computer only); the desktop window is still being built.");

const folders = process.argv.slice(2).filter((word) => !word.startsWith("-")).map((path) => resolve(process.env.INIT_CWD ?? process.cwd(), path));
const engine = spawn(node, ["electron/headless/cli.ts", "serve", ...folders], { cwd: root, env: withBin(), stdio: ["inherit", "pipe", "inherit"] });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => engine.kill("SIGTERM"));
engine.on("exit", (code) => process.exit(code ?? 0));

let told = "";
engine.stdout.on("data", (chunk) => {
  const before = told;
  told += chunk;
  const url = /http:\/\/127\.0\.0\.1:\d+\/\?t=\S+/u.exec(told)?.[0];
  if (url && !/http:\/\//u.test(before)) open(url);
});

/** Where a browser that can open a window of its own may lie. */
function browser() {
  const known =
    process.platform === "darwin"
      ? ["Google Chrome", "Microsoft Edge", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
      : process.platform === "win32"
        ? [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]].flatMap((base) => [join(base ?? "C:\\", "Google/Chrome/Application/chrome.exe"), join(base ?? "C:\\", "Microsoft/Edge/Application/msedge.exe")])
        : ["/usr/bin/google-chrome", "/usr/bin/microsoft-edge", "/usr/bin/chromium", "/usr/bin/chromium-browser"];
  return [process.env.CHROME_PATH, ...known].find((path) => path && existsSync(path));
}

/** Opens a window without an address bar; it and the engine end together. Where none can be opened, the address is printed. */
function open(url) {
  const program = browser();
  const print = () => console.log(`Open this address in a browser on this computer: ${url}`);
  if (!program) return print();
  const profile = mkdtempSync(join(tmpdir(), "familiar-window-"));
  const flags = ["--no-first-run", "--no-default-browser-check", "--disable-sync", "--disable-background-networking", "--disable-component-update"];
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  const startedAt = Date.now();
  const window = spawn(program, [`--app=${url}`, `--user-data-dir=${profile}`, ...flags], { stdio: "ignore" });
  window.on("error", print);
  window.on("exit", () => {
    rmSync(profile, { recursive: true, force: true });
    if (Date.now() - startedAt < 5000) print();
    else engine.kill("SIGTERM");
  });
}
