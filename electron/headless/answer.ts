import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { byteAnswer } from "../contract/byte-answer.ts";
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
  const { "if-none-match": ifNoneMatch, range } = request.headers;
  const ifRange = request.headers["if-range"]?.toString();
  const { status, headers, span } = byteAnswer({ ifNoneMatch, ifRange, range }, bytes.byteLength, type, tag);
  response.writeHead(status, { ...headers, "Cache-Control": cache });
  response.end(span === null || request.method === "HEAD" ? undefined : bytes.subarray(...span));
}

function statusOf(code: ProblemCode): number {
  if (code === "bad-request") return 400;
  if (code.endsWith("not-found")) return 404;
  if (code === "engine-gone") return 503;
  if (code === "internal") return 500;
  return 422;
}
