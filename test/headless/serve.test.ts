import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEngine, type Engine } from "../../electron/engine/index.ts";
import { serve, type Served } from "../../electron/headless/serve.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-serve-"));
const secret = "a secret beside the screens";
let engine: Engine;
let served: Served;
let cookie = "";

beforeAll(async () => {
  mkdirSync(join(dir, "renderer", "assets"), { recursive: true });
  writeFileSync(join(dir, "renderer", "index.html"), "<!doctype html><title>Familiar</title>");
  writeFileSync(join(dir, "renderer", "assets", "index-abc.js"), "export {};");
  writeFileSync(join(dir, "renderer", "notes.txt"), secret);
  writeFileSync(join(dir, "secret.html"), secret);
  engine = await openEngine({ libraryDir: join(dir, "library"), modelsDir: "models/onnx" });
  served = await serve(engine, { rendererDir: join(dir, "renderer") });
  cookie = ((await visit("GET", `/?t=${served.token}`, { cookie: "" })).headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
});
afterAll(async () => {
  await served.close();
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
/** One request as raw as Node can send it: the path is not tidied. */
function visit(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = httpRequest({ host: "127.0.0.1", port: served.port, method, path, headers: { cookie, ...headers } }, (response) => {
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
const ask = (name: string, args: string, headers: Record<string, string> = {}) =>
  visit("POST", `/api/${name}`, { "content-type": "application/json", ...headers }, args);
const codeOf = (answer: Answer) => (JSON.parse(answer.text) as { problem: { code: string } }).problem.code;

describe("who may come in", () => {
  it("trades the token for a cookie that no script and no other site can use", async () => {
    const answer = await visit("GET", `/?t=${served.token}`, { cookie: "" });
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/u);
  });
  it.each([
    ["no token", "/", { cookie: "" }, 401],
    ["a wrong token", "/?t=guess", { cookie: "" }, 401],
    ["an empty token", "/?t=", { cookie: "" }, 401],
    ["a wrong cookie", "/", { cookie: "familiar=guess" }, 401],
    ["the right cookie", "/", {}, 200],
    ["another name for this machine", "/", { host: "photos.example" }, 421],
    ["another port", "/", { host: "127.0.0.1:1" }, 421],
    ["another name, even with the token", "/?t=TOKEN", { host: "photos.example" }, 421],
    ["another site", "/", { origin: "https://photos.example" }, 403],
    ["a sandboxed page", "/", { origin: "null" }, 403],
    ["a picture on another site's page", "/media/face/1", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, 403],
    ["a link on another site", "/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, 200],
  ])("%s: %s", async (_who, path, headers: Record<string, string>, status) => {
    expect((await visit("GET", path.replace("TOKEN", served.token), headers)).status).toBe(status);
  });
  it.each(["/api/status", "/events", "/media/photo/1", "/assets/index-abc.js", "/nothing"])("%s needs the cookie", async (path) => {
    expect((await visit(path.startsWith("/api") ? "POST" : "GET", path, { cookie: "" })).status).toBe(401);
  });
  it("says the same to an own origin as to none", async () => {
    expect((await ask("status", "{}", { origin: served.origin })).status).toBe(200);
    expect((await ask("status", "{}", { origin: served.origin.replace("http:", "https:") })).status).toBe(403);
  });
  it("stops at this computer: nothing listens on other addresses", async () => {
    const other = await new Promise<string>((done) => {
      const socket = connect(served.port, "127.0.0.2");
      socket.on("connect", () => done("connected"));
      socket.on("error", (thrown) => done(String((thrown as NodeJS.ErrnoException).code)));
    });
    expect(other).not.toBe("connected");
  });
  it("sends its policy with every answer, refusals too", async () => {
    for (const path of ["/", "/nothing", "/?t=guess"]) {
      const { headers } = await visit("GET", path);
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/u);
      expect([headers["x-content-type-options"], headers["cross-origin-resource-policy"], headers["referrer-policy"]]).toEqual([
        "nosniff",
        "same-origin",
        "no-referrer",
      ]);
    }
  });
});

describe("what can be had", () => {
  it.each([
    "/../secret.html",
    "/assets/../../secret.html",
    "/..%2fsecret.html",
    "/%2e%2e/secret.html",
    "/assets/%2e%2e%2f%2e%2e%2fsecret.html",
    "/..\\secret.html",
    "//secret.html",
    "/./index.html/../../secret.html",
    "/index.html%00.js",
    "/notes.txt",
    "/assets",
    "/assets/",
    "/constructor",
    "/media/photo/../../secret.html",
    "/media/photo/%2e%2e",
    "/media/face/1?size=9999",
    "/media/face/-1",
    "/media/face/1e3",
    "/media/face/1?size=128&size=256",
    "/media/photo/1?path=/etc/passwd",
  ])("%s names nothing", async (path) => {
    const answer = await visit("GET", path);
    expect([answer.status, answer.text.includes(secret)]).toEqual([404, false]);
  });
  it("hands out the screens, and says when nothing changed", async () => {
    const first = await visit("GET", "/assets/index-abc.js");
    expect([first.status, first.headers["content-type"], first.text]).toEqual([200, "text/javascript; charset=utf-8", "export {};"]);
    const again = await visit("GET", "/assets/index-abc.js", { "if-none-match": String(first.headers.etag) });
    expect([again.status, again.text]).toEqual([304, ""]);
    const head = await visit("HEAD", "/");
    expect([head.status, head.text]).toEqual([200, ""]);
  });
  it("hands out the part that was asked for, and all of it where it has changed since", async () => {
    const path = "/assets/index-abc.js";
    const { headers } = await visit("GET", path);
    const part = await visit("GET", path, { range: "bytes=7-8" });
    expect([part.status, part.text, part.headers["content-range"], part.headers["content-length"]]).toEqual([
      206,
      "{}",
      "bytes 7-8/10",
      "2",
    ]);
    const same = await visit("GET", path, { range: "bytes=-3", "if-range": String(headers.etag) });
    expect([same.status, same.text]).toEqual([206, "{};"]);
    const changed = await visit("GET", path, { range: "bytes=-3", "if-range": '"another"' });
    expect([changed.status, changed.text]).toEqual([200, "export {};"]);
    const beyond = await visit("GET", path, { range: "bytes=10-" });
    expect([beyond.status, beyond.text, beyond.headers["content-range"]]).toEqual([416, "", "bytes */10"]);
  });
  it("answers for a picture that is not there", async () => {
    const answer = await visit("GET", "/media/face/999999");
    expect([answer.status, codeOf(answer)]).toEqual([404, "face-not-found"]);
  });
});

describe("requests", () => {
  it("answers with JSON of the contract", async () => {
    const answer = await ask("status", "");
    expect(JSON.parse(answer.text)).toMatchObject({ photos: 0, faces: 0, folders: [] });
  });
  it.each([
    ["fly", "{}", 404],
    ["constructor", "{}", 404],
    ["__proto__", "{}", 404],
    ["picture", '{"of":"face","id":1}', 404],
    ["status/", "{}", 404],
    ["status", "{", 400],
    ["status", "[]", 400],
    ["status", "null", 400],
    ["status", '{"extra":1}', 400],
    ["person.get", '{"personId":"1"}', 400],
    ["person.get", '{"personId":1e99}', 400],
    ["decide", '{"kind":"fly","payload":{}}', 400],
    ["decide", '{"kind":"name","payload":{"personId":1}}', 400],
  ])("%s %s is refused in the words of the closed list", async (name, args, status) => {
    const answer = await ask(name, args);
    expect([answer.status, codeOf(answer)]).toEqual([status, "bad-request"]);
    expect(answer.text).not.toMatch(/\bat .*\.[tj]s:\d/u);
  });
  it("refuses bytes that are not text", async () => {
    const answer = await new Promise<number>((done, fail) => {
      const sent = httpRequest(
        {
          host: "127.0.0.1",
          port: served.port,
          method: "POST",
          path: "/api/status",
          headers: { cookie, "content-type": "application/json" },
        },
        (response) => {
          response.resume();
          done(response.statusCode ?? 0);
        },
      );
      sent.on("error", fail);
      sent.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    });
    expect(answer).toBe(400);
  });
  it("refuses forms, which other sites could send without asking", async () => {
    expect((await visit("POST", "/api/status", { "content-type": "text/plain" }, "{}")).status).toBe(415);
    expect((await visit("GET", "/api/status")).status).toBe(405);
    expect((await visit("PUT", "/", {}, "x")).status).toBe(405);
  });
  it("refuses more than a mebibyte, whether or not its size is told", async () => {
    const large = JSON.stringify({ text: "x".repeat(1 << 20) });
    expect((await ask("people.find", large)).status).toBe(413);
    expect((await ask("people.find", large, { "transfer-encoding": "chunked" })).status).toBe(413);
    expect((await ask("status", "{}")).status).toBe(200);
  });
  it("stays well through three hundred malformed requests", async () => {
    const bodies = ["{", "[1", '"\\u0000"', "{}".repeat(50), '{"a":'.repeat(500), "NaN", "\u0000", '{"__proto__":{"admin":1}}'];
    const names = ["decide", "search", "person.get", "undo", "..", "%00", "people.list"];
    const statuses = new Set<number>();
    for (let i = 0; i < 300; i++) statuses.add((await ask(names[i % names.length] ?? "", bodies[(i * 5) % bodies.length] ?? "")).status);
    expect([...statuses].every((status) => status >= 400 && status < 500)).toBe(true);
    expect((await ask("status", "{}")).status).toBe(200);
  });
});

describe("events", () => {
  it("come as they happen, to every screen that listens", async () => {
    const told = new Promise<string>((done, fail) => {
      const sent = httpRequest({ host: "127.0.0.1", port: served.port, path: "/events", headers: { cookie } }, (response) => {
        let text = "";
        response.on("data", (part: Buffer) => {
          text += part.toString("utf8");
          if (text.includes("event: changed")) {
            response.destroy();
            done(text);
          } else if (text.startsWith("retry:")) void ask("settings.set", '{"theme":"dark"}').catch(fail);
        });
      });
      sent.on("error", fail);
      sent.end();
    });
    const data = /event: changed\ndata: (.*)\n\n/u.exec(await told)?.[1] ?? "";
    expect(JSON.parse(data)).toMatchObject({ what: ["settings"] });
  });
});
