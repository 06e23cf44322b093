import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { electronAddress, installedElectron, whyNoDownload } from "../../build/scripts/electron-binary.mjs";
import { findBrowser } from "../../build/scripts/open-browser.mjs";
import { openElectron } from "../../build/scripts/open-electron.mjs";
import { hasLockedSet } from "../../build/scripts/set-up.mjs";

const dir = mkdtempSync(join(tmpdir(), "familiar-start-"));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(dir, { recursive: true, force: true });
});

/** A program of a few lines of shell. */
function program(name: string, lines: string): string {
  const path = join(dir, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}
/** A project with Electron's package, as far as the marks of an installed one say. */
function project(marks: { readonly version?: string; readonly path?: string; readonly program?: boolean }): string {
  const root = mkdtempSync(join(dir, "root-"));
  const home = join(root, "node_modules", "electron");
  mkdirSync(join(home, "dist"), { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ version: "45.4.1" }));
  if (marks.version !== undefined) writeFileSync(join(home, "dist", "version"), marks.version);
  if (marks.path !== undefined) writeFileSync(join(home, "path.txt"), marks.path);
  if (marks.program === true) writeFileSync(join(home, "dist", "electron"), "");
  return root;
}
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe.skipIf(process.platform !== "linux")("whether Electron is there (Linux names)", () => {
  it("is said by its three marks alone", () => {
    const whole = project({ version: "v45.4.1", path: "electron", program: true });
    expect(installedElectron(whole, {})).toBe(join(whole, "node_modules", "electron", "dist", "electron"));
    for (const marks of [
      {},
      { version: "45.4.0", path: "electron", program: true },
      { version: "45.4.1", path: "electron.exe", program: true },
      { version: "45.4.1", path: "electron" },
    ])
      expect(installedElectron(project(marks), {})).toBeNull();
    expect(installedElectron(join(dir, "nowhere"), {})).toBeNull();
  });
  it("follows the variables that the package follows", () => {
    const own = program("own/electron", "exit 0");
    expect(installedElectron(project({}), { ELECTRON_OVERRIDE_DIST_PATH: join(own, "..") })).toBe(own);
    expect(electronAddress(project({}), { ELECTRON_MIRROR: "http://mirror/" })).toMatch(
      /^http:\/\/mirror\/v45\.4\.1\/electron-v45\.4\.1-linux-/u,
    );
  });
});

describe("whether Electron can be fetched", () => {
  it("is asked for a few seconds at most, and the reason is told", async () => {
    const fine = await listen(createServer((_request, response) => response.end()));
    const missing = await listen(createServer((_request, response) => response.writeHead(404).end()));
    const silent = await listen(createServer(() => undefined));
    expect(await whyNoDownload(fine)).toBeNull();
    expect(await whyNoDownload(missing)).toBe("download not reachable (404)");
    expect(await whyNoDownload(silent, 200)).toBe("download not reachable (no answer)");
    expect(await whyNoDownload("http://127.0.0.1:1/")).toMatch(/^download not reachable \(.+\)$/u);
  });
});

describe.skipIf(process.platform === "win32")("opening Electron (needs a shell)", () => {
  const open = (path: string, onEnd: (code: number) => void = () => undefined) => openElectron(path, dir, [], onEnd);
  it("is done when its window is shown", async () => {
    const ended = await new Promise<number>((done) => {
      void open(program("fine", 'echo "Familiar is open."; sleep 0.2; exit 3'), done).then((why) => expect(why).toBeNull());
    });
    expect(ended).toBe(3);
  });
  it("tells the last thing it said when it cannot run", async () => {
    const words = "error while loading shared libraries: libgtk-3.so.0";
    expect(await open(program("poor", `echo first >&2; echo "${words}" >&2; exit 127`))).toBe(words);
    expect(await open(program("mute", "exit 9"))).toBe("ended with 9");
    expect(await open(join(dir, "not there"))).toContain("ENOENT");
  });
});

describe("which browser", () => {
  it("is the chosen one, or one that is on the way, or none", () => {
    const chosen = program("chrome", "exit 0");
    const edge = program("bin/microsoft-edge", "exit 0");
    expect(findBrowser({ CHROME_PATH: chosen }, "linux")).toBe(chosen);
    expect(findBrowser({ CHROME_PATH: join(dir, "not there"), PATH: join(edge, "..") }, "linux")).toBeNull();
    expect(findBrowser({ PATH: `${dir}/nowhere:${join(edge, "..")}` }, "linux")).toBe(edge);
    expect(findBrowser({ PATH: "" }, "linux")).toBeNull();
  });
});

