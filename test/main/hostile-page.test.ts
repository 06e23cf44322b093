import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestArgs } from "../../electron/contract/args.ts";
import { channels } from "../../electron/contract/channels.ts";
import { openDesktop, type Desktop } from "./open-desktop.ts";

/** A page that is not ours any more, in the built app and the stand-in for Electron: never "tested in Electron". */
let desktop: Desktop;
beforeAll(async () => {
  desktop = await openDesktop();
  const folder = join(desktop.home, "photos");
  mkdirSync(folder);
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#3366cc" } })
    .jpeg()
    .toFile(join(folder, "blue.jpg"));
}, 120_000);
afterAll(() => desktop.dispose());

const paths = async () => ((await request("status")) as { ok: { folders: { path: string }[] } }).ok.folders.map(({ path }) => path);
const request = (name: string, args: unknown = {}): Promise<unknown> =>
  desktop.act("evaluate", `window.familiar.request(${JSON.stringify(name)}, ${JSON.stringify(args)})`);

describe("a hostile page", () => {
  it("finds a library with a photo in it", async () => {
    const folder = join(desktop.home, "photos");
    await request("folders.add", { paths: [folder] });
    await expect.poll(async () => ((await request("photos.list")) as { ok: { total: number } }).ok.total, { timeout: 30_000 }).toBe(1);
    await expect
      .poll(async () => ((await request("status")) as { ok: { progress: { phase: string } } }).ok.progress.phase, { timeout: 60_000 })
      .toBe("idle");
  });
  it("gets a refusal for everything that is not a request of the contract", async () => {
    const refused = { problem: { code: "bad-request" } };
    for (const name of ["fly", "constructor", "__proto__", "picture", "", "toString"]) expect(await request(name)).toMatchObject(refused);
    for (const [name, args] of [
      ["status", { extra: 1 }],
      ["status", null],
      ["person.get", { personId: "1 OR 1=1" }],
      ["person.get", { personId: -1 }],
      ["decide", { kind: "name", payload: { personId: 1, name: 7 } }],
    ] as const)
      expect(await request(name, args)).toMatchObject(refused);
  });
  it("changes nothing with ten thousand malformed messages: every request of the contract, every argument of it, in every wrong way", async () => {
    const known = async () =>
      JSON.stringify([await request("history"), await request("settings.get"), await request("people.list"), await paths()]);
    const before = await known();
    const pid = await desktop.act("enginePid");
    // The keys of each request, as the contract has them.
    const keys = Object.fromEntries(
      Object.entries(requestArgs).map(([name, schema]) => [name, Object.keys("entries" in schema ? schema.entries : {})]),
    );
    const answers = await desktop.act(
      "evaluate",
      `(async () => {
        const keys = ${JSON.stringify(keys)};
        let deep = [];
        for (let i = 0; i < 500; i++) deep = [deep];
        const bad = [-1, 1.5, 1e99, {}, [[]], deep, { length: 1e9 }, { toString: "x" }, true, "1 OR 1=1".repeat(1000), [null], [-1], { $ne: 1 }];
        const whole = [null, undefined, 0, "", "x", [], [{}], deep, Symbol.iterator.description, { ["__proto__"]: 1, x: 1 }, { constructor: 1 }];
        const names = [...Object.keys(keys), "fly", "constructor", "__proto__", "", "status\u0000", "STATUS", 7, null, {}, ["status"]];
        const messages = [];
        for (let i = 0; messages.length < 10000; i++)
          for (const name of names) {
            const own = keys[name] ?? [];
            const key = own[i % (own.length + 1)];
            const value = bad[i % bad.length];
            // One key that is wrong, or one that no request has.
            messages.push([name, i % 4 === 0 ? whole[(i / 4) % whole.length] : key === undefined ? { ["\u0000" + i]: value } : { [key]: value, surplus: i }]);
          }
        const codes = new Set();
        for (let i = 0; i < 10000; i += 100)
          for (const answer of await Promise.all(messages.slice(i, i + 100).map(([name, args]) =>
            window.familiar.request(name, args).catch(() => ({ problem: { code: "bad-request" } })))))
            codes.add(answer.problem?.code ?? "accepted");
        return [...codes];
      })()`,
    );
    expect(answers).toEqual(["bad-request"]);
    expect(await known()).toBe(before);
    expect(await desktop.act("enginePid")).toBe(pid);
  });
  it("is not another window, another frame or another address", async () => {
    for (const [act, url] of [
      ["forge", "familiar://app/index.html"],
      ["forgeFrame", "familiar://app/index.html"],
      ["forgeFrame", "https://elsewhere.example/"],
    ] as const) {
      expect(await desktop.act(act, channels.request, url, ["status", {}])).toMatchObject({
        problem: { code: "bad-request", detail: "sender" },
      });
      expect(await desktop.act(act, channels.chooseFolders, url, [])).toEqual([]);
    }
    const shown = JSON.stringify(await desktop.act("shown"));
    const urls = [
      "familiar://app/index.html",
      "familiar://app.elsewhere.example/",
      "https://elsewhere.example/",
      "file:///etc/passwd",
      "about:blank",
      "",
    ];
    const { request: asks, chooseFolders, chooseFile, showInFolder, showFailed, openPhoto, copyText, copyPicture } = channels;
    const given = [
      ["status", {}],
      ["decide", { kind: "name", payload: { personId: 1, name: "Eve" } }],
      [1],
      [],
      ["folders.remove", { folderId: 1 }],
    ];
    const answers = await desktop.act(
      "forgeMany",
      [asks, chooseFolders, chooseFile, showInFolder, showFailed, openPhoto, copyText, copyPicture],
      urls,
      given,
      10_000,
    );
    expect((answers as string[]).map((answer) => (answer.includes("sender") ? "refused" : answer)).toSorted()).toEqual([
      "[]",
      "false",
      "null",
      "refused",
    ]);
    expect(JSON.stringify(await desktop.act("shown"))).toBe(shown);
    expect(await paths()).toHaveLength(1);
  });
  it("opens no window, goes nowhere and gets no permission", async () => {
    expect(await desktop.act("openWindow", "https://elsewhere.example/")).toBe("deny");
    for (const name of ["media", "geolocation", "notifications", "clipboard-read", "clipboard-sanitized-write", "fullscreen"])
      expect(await desktop.act("permission", name)).toBe(false);
    expect(await desktop.act("checks")).toEqual([false, false]);
    await desktop.act("evaluate", "void (location.href = 'https://elsewhere.example/')");
    await new Promise((done) => setTimeout(done, 300));
    expect(await desktop.act("outside")).toEqual(["https://elsewhere.example/"]);
    expect(await desktop.act("evaluate", "document.title")).toBe("Familiar");
  });
  it("finds no file by any spelling of a path", async () => {
    const up = ["..", "%2e%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "..;", "．．"];
    const between = ["/", "%2f", "\\", "%5c", "%252f", "//"];
    const aims = [
      "main/main.js",
      "preload.cjs",
      "engine/process.js",
      "../package.json",
      "../../../../../../../../etc/passwd",
      "etc/passwd",
    ];
    const spellings = [
      ...up.flatMap((one) => between.flatMap((by) => aims.flatMap((aim) => [one + by + aim, `assets/${one}${by}${one}${by}${aim}`]))),
      "//etc/passwd",
      "C:/x",
      "c:\\windows\\win.ini",
      "constructor",
      "__proto__",
      "index.html%00",
      "index.html/",
      "index.html::$DATA",
      "CON",
      "%",
      "%zz",
      `${"a/".repeat(5000)}b`,
    ];
    // Some are one of the page's own files by the rules of addresses; nothing else ever comes.
    const index = await desktop.act("evaluate", "fetch('/index.html').then((r) => r.text()).then((text) => text.length)");
    const found = await desktop.act(
      "evaluate",
      `Promise.all(${JSON.stringify(spellings)}.map((path) => fetch("/" + path).then(async (r) => r.status + ":" + (await r.text()).length, () => "refused")))`,
    );
    const allowed = new Set(["404:0", "refused", `200:${String(index)}`]);
    expect((found as string[]).filter((answer) => !allowed.has(answer))).toEqual([]);
    expect((found as string[]).filter((answer) => answer === "404:0").length).toBeGreaterThan(100);
    const pictures = [
      "photo/1?size=../../catalog.db",
      "photo/1?size=thumb/../..",
      "photo/1e0",
      "photo/0x1",
      "photo/-1",
      "photo/1/../../x",
      "photo/%31%00",
    ];
    const more = ["../app/index.html", "photo/1?size=constructor", "photo/99999999999999999999", "PHOTO/1", "photo//1", "secret"];
    const media = await desktop.act(
      "evaluate",
      `Promise.all(${JSON.stringify([...pictures, ...more])}.map((path) => new Promise((done) => {
        const image = new Image();
        image.onload = () => done(path);
        image.onerror = () => done("");
        image.src = "familiar://media/" + path;
      })))`,
    );
    expect((media as string[]).filter((path) => path !== "")).toEqual([]);
  });
});
