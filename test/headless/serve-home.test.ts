import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { EngineDoor } from "../../electron/headless/engine-door.ts";
import { guestsMay } from "../../electron/headless/guests.ts";
import { hostsOf, isLoopback, listenAt, originOf } from "../../electron/headless/listen-at.ts";
import { openPassphraseDoor } from "../../electron/headless/passphrase.ts";
import { serve, type Served, type ServeOptions } from "../../electron/headless/serve.ts";

/** Familiar on a home server: other addresses, passphrases, guests, names that were made to point here, and the end. */
const dir = mkdtempSync(join(tmpdir(), "familiar-home-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, "renderer"));
writeFileSync(join(dir, "renderer", "index.html"), "<!doctype html><title>Familiar</title>");

/** An engine that says what it was asked, and answers when it is let. */
const asked: string[] = [];
let answer: (name: string) => Promise<unknown> = async (name) => ({ name });
const engine: EngineDoor = {
  request: (name) => {
    asked.push(name);
    return answer(name) as never;
  },
  onEvent: () => () => undefined,
  close: async () => undefined,
};
let served: Served | null = null;
async function open(options: Partial<ServeOptions> = {}): Promise<Served> {
  served = await serve(engine, { rendererDir: join(dir, "renderer"), ...options });
  return served;
}
afterEach(async () => {
  await served?.close();
  served = null;
  asked.length = 0;
  answer = async (name) => ({ name });
});
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
function visit(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = httpRequest({ host: "127.0.0.1", port: served?.port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString("utf8") }),
      );
    });
    sent.on("error", fail);
    sent.end(body);
  });
}
const cookieOf = (answer: Answer): string => (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
const ask = (name: string, cookie: string, body = "{}") =>
  visit("POST", `/api/${name}`, { cookie, "content-type": "application/json" }, body);
const basic = (passphrase: string) => ({ authorization: `Basic ${Buffer.from(`me:${passphrase}`).toString("base64")}` });

describe("where it listens", () => {
  it("is an address, never a name; names are what it may be called", () => {
    expect(listenAt(undefined, undefined)).toEqual({ address: "127.0.0.1", names: [] });
    expect(listenAt("[::]", "Photos.home, nas")).toEqual({ address: "::", names: ["photos.home", "nas"] });
    for (const bad of ["photos.home", "", "1.2.3", "0.0.0.0:80"]) expect(() => listenAt(bad, undefined)).toThrow(/IP address/u);
    for (const bad of ["http://nas", "a b", "-x", "*"]) expect(() => listenAt("0.0.0.0", bad)).toThrow(/names/u);
    expect([isLoopback("127.0.0.1"), isLoopback("::1"), isLoopback("0.0.0.0"), isLoopback("192.168.1.2")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it("decides which values of Host are its own", () => {
    expect([...hostsOf({ address: "192.168.1.2", names: ["nas"] }, 8080)]).toEqual(["192.168.1.2:8080", "nas:8080"]);
    expect([...hostsOf({ address: "::1", names: [] }, 80)]).toContain("[::1]");
    expect([...hostsOf({ address: "0.0.0.0", names: [] }, 8080)]).toEqual(expect.arrayContaining(["127.0.0.1:8080", "localhost:8080"]));
    expect(originOf({ address: "0.0.0.0", names: ["nas"] }, 8080)).toBe("http://nas:8080");
    expect(originOf({ address: "::1", names: [] }, 8080)).toBe("http://[::1]:8080");
  });
  it("refuses a name that was made to point here, also with the token, and takes one that it was given", async () => {
    const { token, port } = await open({ listen: listenAt("0.0.0.0", "photos.home") });
    for (const host of ["evil.example", `evil.example:${port}`, `photos.home.evil.example:${port}`, `127.0.0.1.nip.io:${port}`])
      expect((await visit("GET", `/?t=${token}`, { host })).status, host).toBe(421);
    expect((await visit("GET", `/?t=${token}`, { host: `photos.home:${port}` })).status).toBe(303);
    expect((await visit("GET", `/?t=${token}`, { host: `127.0.0.1:${port}` })).status).toBe(303);
    const own = { host: `photos.home:${port}`, origin: `http://evil.example:${port}` };
    expect((await visit("GET", `/?t=${token}`, own)).status).toBe(403);
    expect(asked).toEqual([]);
  });
});

describe("guests", () => {
  it("look at everything and change nothing", async () => {
    const { guestUrl, url } = await open({ guests: true });
    const guest = cookieOf(await visit("GET", `/${new URL(guestUrl ?? "").search}`));
    const owner = cookieOf(await visit("GET", `/${new URL(url).search}`));
    expect(guest).not.toBe(owner);
    for (const name of ["status", "people.list", "search", "photo.get"]) expect((await ask(name, guest)).status).toBe(200);
    asked.length = 0;
    for (const name of ["decide", "undo", "folders.add", "settings.set", "scan.start", "import", "packs.fetch", "places.list", "export"]) {
      const refused = await ask(name, guest);
      expect([refused.status, JSON.parse(refused.text)]).toMatchObject([403, { problem: { code: "bad-request" } }]);
    }
    expect(asked).toEqual([]);
    expect((await ask("undo", owner)).status).toBe(200);
    expect(guestsMay("forget.everything" as never)).toBe(false);
  });
  it("are nobody where they were not asked in", async () => {
    expect((await open()).guestUrl).toBeNull();
    expect((await visit("GET", "/", { cookie: `familiar-${served?.port}=` })).status).toBe(401);
    expect((await visit("GET", "/", { cookie: `familiar-${served?.port}=undefined` })).status).toBe(401);
  });
});

describe("a passphrase", () => {
  const passphrases = { owner: "correct horse battery", guest: "only looking" };
  it("is asked for by the browser and opens the door, for guests theirs", async () => {
    await open({ passphrases });
    const first = await visit("GET", "/");
    expect([first.status, first.headers["www-authenticate"]]).toEqual([401, 'Basic realm="Familiar", charset="UTF-8"']);
    expect((await visit("GET", "/", basic("wrong"))).status).toBe(401);
    const owner = await visit("GET", "/", basic(passphrases.owner));
    expect(owner.status).toBe(303);
    expect((await ask("undo", cookieOf(owner))).status).toBe(200);
    const guest = await visit("GET", "/", basic(passphrases.guest));
    expect((await ask("undo", cookieOf(guest))).status).toBe(403);
    expect((await ask("status", cookieOf(guest))).status).toBe(200);
  });
  it("is good for the door alone: a question needs the cookie, and other sites are refused first", async () => {
    await open({ passphrases });
    const answered = await visit("POST", "/api/status", { ...basic(passphrases.owner), "content-type": "application/json" }, "{}");
    expect([answered.status, answered.headers["www-authenticate"]]).toEqual([401, undefined]);
    expect((await visit("GET", "/", { ...basic(passphrases.owner), origin: "https://evil.example" })).status).toBe(403);
    expect(asked).toEqual([]);
  });
  it("cannot be guessed by trying: whoever does has to wait, longer each time", () => {
    let now = 0;
    const door = openPassphraseDoor(passphrases, () => now);
    const from = (address: string, headers: Record<string, string>) => {
      const known = door.ask({ socket: { remoteAddress: address }, headers } as never);
      return typeof known === "string" ? known : known.status;
    };
    for (let i = 0; i < 5; i++) expect(from("192.168.1.9", basic(`guess ${i}`))).toBe(401);
    expect(from("192.168.1.9", basic(passphrases.owner))).toBe(429);
    expect(from("192.168.1.10", basic(passphrases.owner))).toBe("owner");
    now = 2_001;
    expect(from("192.168.1.9", basic("again"))).toBe(401);
    now = 5_000;
    expect(from("192.168.1.9", basic(passphrases.owner))).toBe(429);
    now = 7_000;
    expect(from("192.168.1.9", basic(passphrases.owner))).toBe("owner");
    for (const odd of ["Basic", "Basic !!", "Bearer x", `Basic ${Buffer.from("no colon").toString("base64")}`])
      expect(from("192.168.1.11", { authorization: odd })).toBe(401);
  });
});

describe("the end", () => {
  it("lets what is being answered finish, and takes nothing new", async () => {
    const { url } = await open();
    const cookie = cookieOf(await visit("GET", `/${new URL(url).search}`));
    let finish: (value: unknown) => void = () => undefined;
    answer = () => new Promise((done) => (finish = done));
    const decided = ask("decide", cookie);
    await expect.poll(() => asked).toEqual(["decide"]);
    const closed = served?.close();
    await new Promise((done) => setTimeout(done, 50));
    await expect(ask("status", cookie)).rejects.toThrow(/ECONNREFUSED|ECONNRESET/u);
    finish({ sentence: "Named." });
    expect(JSON.parse((await decided).text)).toEqual({ sentence: "Named." });
    await closed;
    served = null;
  });
  it("comes by a signal, after the addresses were said and the warning given", async () => {
    writeFileSync(join(dir, "passphrase"), "correct horse battery\n");
    writeFileSync(join(dir, "short"), "short\n");
    const run = (...args: string[]) => {
      const child = spawn(process.execPath, ["electron/headless/cli.ts", "serve", "--json", "--library", join(dir, "library"), ...args]);
      let [out, err] = ["", ""];
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString("utf8");
        if (out.includes('"url"')) child.kill("SIGTERM");
      });
      child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString("utf8")));
      return new Promise<{ code: number | null; out: string; err: string }>((done) =>
        child.on("close", (code) => done({ code, out, err })),
      );
    };
    const open = await run("--listen", "0.0.0.0", "--guests", "--passphrase-file", join(dir, "passphrase"));
    expect([open.code, JSON.parse(open.out)]).toMatchObject([
      0,
      { url: expect.stringContaining("/?t="), guestUrl: expect.stringContaining("/?t=") },
    ]);
    expect(open.err).toContain("Other computers can reach Familiar");
    expect((await run()).err).not.toContain("Other computers");
    expect(await run("--passphrase-file", join(dir, "short"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("at least 10 letters"),
    });
  });
});
