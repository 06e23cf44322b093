import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDesktop, type Desktop } from "./open-desktop.ts";

/** The built main and preload, in a stand-in for Electron (see double/electron.ts): never "tested in Electron". */
let desktop: Desktop;
beforeAll(async () => {
  desktop = await openDesktop();
});
afterAll(() => desktop.dispose());

const paths = async () => ((await request("status")) as { ok: { folders: { path: string }[] } }).ok.folders.map(({ path }) => path);
const request = (name: string, args: unknown = {}): Promise<unknown> =>
  desktop.act("evaluate", `window.familiar.request(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
async function photo(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "blue.jpg");
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#3366cc" } })
    .jpeg()
    .toFile(path);
  return path;
}

describe("the page", () => {
  it("is shown when it is drawn, through the app's own scheme and nothing else", async () => {
    expect(desktop.said()).toBe("Familiar is open.\n");
    expect(await desktop.act("visible")).toBe(true);
    await expect.poll(() => desktop.act("text")).toContain("Everyone in your photos");
    expect(await desktop.act("outside")).toEqual([]);
  });
  it("can reach what the preload gives, and nothing of Node or Electron", async () => {
    expect(await desktop.act("evaluate", "Object.keys(window.familiar).toSorted().join()")).toBe(
      "chooseFile,chooseFolders,copyPicture,copyText,host,onCommand,onEvent,openPhoto,pathsOf,platform,request,showFailed,showInFolder",
    );
    expect(await desktop.act("evaluate", "[typeof require, typeof process, typeof module, typeof __toMain].join()")).toBe(
      "undefined,undefined,undefined,undefined",
    );
  });
  it("talks with an engine in another process", async () => {
    expect(await request("status")).toMatchObject({ ok: { photos: 0, library: join(desktop.home, "library") } });
    expect(await desktop.act("enginePid")).toEqual(expect.any(Number));
  });
  it("hears what the engine pushes until it stops listening", async () => {
    await desktop.act("evaluate", "void (window.heard = [], window.stop = window.familiar.onEvent((name) => window.heard.push(name)))");
    await request("settings.set", { theme: "dark" });
    await expect.poll(() => desktop.act("evaluate", "window.heard.join()")).toContain("changed");
    await desktop.act("evaluate", "void (window.stop(), window.heard.length = 0)");
    await request("settings.set", { theme: "system" });
    await new Promise((done) => setTimeout(done, 300));
    expect(await desktop.act("evaluate", "window.heard.length")).toBe(0);
  });
});

describe("folders and pictures", () => {
  it("come by the system's dialog, and photos by their id", async () => {
    const path = await photo(join(desktop.home, "photos"));
    await desktop.act("answerDialog", [join(desktop.home, "photos")]);
    await desktop.act("clickMenu", "add-folder");
    await expect.poll(async () => ((await request("photos.list")) as { ok: { total: number } }).ok.total, { timeout: 30_000 }).toBe(1);
    const { ok } = (await request("photos.list")) as { ok: { items: { id: number }[] } };
    const id = ok.items[0]?.id ?? 0;
    const width = (address: string) =>
      desktop.act(
        "evaluate",
        `new Promise((done) => { const image = new Image(); image.onload = () => done(image.naturalWidth); image.onerror = () => done(0); image.src = ${JSON.stringify(address)}; })`,
      );
    expect(await width(`familiar://media/photo/${id}?size=thumb`)).toBe(320);
    expect(await width("familiar://media/photo/999?size=thumb")).toBe(0);
    expect(await width("familiar://media/photo/../../secret")).toBe(0);
    await desktop.act("evaluate", `window.familiar.showInFolder(${id})`);
    await desktop.act("evaluate", "window.familiar.showInFolder('/etc/passwd')");
    expect(await desktop.act("evaluate", `window.familiar.openPhoto(${id}, false)`)).toBe(true);
    expect(await desktop.act("evaluate", "window.familiar.openPhoto('/etc/passwd', false)")).toBe(false);
    const shown = (await desktop.act("shown")) as { what: string; detail: unknown }[];
    expect(shown.filter(({ what }) => what === "item-in-folder").map(({ detail }) => detail)).toEqual([path]);
    expect(shown.filter(({ what }) => what === "opened").map(({ detail }) => detail)).toEqual([path]);
  });
  it("put a text or a picture on the clipboard, and nothing that is none", async () => {
    const dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    const copy = (what: "copyText" | "copyPicture", given: unknown) =>
      desktop.act("evaluate", `window.familiar.${what}(${JSON.stringify(given)})`);
    expect(await copy("copyText", "/photos/1.jpg")).toBe(true);
    expect(await copy("copyPicture", dot)).toBe(true);
    for (const none of ["data:image/png;base64,AAAA", "https://elsewhere.example/1.png", "file:///etc/passwd", 7])
      expect(await copy("copyPicture", none)).toBe(false);
    expect(await copy("copyText", { toString: 1 })).toBe(false);
    const shown = (await desktop.act("shown")) as { what: string; detail: string }[];
    expect(shown.filter(({ what }) => what.startsWith("copied")).map(({ what, detail }) => [what, detail.slice(0, 22)])).toEqual([
      ["copied-text", "/photos/1.jpg"],
      ["copied-picture", dot.slice(0, 22)],
    ]);
  });
  it("are read with what was tried in a process that the host started, not the engine", async () => {
    const { ok } = (await request("status")) as { ok: { provider: { why: string } } };
    expect(ok.provider.why).toMatch(/cannot be used|the processor's results|not faster/u);
    expect(ok.provider.why).not.toMatch(/crashed|did not answer/u);
    expect(readFileSync(join(desktop.home, "library", "accelerators.json"), "utf8")).toContain('"trials"');
  });
  it("are nothing when the dialog is closed", async () => {
    await desktop.act("answerDialog", []);
    expect(await desktop.act("evaluate", "window.familiar.chooseFolders()")).toEqual([]);
  });
  it("can be handed over by starting the app again", async () => {
    await photo(join(desktop.home, "more photos"));
    await desktop.act("secondInstance", ["electron", ".", "--flag", "more photos", "no such folder"], desktop.home);
    await expect.poll(paths, { timeout: 30_000 }).toContain(join(desktop.home, "more photos"));
    expect(await paths()).toHaveLength(2);
  });
});

