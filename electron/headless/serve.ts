import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, relative, sep } from "node:path";
import type { RequestArgs, RequestName } from "../contract/args.ts";
import { parseMedia } from "../contract/media.ts";
import { pageHeaders, pageTypes } from "../contract/page-policy.ts";
import { problems, type ProblemCode } from "../contract/problems.ts";
import { DoorProblem, problemOf, type EngineDoor } from "./engine-door.ts";

export interface Served {
  /** Address with the token: opens the screens once. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}
/** Bytes a request's body may have. */
const largestBody = 1 << 20;
const cookieName = "familiar";

/**
 * The browser shell: the same contract on the loopback address alone, behind a random token. `/?t=TOKEN` trades the token for a
 * cookie; everything else needs the cookie, the right Host, and no foreign Origin (which is what DNS rebinding would show).
 */
export async function serve(
  engine: EngineDoor,
  options: { readonly rendererDir: string; readonly port?: number; readonly token?: string },
): Promise<Served> {
  const token = options.token ?? randomBytes(32).toString("base64url");
  const pages = readPages(options.rendererDir);
  const listeners = new Set<ServerResponse>();
  const stopListening = engine.onEvent((name, payload) => {
    for (const response of listeners) response.write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`);
  });
  let host = "";
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else sendProblem(response, thrown);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(pageHeaders())) response.setHeader(name, value);
    response.setHeader("Cache-Control", "no-store");
    const origin = request.headers.origin;
    if (request.headers.host !== host) return end(response, 421);
    if (origin !== undefined && origin !== `http://${host}`) return end(response, 403);
    const url = new URL(request.url ?? "/", `http://${host}`);
    if (url.pathname === "/" && url.searchParams.has("t")) {
      if (!same(url.searchParams.get("t") ?? "", token)) return end(response, 401);
      response.setHeader("Set-Cookie", `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`);
      response.setHeader("Location", "/");
      return end(response, 303);
    }
    if (!same(cookieOf(request), token)) return end(response, 401);
    if (request.method === "POST" && url.pathname.startsWith("/api/")) return api(request, response, url.pathname.slice(5));
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405);
    if (url.pathname === "/events") return events(response);
    if (url.pathname.startsWith("/media/")) return media(request, response, url);
    const page = pages.get(url.pathname === "/" ? "/index.html" : url.pathname);
    if (!page) return end(response, 404);
    response.setHeader("Content-Type", page.type);
    response.end(request.method === "HEAD" ? undefined : page.bytes);
  }

  async function api(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const body = await bodyOf(request);
    let args: unknown;
    try {
      args = body === "" ? {} : JSON.parse(body);
    } catch (thrown) {
      throw new DoorProblem("bad-request", String(thrown));
    }
    const result = await engine.request(name as RequestName, args as RequestArgs<RequestName>);
    response.setHeader("Content-Type", "application/json; charset=utf-8");
    response.end(JSON.stringify(result));
  }

  function events(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(": here\n\n");
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  }

  async function media(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const address = parseMedia(url.pathname, url.searchParams);
    if (!address) return end(response, 404);
    const { bytes, type } = await engine.request("picture", { of: address.of, id: address.id, size: address.size });
    const tag = `"${createHash("sha1").update(bytes).digest("base64url")}"`;
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", "private, no-cache");
    if (request.headers["if-none-match"] === tag) return end(response, 304);
    response.setHeader("Content-Type", type);
    response.end(bytes);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/?t=${token}`,
    origin: `http://${host}`,
    token,
    async close() {
      stopListening();
      for (const response of listeners) response.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Every built file, read once: what is not in this list is not served, so no address can reach outside it. */
function readPages(dir: string): Map<string, { readonly bytes: Buffer; readonly type: string }> {
  const pages = new Map<string, { bytes: Buffer; type: string }>();
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const path = join(dir, name);
    const type = pageTypes[extname(name)];
    if (type && statSync(path).isFile()) pages.set(`/${relative(dir, path).split(sep).join("/")}`, { bytes: readFileSync(path), type });
  }
  return pages;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new DoorProblem("bad-request", "The request is too long.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function cookieOf(request: IncomingMessage): string {
  const found = (request.headers.cookie ?? "").split(/;\s*/u).find((part) => part.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1) ?? "";
}

function same(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

const missing: ReadonlySet<ProblemCode> = new Set(["person-not-found", "face-not-found", "photo-not-found", "not-found", "file-vanished"]);

function sendProblem(response: ServerResponse, thrown: unknown): void {
  const problem = problemOf(thrown);
  response.statusCode = missing.has(problem.code)
    ? 404
    : problem.code === "internal" || problems[problem.code].kind === "transient"
      ? 503
      : 400;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.end(JSON.stringify({ problem }));
}
