import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { byteRange } from "../contract/byte-range.ts";
import { pageHeaders } from "../contract/page-policy.ts";
import type { ProblemCode, ProblemView } from "../contract/problems.ts";

/** Puts what every answer carries on `response`; nothing is stored unless a later header says so. */
export function prepare(response: ServerResponse): void {
  for (const [name, value] of Object.entries(pageHeaders())) response.setHeader(name, value);
  response.setHeader("Cache-Control", "no-store");
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(document));
}

/** Answers with one plain sentence. */
export function answerWords(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${words}\n`);
}

/** Answers with a problem under the status that fits its code. */
export function answerProblem(response: ServerResponse, problem: ProblemView, status = statusOf(problem.code)): void {
  answerJson(response, status, { problem });
}

/** Answers with bytes, or the part of them that was asked for, that a browser may keep and ask about again; `cache` is the Cache-Control to send. */
export function answerBytes(request: IncomingMessage, response: ServerResponse, bytes: Uint8Array, type: string, cache: string): void {
  const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  response.setHeader("Cache-Control", cache);
  response.setHeader("ETag", tag);
  const known = (request.headers["if-none-match"] ?? "").split(",").map((part) => part.trim());
  if (known.includes(tag)) {
    response.writeHead(304);
    response.end();
    return;
  }
  const size = bytes.byteLength;
  const held = request.headers["if-range"];
  const part = held === undefined || held === tag ? byteRange(request.headers.range ?? null, size) : null;
  response.setHeader("Accept-Ranges", "bytes");
  if (part === "unsatisfiable") {
    response.writeHead(416, { "Content-Range": `bytes */${size}` });
    response.end();
    return;
  }
  const sent = part === null ? bytes : bytes.subarray(part.first, part.last + 1);
  if (part !== null) response.setHeader("Content-Range", `bytes ${part.first}-${part.last}/${size}`);
  response.writeHead(part === null ? 200 : 206, { "Content-Type": type, "Content-Length": sent.byteLength });
  response.end(request.method === "HEAD" ? undefined : sent);
}

function statusOf(code: ProblemCode): number {
  if (code === "bad-request") return 400;
  if (code.endsWith("not-found")) return 404;
  if (code === "engine-gone") return 503;
  if (code === "internal") return 500;
  return 422;
}