describe("a second copy of the app", () => {
  it("on the same library ends at once, brings the first to the front and hands over what it was given, however the library is spelled", async () => {
    await desktop.act("minimize");
    const folder = join(desktop.home, "handed over");
    mkdirSync(folder);
    const second = await openDesktop([folder], {}, undefined, { home: desktop.home, library: "photos/../library/" });
    expect([await second.ended, second.said()]).toEqual([0, ""]);
    await expect.poll(() => desktop.act("focused")).toBe(true);
    await expect.poll(paths).toContain(folder);
    await request("folders.remove", {
      folderId: ((await request("status")) as { ok: { folders: { id: number; path: string }[] } }).ok.folders.find(
        ({ path }) => path === folder,
      )?.id,
    });
  });
  it("on another library runs beside it, each with its own window and its own people", async () => {
    const second = await openDesktop([], {}, undefined, { home: desktop.home, library: "another library" });
    await expect.poll(() => second.act("text")).toContain("Everyone in your photos");
    expect(await second.act("evaluate", "window.familiar.request('status', {}).then(({ ok }) => ok.library)")).toBe(
      join(desktop.home, "another library"),
    );
    expect(await request("status")).toMatchObject({ ok: { library: join(desktop.home, "library") } });
    expect(second.data).not.toBe(desktop.data);
    await second.act("closeWindow");
    if (process.platform !== "darwin") expect(await second.ended).toBe(0);
    await second.dispose();
  });
  it("that was killed leaves no lock behind", async () => {
    const place = { home: desktop.home, library: "a third library" };
    await (await openDesktop([], {}, undefined, place)).dispose();
    const again = await openDesktop([], {}, undefined, place);
    expect(again.said()).toBe("Familiar is open.\n");
    await again.dispose();
  });
});

describe("when something breaks", () => {
  it("starts a crashed engine again, tells, and loses nothing", async () => {
    await desktop.act(
      "evaluate",
      "void (window.told = [], window.familiar.onEvent((name, payload) => window.told.push(payload?.code ?? name)))",
    );
    const pid = await desktop.act("enginePid");
    await desktop.act("killEngine");
    await expect.poll(() => desktop.act("enginePid")).not.toBe(pid);
    await expect.poll(() => desktop.act("evaluate", "window.told.join()")).toContain("engine-gone");
    expect(await request("photos.list")).toMatchObject({ ok: { total: 1 } });
    expect(await request("status")).toMatchObject({ ok: { folders: [{}, {}] } });
  });
  it("draws a crashed page anew", async () => {
    await desktop.act("evaluate", "void (window.before = true)");
    await desktop.act("crashPage");
    await expect.poll(() => desktop.act("evaluate", "String(window.before)").catch(() => "loading")).toBe("undefined");
    await expect.poll(async () => (await request("status").catch(() => null)) as unknown).toMatchObject({ ok: {} });
  });
});

describe("the end", () => {
  it.skipIf(process.platform === "darwin")(
    "comes with the last window, in order, and the window's place is remembered (not on macOS)",
    async () => {
      await desktop.act("closeWindow");
      expect(await desktop.ended).toBe(0);
      expect(JSON.parse(readFileSync(join(desktop.data, "window.json"), "utf8"))).toMatchObject({
        width: 1280,
        maximized: false,
      });
      expect(existsSync(join(desktop.home, "library", "catalog.db"))).toBe(true);
    },
  );
  it("comes in the middle of a reading, and the next start goes on from there", async () => {
    const reading = await openDesktop([], {}, (home) => mkdirSync(join(home, "many")));
    const folder = join(reading.home, "many");
    const bytes = await sharp({ create: { width: 900, height: 700, channels: 3, background: "#884422" } })
      .jpeg()
      .toBuffer();
    // A JPEG may be followed by anything: every copy is another photo.
    for (let i = 0; i < 40; i++) writeFileSync(join(folder, `${i}.jpg`), Buffer.concat([bytes, Buffer.from(`copy ${i}`)]));
    const total = (desktop: Desktop) => () =>
      desktop.act("evaluate", "window.familiar.request('photos.list', {}).then(({ ok }) => ok.total)");
    await reading.act("answerDialog", [folder]);
    await reading.act("clickMenu", "add-folder");
    await expect.poll(total(reading), { timeout: 60_000, interval: 20 }).toBeGreaterThan(3);
    await reading.act("closeWindow");
    expect(await reading.ended).toBe(0);
    const again = await openDesktop([`--library=${join(reading.home, "library")}`, folder]);
    await expect.poll(total(again), { timeout: 60_000 }).toBe(40);
    await again.dispose();
    await reading.dispose();
  });
});
