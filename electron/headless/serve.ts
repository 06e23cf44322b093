import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requestArgs, type RequestName } from "../contract/args.ts";
import { parseMedia } from "../contract/media.ts";
import { problemView } from "../contract/problems.ts";
import { answerBytes, answerJson, answerProblem, answerWords, prepare } from "./answer.ts";
import { DoorProblem, problemOf, type EngineDoor } from "./engine-door.ts";
import { openEventStreams, type EventStreams } from "./event-stream.ts";
import { cookieName, makeToken, refuseForeign, refuseStranger, sameSecret } from "./guard.ts";
import { BodyTooLarge, largestBody, largestImport, readJson } from "./read-body.ts";
import { listStaticFiles, type StaticFile } from "./static-files.ts";

export interface ServeOptions {
  /** Folder of the built screens, with index.html. */
  readonly rendererDir: string;
  /** 0, or left out: any free one. */
  readonly port?: number;
  /** 32 random bytes unless a test says otherwise. */
  readonly token?: string;
  /** Hears how many screens are connected whenever that changes. */
  readonly onScreens?: (count: number) => void;
}
export interface Served {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What a person opens: the origin with the token. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Lets go of every connection; the engine stays open. */
  close(): Promise<void>;
}

/**
 * The browser shell: the same contract that Electron speaks, on this computer's own loopback address only. Whoever has the address with
 * the token gets a cookie; everything else needs it. `Host` and `Origin` are checked on each request, so neither another site nor a
 * name that was made to point here can use the door. Throws what `listen` throws (a port that is taken).
 */
export async function serve(engine: EngineDoor, options: ServeOptions): Promise<Served> {
  const token = options.token ?? makeToken();
  if (!existsSync(options.rendererDir)) throw new DoorProblem("not-found", options.rendererDir, "The screens have not been built.");
  const files = listStaticFiles(options.rendererDir);
  const streams = openEventStreams(engine, options.onScreens);
  let port = 0;
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 120_000 }, (request, response) => {
    prepare(response);
    void take(request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else answerProblem(response, problemOf(thrown));
    });
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = refuseForeign(request, hosts);
    if (foreign !== null) return answerWords(response, foreign.status, foreign.words);
    const raw = request.url ?? "/";
    const [pathname = "/", search = ""] = splitOnce(raw, "?");
    const query = new URLSearchParams(search);
    if (pathname === "/" && query.has("t") && request.method === "GET") {
      if (!sameSecret(query.get("t") ?? "", token)) return answerWords(response, 401, "That is not the address Familiar printed.");
      response.setHeader("Set-Cookie", `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`);
      response.writeHead(303, { Location: "/" });
      response.end();
      return;
    }
    const stranger = refuseStranger(request, port, token);
    if (stranger !== null) return answerWords(response, stranger.status, stranger.words);
    await route({ request, response, pathname, query, engine, files, streams });
  }

  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", fail);
      done();
    });
  });
  port = (server.address() as AddressInfo).port;
  hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: `${origin}/?t=${token}`,
    port,
    token,
    async close() {
      streams.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly engine: EngineDoor;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly streams: EventStreams;
}

async function route(visit: Visit): Promise<void> {
  const { request, response, pathname } = visit;
  if (pathname.startsWith("/api/")) {
    if (request.method !== "POST") return answerWords(response, 405, "Ask with POST.");
    return answerRequest(visit, pathname.slice("/api/".length));
  }
  if (request.method !== "GET" && request.method !== "HEAD") return answerWords(response, 405, "Only reading is possible here.");
  if (pathname === "/events") {
    if (!visit.streams.add(request, response)) answerWords(response, 503, "Too many windows are open.");
    return;
  }
  if (pathname.startsWith("/media/")) return answerMedia(visit);
  const file = visit.files.get(pathname);
  if (file === undefined) return answerWords(response, 404, "There is nothing here.");
  answerBytes(request, response, await readFile(file.path), file.type, file.hashed ? "private, max-age=31536000, immutable" : "no-cache");
}

async function answerRequest({ request, response, engine }: Visit, name: string): Promise<void> {
  // Pictures are bytes and come by /media.
  if (!isRequestName(name) || name === "picture") return answerProblem(response, problemView("bad-request", name.slice(0, 200)), 404);
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) {
    return answerProblem(response, problemView("bad-request", "content type"), 415);
  }
  try {
    const args = await readJson(request, name === "import" ? largestImport : largestBody);
    // The engine checks the arguments against the contract; their type here is only what was sent.
    const result = await engine.request(name, args as never);
    // Pictures that the browser keeps may show what was forgotten, or have ids that are others' now.
    if (name === "forget" || name === "backups.restore") response.setHeader("Clear-Site-Data", '"cache"');
    answerJson(response, 200, result ?? null);
  } catch (thrown) {
    if (!(thrown instanceof BodyTooLarge)) return answerProblem(response, problemOf(thrown));
    response.setHeader("Connection", "close");
    answerProblem(response, problemView("bad-request", "too large"), 413);
    request.resume();
  }
}

async function answerMedia({ request, response, pathname, query, engine }: Visit): Promise<void> {
  const media = parseMedia(pathname, query);
  if (media === null) return answerWords(response, 404, "There is nothing here.");
  try {
    const picture = await engine.request("picture", media);
    answerBytes(request, response, picture.bytes, picture.type, "private, max-age=3600");
  } catch (thrown) {
    answerProblem(response, problemOf(thrown));
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestArgs, name);
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
