import type { IncomingMessage } from "node:http";
import { largestPortable } from "../contract/portable-text.ts";
import { DoorProblem } from "./engine-door.ts";

/** Bytes a request may bring: two hundred times the largest that a screen sends. */
export const largestBody = 1 << 20;
/** Bytes an import may bring: its file, and what stands around it. */
export const largestImport = largestPortable + largestBody;

/** The body was larger than allowed. */
export class BodyTooLarge extends Error {}

/** Reads the body as a JSON object. Throws BodyTooLarge, or a `bad-request` problem where it is none. An empty body is `{}`. */
export async function readJson(request: IncomingMessage, limit: number): Promise<object> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw new BodyTooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > limit) throw new BodyTooLarge();
    parts.push(part);
  }
  if (size === 0) return {};
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null && !Array.isArray(document)) return document;
    throw new TypeError("not an object");
  } catch (thrown) {
    throw new DoorProblem("bad-request", thrown instanceof Error ? thrown.message : String(thrown));
  }
}
