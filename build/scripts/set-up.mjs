import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Runs on Node 20 or newer, before anything is installed: plain JavaScript, no packages. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
const windows = process.platform === "win32";

/** Everything that `npm start` and `npm test` need first; quick when nothing has changed. */
export function prepare() {
  install();
  const node = familiarNode();
  runNode(node, ["models/make.ts"], "The models could not be made.");
  runNode(node, ["build/scripts/build.ts"], "Familiar could not be built.");
}

/** Installs what is missing: once for each state of the lock file. */
export function install() {
  const stamp = join(root, "node_modules", ".familiar-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!hasLockedSet()) {
    console.log("Installing what Familiar needs (once, about a minute) ...");
    const done = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], { cwd: root, stdio: "inherit", shell: windows });
    if (done.status !== 0) stop("Installing did not work. Check the connection, then run the same command again.");
  }
  writeFileSync(stamp, wanted);
}

/** Whether somebody has already run `npm ci`: every package of the lock file that this system wants is there in its version. */
export function hasLockedSet(base = root) {
  let wanted;
  let there;
  try {
    wanted = JSON.parse(readFileSync(join(base, "package-lock.json"), "utf8")).packages;
    there = JSON.parse(readFileSync(join(base, "node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === "") return true;
    if (there[place] === undefined) return optional === true;
    return there[place].version === version && existsSync(join(base, place));
  });
}

/** The Node that runs Familiar: the one npm brought where there is one, else this one if it is new enough. */
export function familiarNode() {
  const brought = join(root, "node_modules", ".bin", "node");
  if (!windows && existsSync(brought)) return brought;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(
    `Familiar needs Node 22.18 or newer on this system; this is ${process.versions.node}. Install a newer Node, then run the same command again.`,
  );
}

/**
 * What Node is started with from these sources. Each thread strips types by WebAssembly of its own, and once a wrapper of it was called a
 * thousand times V8 makes a better one in a table that all threads share, and frees there what another thread still has
 * ("Check failed: jit_page.has_value()" under TierUpWasmToJSWrapper): the whole process ends. With this it never makes one. The built
 * engine strips nothing and needs none of it. Linux alone: there npm brings the Node that this was seen and tried with.
 */
export const nodeFlags = process.platform === "linux" ? ["--wasm-wrapper-tiering-budget=1000000000"] : [];

/** Runs a script of the project with Familiar's Node; stops where it does not end well. */
export function runNode(node, args, sentence) {
  const done = spawnSync(node, args, { cwd: root, stdio: "inherit", env: withBin() });
  if (done.status !== 0) stop(sentence);
}

/** The environment with the project's own commands first. */
export function withBin() {
  const separator = windows ? ";" : ":";
  return { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${separator}${process.env.PATH ?? ""}` };
}

export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
