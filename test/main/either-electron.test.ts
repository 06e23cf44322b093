import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStandIn, type AnyDesktop } from "./any-desktop.ts";
import { noElectron, openReal } from "./open-real.ts";

/** The same tests in the stand-in and, where it can run, in Electron's own program: what holds in one has to hold in the other. */
const both = [
  { where: "in the stand-in", open: openStandIn, why: null },
  { where: `in Electron itself${noElectron === null ? "" : ` (skipped: ${noElectron})`}`, open: openReal, why: noElectron },
];

for (const { where, open, why } of both)
  describe.skipIf(why !== null)(`the built app ${where}`, () => {
    let desktop: AnyDesktop;
    beforeAll(async () => {
      desktop = await open();
    });
    afterAll(() => desktop.dispose());
    const request = (name: string, args: unknown = {}): Promise<unknown> =>
      desktop.evaluate(`window.familiar.request(${JSON.stringify(name)}, ${JSON.stringify(args)})`);

    it("shows its page, which reaches what the preload gives and nothing of Node", async () => {
      await expect.poll(() => desktop.text()).toContain("Everyone in your photos");
      expect(await desktop.evaluate("Object.keys(window.familiar).toSorted().join()")).toBe(
        "chooseFile,chooseFolders,copyPicture,copyText,host,onCommand,onEvent,openPhoto,pathsOf,platform,request,showFailed,showInFolder",
      );
      expect(await desktop.evaluate("[typeof require, typeof process, typeof module].join()")).toBe("undefined,undefined,undefined");
    });
    it("talks both ways with an engine in a process of its own", async () => {
      expect(await request("status")).toMatchObject({ ok: { photos: 0, library: desktop.library } });
      expect(await desktop.enginePid()).toEqual(expect.any(Number));
      await desktop.evaluate("void (window.heard = [], window.familiar.onEvent((name) => window.heard.push(name)))");
      await request("settings.set", { theme: "dark" });
      await expect.poll(() => desktop.evaluate("window.heard.join()")).toContain("changed");
    });
    it("reads a folder that the menu's dialog gave, and shows its photo by its id alone", async () => {
      const folder = join(desktop.home, "photos");
      mkdirSync(folder);
      await sharp({ create: { width: 320, height: 240, channels: 3, background: "#3366cc" } })
        .jpeg()
        .toFile(join(folder, "blue.jpg"));
      await desktop.answerDialog([folder]);
      await desktop.clickMenu("add-folder");
      const list = async () => ((await request("photos.list")) as { ok: { items: { id: number }[] } }).ok.items;
      await expect.poll(async () => (await list()).length, { timeout: 60_000 }).toBe(1);
      const id = (await list())[0]?.id ?? 0;
      const width = (address: string) =>
        desktop.evaluate(
          `new Promise((done) => { const image = new Image(); image.onload = () => done(image.naturalWidth); image.onerror = () => done(0); image.src = ${JSON.stringify(address)}; })`,
        );
      expect(await width(`familiar://media/photo/${id}?size=thumb`)).toBe(320);
      expect(await width("familiar://media/photo/999?size=thumb")).toBe(0);
    });
    it("refuses what is no request, any other address and any other window", async () => {
      expect(await request("fly")).toMatchObject({ problem: { code: "bad-request" } });
      expect(await request("person.get", { personId: "1 OR 1=1" })).toMatchObject({ problem: { code: "bad-request" } });
      expect(await desktop.evaluate("fetch('/..%2fmain/main.js').then((answer) => answer.status, () => 0)")).toBe(404);
      expect(await desktop.evaluate("fetch('https://elsewhere.example/').then(() => 'came', () => 'refused')")).toBe("refused");
      await desktop.evaluate("void (location.href = 'https://elsewhere.example/')");
      await new Promise((done) => setTimeout(done, 300));
      expect(await desktop.evaluate("document.title")).toBe("Familiar");
    });
    it("ends in order with its window", async () => {
      await desktop.close();
      expect(existsSync(join(desktop.library, "catalog.db"))).toBe(true);
    });
  });
