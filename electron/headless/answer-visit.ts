import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestArgs, type RequestName } from "../contract/args.ts";
import { mediaCaching, parseMedia } from "../contract/media.ts";
import { problemView } from "../contract/problems.ts";
import { answerBytes, answerJson, answerProblem, answerWords } from "./answer.ts";
import { problemOf, type EngineDoor } from "./engine-door.ts";
import type { EventStreams } from "./event-stream.ts";
import type { Role } from "./guard.ts";
import { guestsMay } from "./guests.ts";
import { BodyTooLarge, largestBody, largestImport, readJson } from "./read-body.ts";
import type { StaticFile } from "./static-files.ts";

/** Requests after which pictures that a browser keeps may show what was forgotten, or have ids that are others' now. */
const renumbers: ReadonlySet<string> = new Set<RequestName>(["forget", "backups.restore", "library.startEmpty"]);

/** A request that has been let in, and what it may be answered with. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly role: Role;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly engine: EngineDoor;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly streams: EventStreams;
}

/** Answers it: a question, the stream of events, a picture, or a file of the screens. */
export async function answerVisit(visit: Visit): Promise<void> {
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

async function answerRequest({ request, response, engine, role }: Visit, name: string): Promise<void> {
  // Pictures are bytes and come by /media.
  if (!isRequestName(name) || name === "picture") return answerProblem(response, problemView("bad-request", name.slice(0, 200)), 404);
  if (role === "guest" && !guestsMay(name)) {
    return answerProblem(response, problemView("bad-request", name, "Guests may look at everything and change nothing."), 403);
  }
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) {
    return answerProblem(response, problemView("bad-request", "content type"), 415);
  }
  try {
    const args = await readJson(request, name === "import" ? largestImport : largestBody);
    // The engine checks the arguments against the contract; their type here is only what was sent.
    const result = await engine.request(name, args as never);
    if (renumbers.has(name)) response.setHeader("Clear-Site-Data", '"cache"');
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
    answerBytes(request, response, picture.bytes, picture.type, mediaCaching(media));
  } catch (thrown) {
    answerProblem(response, problemOf(thrown));
  }
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestArgs, name);
}
