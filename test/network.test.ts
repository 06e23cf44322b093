import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { mobilefacenet } from "../models/packs.ts";
import { startEngine } from "./dist/engine-process.ts";
import { writePeople } from "./dist/real-people.ts";
import { launchChromium } from "./helpers/chromium.ts";
import { openServed } from "./helpers/served.ts";
import { openDesktop } from "./main/open-desktop.ts";

/** Not one connection leaves this computer unless somebody asked for it: held for every process that Familiar consists of. */
const dir = mkdtempSync(join(tmpdir(), "familiar-network-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const hook = new URL("./helpers/note-connections.mjs", import.meta.url).href;
let notes = "";
let round = 0;
beforeEach(() => (notes = join(dir, `notes-${round++}`)));
/** Inherited by every process and thread that is started with it. */
const watched = () => ({ ...process.env, NOTE_CONNECTIONS: notes, NODE_OPTIONS: `--import ${hook}` });
const left = (): readonly string[] => (existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : []);

describe("the watch itself", () => {
  it("sees what a process and its threads and children do", () => {
    const thread = join(dir, "thread.mjs");
    writeFileSync(thread, 'import net from "node:net"; net.connect({ host: "192.0.2.1", port: 9 }).on("error", () => {}).destroy();');
    const script = join(dir, "leaving.mjs");
    writeFileSync(
      script,
      `import { Worker } from "node:worker_threads";
      import { fork } from "node:child_process";
      import net from "node:net";
      if (process.argv[2] !== undefined) await fetch("http://192.0.2.3/", { signal: AbortSignal.timeout(300) }).catch(() => process.exit());
      net.connect(9, "192.0.2.2").on("error", () => {}).destroy();
      net.connect(1, "127.0.0.1").on("error", () => {});
      new Worker(${JSON.stringify(thread)});
      fork(process.argv[1], ["again"], { execArgv: [] });`,
    );
    spawnSync(process.execPath, [script], { env: watched() });
    expect([...left()].toSorted()).toEqual(["connect 192.0.2.1", "connect 192.0.2.2", "connect 192.0.2.3"]);
  });
});

describe.skipIf(!existsSync("dist/engine/process.js"))("Familiar (needs a build, which npm test makes)", () => {
  it("the engine reads, groups, names, tries accelerators and lists packs without one; fetching a pack, and asking for a newer version, goes to its address alone", async () => {
    await writePeople(join(dir, "photos"), 2);
    const plan = {
      about: { ...mobilefacenet.about, name: "far", file: "far.onnx" },
      network: "mobilefacenet",
      source: { kind: "fetched", urls: ["http://192.0.2.7/weights"], bytes: 1000, sha256: "0".repeat(64) },
    };
    const options = { libraryDir: join(dir, "library"), modelsDir: resolve("models/onnx"), workers: 1, plans: [mobilefacenet, plan] };
    const engine = await startEngine(resolve("dist/engine/process.js"), options, watched());
    await engine.ask("index", { folders: [join(dir, "photos")] });
    const [first] = (await engine.ask("people.list", { show: "unnamed" })).items;
    await engine.ask("decide", { kind: "name", payload: { personId: first?.id, name: "Ana" } });
    await engine.ask("packs.list", {});
    await engine.ask("export", {});
    // Newer versions: an address alone asks nobody, nor does the wish to be able to; asking does, and only there.
    await engine.ask("settings.set", { updateFeed: "https://192.0.2.9/familiar" });
    expect(await engine.ask("updates.check", {}).catch((problem: { code: string }) => problem.code)).toBe("updates-off");
    await engine.ask("settings.set", { checkUpdates: true });
    await engine.ask("scan.start", {});
    await engine.ask("status", {});
    expect(left()).toEqual([]);
    const updates = engine.ask("updates.check", {}).catch((problem: { code: string }) => problem.code);
    await expect.poll(left).toEqual(["connect 192.0.2.9"]);
    expect(await updates).toBe("update-feed");
    const fetched = engine.ask("packs.fetch", { name: "far" }).catch((problem: { code: string }) => problem.code);
    await expect.poll(left).toEqual(["connect 192.0.2.9", "connect 192.0.2.7"]);
    await engine.ask("packs.cancel", { name: "far" });
    expect(await fetched).toBe("cancelled");
    await engine.close();
  });

  it("the desktop's main process and its page do without", async () => {
    const { NODE_OPTIONS, NOTE_CONNECTIONS } = watched();
    const desktop = await openDesktop([join(dir, "photos")], { NODE_OPTIONS, NOTE_CONNECTIONS });
    await expect.poll(() => desktop.act("text")).toContain("Familiar");
    const total = "window.familiar.request('photos.list', {}).then(({ ok }) => ok.total)";
    await expect.poll(() => desktop.act("evaluate", total), { timeout: 60_000 }).toBeGreaterThan(0);
    expect(await desktop.act("outside")).toEqual([]);
    await desktop.act("closeWindow");
    await desktop.ended;
    await desktop.dispose();
    expect(left()).toEqual([]);
  });

  it("the page in a browser asks its own host alone, on every screen", async () => {
    const library = await openServed();
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const hosts = new Set<string>();
      page.on("request", (request) => hosts.add(new URL(request.url()).host));
      await page.goto(library.served.url);
      await library.engine.request("folders.add", { paths: [join(dir, "photos")] });
      for (const key of ["1", "2", "3", "4", "5", "6", ","]) {
        await page.keyboard.press(`Control+${key}`);
        await page.waitForTimeout(200);
      }
      expect([...hosts]).toEqual([new URL(library.served.origin).host]);
    } finally {
      await browser.close();
      await library.close();
    }
  });

  it.skipIf(process.platform === "win32")("the start script and the engine behind it do without where Electron is there", async () => {
    mkdirSync(join(dir, "electron"));
    writeFileSync(join(dir, "electron", "electron"), '#!/bin/sh\necho "Familiar is open."\n');
    chmodSync(join(dir, "electron", "electron"), 0o755);
    const run = (env: Record<string, string>, args: readonly string[] = [], until = /$^/u) =>
      new Promise<string>((done) => {
        const library = `--library=${mkdtempSync(join(dir, "started-"))}`;
        const child = spawn(process.execPath, ["build/scripts/start.mjs", library, ...args], { env: { ...watched(), ...env } });
        let words = "";
        for (const stream of [child.stdout, child.stderr])
          stream.on("data", (chunk: Buffer) => {
            words += chunk.toString("utf8");
            if (until.test(words)) child.kill("SIGTERM");
          });
        child.on("exit", () => done(words));
      });
    expect(await run({ ELECTRON_OVERRIDE_DIST_PATH: join(dir, "electron") })).toContain("Opening Familiar.");
    expect(await run({ CHROME_PATH: "/bin/false" }, ["--browser"], /Open this address .*\n/u)).toContain("Open this address");
    expect(left()).toEqual([]);
  });
});
