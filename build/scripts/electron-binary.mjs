import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where Electron's program lies inside its folder, by system. */
const programs = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };

/**
 * Whether Electron's own program is there. The package brings it only at first use, and importing the package would start that download,
 * so its three marks are read instead.
 */
export function installedElectron(root, env = process.env) {
  const home = join(root, "node_modules", "electron");
  const program = programs[process.platform] ?? "electron";
  try {
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const override = env.ELECTRON_OVERRIDE_DIST_PATH;
    if (override) return existsSync(join(override, program)) ? join(override, program) : null;
    const there = readFileSync(join(home, "dist", "version"), "utf8")
      .trim()
      .replace(/^v/u, "");
    const named = readFileSync(join(home, "path.txt"), "utf8");
    const path = join(home, "dist", program);
    return there === version && named === program && existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Address of the download, by the same variables that the package itself looks at. */
export function electronAddress(root, env = process.env) {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", "electron", "package.json"), "utf8"));
  const base = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? "https://github.com/electron/electron/releases/download/";
  return `${base}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/** Asks whether the download can be reached, for at most `limit` milliseconds; answers what stands in the way, or null. */
export async function whyNoDownload(address, limit = 5000) {
  try {
    const response = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(limit) });
    return response.ok ? null : `download not reachable (${response.status})`;
  } catch (thrown) {
    if (thrown.name === "TimeoutError") return "download not reachable (no answer)";
    return `download not reachable (${thrown.cause?.code ?? thrown.code ?? thrown.message})`;
  }
}

/** Fetches Electron with its own installer, which checks its hash. Answers what went wrong, or null; ends it after ten minutes. */
export function downloadElectron(root, node, limit = 600_000) {
  return new Promise((done) => {
    const child = spawn(node, [join(root, "node_modules", "electron", "install.js")], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    let words = "";
    child.stderr.on("data", (chunk) => (words = `${words}${chunk}`.slice(-4000)));
    const timer = setTimeout(() => child.kill("SIGKILL"), limit);
    child.on("error", (thrown) => done(thrown.message));
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) done(null);
      else done(signal ? "download took too long" : `download failed (${firstLine(words)})`);
    });
  });
}

function firstLine(words) {
  return (
    words
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "no reason given"
  );
}
