import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseLink } from "../../electron/contract/commands.ts";
import { openDesktop, type Desktop } from "./open-desktop.ts";

/** What a desktop app is beside its window, in the stand-in for Electron: never "tested in Electron". */
let desktop: Desktop;
const pictures = mkdtempSync(join(tmpdir(), "familiar-shell-"));
beforeAll(async () => {
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#446688" } })
    .jpeg()
    .toBuffer();
  // Another end makes another photo.
  for (let i = 0; i < 48; i++) writeFileSync(join(pictures, `${i}.jpg`), Buffer.concat([bytes, Buffer.from(`copy ${i}`)]));
  desktop = await openDesktop(["familiar://person/77"]);
});
afterAll(async () => {
  await desktop.dispose();
  rmSync(pictures, { recursive: true, force: true });
});
const request = (name: string, args: unknown = {}): Promise<unknown> =>
  desktop.act("evaluate", `window.familiar.request(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
const phase = async () => ((await request("status")) as { ok: { progress: { phase: string } } }).ok.progress.phase;
const paths = async () => ((await request("status")) as { ok: { folders: { path: string }[] } }).ok.folders.map(({ path }) => path);
/** The place that the rail says one is in. */
const here = () => desktop.act("evaluate", "document.querySelector('[aria-current=page]')?.innerText ?? ''");
const text = () => desktop.act("text");

describe("addresses of the scheme", () => {
  it("name a person or a photo and nothing else", () => {
    expect(parseLink("familiar://person/12")).toEqual({ do: "person", personId: 12 });
    expect(parseLink("familiar://photo/3/")).toEqual({ do: "photo", photoId: 3 });
    for (const other of [
      "familiar://app/index.html",
      "familiar://media/face/1",
      "familiar://person/0",
      "familiar://person/1?x",
      "familiar://person/-1",
    ])
      expect(parseLink(other)).toBeNull();
    for (const other of ["https://person/1", "familiar://person/1e3", "familiar://person/../photo/1", "familiar://decide/1", "--inspect"])
      expect(parseLink(other)).toBeNull();
  });
  it("are followed when the app is started with one, also before the page can hear", async () => {
    await expect.poll(text).toContain("no longer there");
  });
  it("are followed when it runs already, and bring the window to the front", async () => {
    await desktop.act("clickMenu", "people");
    await expect.poll(text).not.toContain("no longer there");
    await desktop.act("minimize");
    await desktop.act("secondInstance", ["electron", ".", "familiar://person/99"], desktop.home);
    await expect.poll(text).toContain("no longer there");
    expect(await desktop.act("focused")).toBe(true);
    await desktop.act("clickMenu", "people");
    await desktop.act("openUrl", "familiar://person/98");
    await expect.poll(text).toContain("no longer there");
    await desktop.act("clickMenu", "people");
  });
});

describe("the menu", () => {
  it("shows the page's own keys, in the language of the app", async () => {
    const keys = (await desktop.act("menu")) as string[];
    expect(keys).toContain("Undo decision: CmdOrCtrl+Z");
    expect(keys).toContain("Photos: CmdOrCtrl+3");
    await request("settings.set", { language: "de" });
    await expect.poll(() => desktop.act("menu")).toContain("Fotos: CmdOrCtrl+3");
    await request("settings.set", { language: "en" });
    await expect.poll(() => desktop.act("menu")).toContain("Photos: CmdOrCtrl+3");
  });
  it("does what the keys do", async () => {
    await desktop.act("clickMenu", "settings");
    await expect.poll(text).toContain("Recognition");
    await desktop.act("clickMenu", "undo");
    await expect.poll(text).toContain("nothing to take back");
    await desktop.act("clickMenu", "updates");
    await expect.poll(text).toContain("Familiar does not ask for newer versions.");
    await desktop.act("clickMenu", "keys");
    await expect.poll(() => desktop.act("evaluate", "document.querySelectorAll('[role=dialog]').length")).toBe(1);
    await desktop.act(
      "evaluate",
      "void document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))",
    );
  });
});

describe("a folder", () => {
  it("is read when the app is opened with it", async () => {
    const folder = join(desktop.home, "opened with");
    mkdirSync(folder);
    await desktop.act("openFile", folder);
    await expect.poll(paths).toContain(folder);
  });
});

describe("power", () => {
  it("pauses for sleep and for the battery where that is asked for, and goes on with what it paused itself", async () => {
    await expect.poll(phase, { timeout: 120_000 }).toBe("idle");
    await request("settings.set", { pauseOnBattery: true });
    await desktop.act("leave");
    void request("folders.add", { paths: [pictures] });
    await expect.poll(phase, { interval: 10 }).toBe("reading");
    await desktop.act("power", "suspend");
    await expect.poll(phase).toBe("paused");
    await desktop.act("power", "on-battery");
    await desktop.act("power", "resume");
    // The battery holds it still.
    await new Promise((done) => setTimeout(done, 300));
    expect(await phase()).toBe("paused");
    await desktop.act("power", "on-ac");
    await expect.poll(phase, { timeout: 120_000 }).toBe("idle");
    const { ok } = (await request("photos.list")) as { ok: { total: number } };
    expect(ok.total).toBe(48);
  });
  it("was shown on the taskbar all along", async () => {
    const bars = (await desktop.act("bars")) as string[];
    expect(bars).toContain("part normal");
    expect(bars).toContain("part paused");
    expect(bars.at(-1)).toBe("none none");
  });
});

describe("the window's own parts", () => {
  it("are as light or dark as was chosen in the page", async () => {
    await request("settings.set", { theme: "dark" });
    await expect.poll(() => desktop.act("colours")).toContain("#191919");
    await request("settings.set", { theme: "system" });
    await expect.poll(async () => ((await desktop.act("colours")) as string[]).includes("#fcfcfb")).toBe(true);
  });
});

describe("the page", () => {
  it("is drawn anew where it was when it crashed, with the engine still there", async () => {
    await desktop.act("clickMenu", "photos");
    await expect.poll(here).toContain("Photos");
    const engines = await desktop.act("engines");
    await desktop.act("evaluate", "void (window.before = true)");
    await desktop.act("crashPage");
    await expect.poll(() => desktop.act("evaluate", "String(window.before)").catch(() => "loading")).toBe("undefined");
    await expect.poll(() => here().catch(() => "")).toContain("Photos");
    expect(await desktop.act("engines")).toBe(engines);
  });
});

describe.skipIf(process.platform === "darwin")("the icon beside the clock (not on macOS, where the dock does this)", () => {
  it("comes when it is wanted, keeps the app when the window closes, opens it again, and ends it", async () => {
    expect(await desktop.act("trayLabels")).toBeNull();
    await request("settings.set", { tray: true });
    await expect.poll(() => desktop.act("trayLabels")).toEqual(["Open Familiar", "Add folder …", "Quit Familiar"]);
    const { path } = {
      path: ((await desktop.act("shown")) as { what: string; detail: string }[]).find(({ what }) => what === "tray")?.detail ?? "",
    };
    expect(existsSync(path)).toBe(true);
    await desktop.act("closeWindow");
    await expect.poll(() => desktop.act("windows")).toBe(0);
    await desktop.act("clickTray", "tray-open");
    await expect.poll(() => desktop.act("windows")).toBe(1);
    await expect.poll(() => text().catch(() => "")).toContain("Photos");
    await desktop.act("clickTray", "tray-quit");
    expect(await desktop.ended).toBe(0);
    expect(readFileSync(join(desktop.data, "window.json"), "utf8")).toContain("1280");
  });
});

describe("started by the system", () => {
  it("stays behind until somebody wants it", async () => {
    const quiet = await openDesktop(["--quietly"]);
    expect(await quiet.act("visible")).toBe(false);
    await quiet.act("secondInstance", ["electron", "."], quiet.home);
    expect(await quiet.act("visible")).toBe(true);
    await quiet.dispose();
  });
});