describe("what is installed", () => {
  it("is what the lock file says, or it is installed anew", () => {
    const root = mkdtempSync(join(dir, "locked-"));
    const lock = (packages: object) => JSON.stringify({ packages });
    const a = { version: "1.0.0" };
    writeFileSync(
      join(root, "package-lock.json"),
      lock({ "": {}, "node_modules/a": a, "node_modules/b": { version: "2.0.0", optional: true } }),
    );
    expect(hasLockedSet(root)).toBe(false);
    mkdirSync(join(root, "node_modules", "a"), { recursive: true });
    writeFileSync(join(root, "node_modules", ".package-lock.json"), lock({ "node_modules/a": a }));
    expect(hasLockedSet(root)).toBe(true);
    writeFileSync(join(root, "node_modules", ".package-lock.json"), lock({ "node_modules/a": { version: "1.0.1" } }));
    expect(hasLockedSet(root)).toBe(false);
    cpSync(join(root, "package-lock.json"), join(root, "node_modules", ".package-lock.json"));
    rmSync(join(root, "node_modules", "a"), { recursive: true });
    expect(hasLockedSet(root)).toBe(false);
  });
});

/** Runs the real start script; ends when it ends, or when `until` is in what it said. */
function start(env: Record<string, string>, until = /$^/u): Promise<{ readonly code: number | null; readonly words: string }> {
  return new Promise((done) => {
    const library = mkdtempSync(join(dir, "library-"));
    const child = spawn(process.execPath, ["build/scripts/start.mjs", `--library=${library}`, mkdtempSync(join(dir, "photos-"))], {
      env: { ...process.env, ...env },
    });
    let words = "";
    const hear = (chunk: Buffer) => {
      words += chunk.toString("utf8");
      if (until.test(words)) child.kill("SIGTERM");
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => done({ code, words }));
  });
}

describe.skipIf(process.platform === "win32" || !existsSync("dist/engine/cli.js"))(
  "npm start (needs a build, which npm test makes)",
  () => {
    const unreachable = { ELECTRON_MIRROR: "http://127.0.0.1:1/", ELECTRON_OVERRIDE_DIST_PATH: "" };
    const fallback = /Electron cannot run here: download not reachable \(.+\)\. Opening Familiar in a browser window instead/u;

    it("opens Electron where it is there, with the folder", async () => {
      const electron = program("desktop/electron", `echo "$@" > "${dir}/asked"; echo "Familiar is open."; exit 0`);
      const { code, words } = await start({ ELECTRON_OVERRIDE_DIST_PATH: join(electron, "..") });
      expect([code, words]).toEqual([0, expect.stringContaining("Opening Familiar.")]);
      expect(readFileSync(join(dir, "asked"), "utf8")).toMatch(/--library=.*library-.* .*photos-/u);
    });
    it("says in one sentence why not, and opens a window of the browser that ends Familiar when it is closed", async () => {
      const browser = program("browser", `echo "$@" > "${dir}/window"; sleep 1; exit 0`);
      const { code, words } = await start({ ...unreachable, CHROME_PATH: browser });
      expect(words).toMatch(fallback);
      expect(code).toBe(0);
      expect(readFileSync(join(dir, "window"), "utf8")).toMatch(/--app=http:\/\/127\.0\.0\.1:\d+\/\?t=[\w-]{43} /u);
    });
    it("falls back when Electron starts and cannot run", async () => {
      const electron = program("broken/electron", 'echo "libgtk-3.so.0: cannot open" >&2; exit 127');
      const browser = program("browser", "exit 0");
      const { code, words } = await start({ ELECTRON_OVERRIDE_DIST_PATH: join(electron, ".."), CHROME_PATH: browser });
      expect(words).toContain("Electron cannot run here: libgtk-3.so.0: cannot open. Opening Familiar in a browser window instead");
      expect(code).toBe(0);
    });
    it("prints the address where no window can be opened, and goes on serving", async () => {
      const { words } = await start({ ...unreachable, CHROME_PATH: program("no-display", "exit 1") }, /Open this address .*\n/u);
      expect(words).toMatch(/Open this address in a browser on this computer: http:\/\/127\.0\.0\.1:\d+\/\?t=[\w-]{43}/u);
    });
  },
);
