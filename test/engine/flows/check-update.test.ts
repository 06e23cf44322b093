import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isFeedAddress } from "../../../electron/contract/update-views.ts";
import { listAt } from "../../../electron/engine/flows/check-update.ts";
import { readUpdateFeed } from "../../../electron/engine/flows/update-feed.ts";
import { openEngine, type Engine } from "../../../electron/engine/index.ts";
import { version } from "../../../electron/engine/version.ts";

/** As electron-builder writes it. */
const list = (newest: string, more = ""): string => `version: ${newest}
files:
  - url: Familiar-${newest}.AppImage
    sha512: bm90IGEgaGFzaA==
    size: 123456789
    blockMapSize: 1234
path: Familiar-${newest}.AppImage
sha512: bm90IGEgaGFzaA==
${more}releaseDate: '2026-11-24T10:00:00.000Z'
`;

const dir = mkdtempSync(join(tmpdir(), "familiar-updates-"));
let engine: Engine;
let server: Server;
let feed = "";
let asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  feed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases`;
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: "models/onnx" });
});
afterAll(async () => {
  await engine.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => (asked = []));
const say = (text: string): void => void (answer = (_request, response) => response.end(text));
const check = () => engine.request("updates.check", {});

describe("a check for newer versions", () => {
  it("is off as delivered, and asks nobody while it is or no address is given", async () => {
    say(list("9.0.0"));
    expect(await engine.request("settings.get", {})).toMatchObject({ checkUpdates: false, updateFeed: "" });
    await expect(check()).rejects.toMatchObject({ code: "updates-off" });
    await engine.request("settings.set", { updateFeed: feed });
    await expect(check()).rejects.toMatchObject({ code: "updates-off" });
    await engine.request("settings.set", { updateFeed: "", checkUpdates: true });
    await expect(check()).rejects.toMatchObject({ code: "updates-off" });
    expect(asked).toEqual([]);
  });

  it("tells the newer version, what is new and where it is, asking the list alone and once", async () => {
    await engine.request("settings.set", { updateFeed: feed, checkUpdates: true });
    expect(asked).toEqual([]);
    say(list("9.1.0", "releaseNotes: |\n  Faster.\n\n  It's nicer: really.\n"));
    const found = await check();
    expect(found).toEqual({
      current: version,
      newest: "9.1.0",
      isNewer: true,
      notes: "Faster.\n\nIt's nicer: really.",
      date: "2026-11-24T10:00:00.000Z",
      address: `${feed}/Familiar-9.1.0.AppImage`,
    });
    expect(asked).toEqual([listAt(feed).pathname]);
  });

  it("takes an older version, and this one, for none", async () => {
    for (const old of ["0.0.1", version, `${version}-beta.1`]) {
      say(list(old));
      expect(await check()).toMatchObject({ newest: old, isNewer: false, notes: "" });
    }
  });

  it("says that the list could not be read where it is none, is cut off, far too long, not there or elsewhere", async () => {
    const refused = { code: "update-feed" };
    for (const text of ["", "<html>Sign in</html>", "version: latest\n", "version:\n  - 1.0.0\n", "\u0000\u0001\u0002", "version: '1.2"]) {
      say(text);
      await expect(check(), text).rejects.toMatchObject(refused);
    }
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": "10000" });
      response.write(list("9.0.0").slice(0, 40), () => response.destroy());
    };
    await expect(check()).rejects.toMatchObject(refused);
    let sent = 0;
    answer = (_request, response) => {
      const more = (): void => {
        while (response.write("x".repeat(65_536))) sent += 65_536;
        response.once("drain", more);
      };
      response.on("close", () => response.removeAllListeners("drain"));
      more();
    };
    await expect(check()).rejects.toMatchObject(refused);
    expect(sent).toBeLessThan(64_000_000);
    for (const status of [404, 500]) {
      answer = (_request, response) => void response.writeHead(status).end(list("9.0.0"));
      await expect(check()).rejects.toMatchObject(refused);
    }
    // It would lead to another place than the one that somebody gave.
    answer = (_request, response) => void response.writeHead(302, { location: "http://192.0.2.1/latest.yml" }).end();
    await expect(check()).rejects.toMatchObject(refused);
    await engine.request("settings.set", { updateFeed: "http://127.0.0.1:1/" });
    await expect(check()).rejects.toMatchObject(refused);
    await engine.request("settings.set", { updateFeed: feed });
  });

  it("never sends anybody to another place than the list's own", async () => {
    for (const path of ["https://elsewhere.example/Familiar.exe", "//elsewhere.example/x", "javascript:alert(1)"]) {
      say(list("9.0.0").replace(/^path: .*$/mu, `path: ${path}`));
      expect((await check()).address).toBe(`${feed}/`);
    }
  });

  it("refuses addresses that are not https or this computer", async () => {
    for (const bad of ["http://example.org/", "ftp://example.org/", "file:///etc/passwd", "nonsense", "https://me:secret@example.org/"]) {
      expect(isFeedAddress(bad)).toBe(false);
      await expect(engine.request("settings.set", { updateFeed: bad })).rejects.toMatchObject({ code: "bad-request" });
    }
    for (const good of ["", "https://example.org/familiar", "http://localhost:8080/", "http://[::1]/latest.yml"])
      expect(isFeedAddress(good)).toBe(true);
  });
});

describe("the list", () => {
  it("is the one for this kind of system, or the one named", () => {
    expect(listAt("https://example.org/a/", "win32", "x64").href).toBe("https://example.org/a/latest.yml");
    expect(listAt("https://example.org/a", "darwin", "arm64").href).toBe("https://example.org/a/latest-mac.yml");
    expect(listAt("https://example.org", "linux", "x64").href).toBe("https://example.org/latest-linux.yml");
    expect(listAt("https://example.org/a?key=1", "linux", "arm64").href).toBe("https://example.org/a/latest-linux-arm64.yml?key=1");
    expect(listAt("https://example.org/beta.yml", "linux", "x64").href).toBe("https://example.org/beta.yml");
  });
  it("is read however its texts are quoted", () => {
    expect(readUpdateFeed(list("1.2.3"))).toMatchObject({ version: "1.2.3", path: "Familiar-1.2.3.AppImage", releaseNotes: "" });
    expect(readUpdateFeed("version: '1.2.3' # a note\r\nreleaseNotes: 'It''s\r\n\r\n  nicer'\r\n")).toMatchObject({
      version: "1.2.3",
      releaseNotes: "It's\nnicer",
    });
    expect(readUpdateFeed('releaseNotes: "one\\ntwo \\"three\\""\nversion: "1.2.3-beta.1"\n')).toMatchObject({
      version: "1.2.3-beta.1",
      releaseNotes: 'one\ntwo "three"',
    });
    expect(readUpdateFeed("releaseNotes: >-\n  one\n  two\n\n  three\nversion: 1.2.3 # new\n")).toMatchObject({
      version: "1.2.3",
      releaseNotes: "one two\n\nthree",
    });
    expect(readUpdateFeed("  version: 1.0.0\n")).toMatchObject({ version: null });
  });
});
