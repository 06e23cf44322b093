import { byteRange } from "./byte-range.ts";

/** What a request says of the bytes that it asks for; null or undefined where it says nothing of it. */
export interface BytesAsked {
  readonly ifNoneMatch: string | null | undefined;
  readonly range: string | null | undefined;
  readonly ifRange: string | null | undefined;
}
export interface BytesAnswer {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** The part of the bytes to send, as for `subarray`; null where there is none. */
  readonly span: readonly [from: number, to: number] | null;
}

/**
 * How `size` bytes of a type are answered, the same behind both doors (RFC 9110, 13 and 14): all of them, the part that was asked for as long as it
 * is one of the same bytes, or nothing where they are known. `tag` names the bytes, as an entity tag in its quotes.
 */
export function byteAnswer({ ifNoneMatch, range, ifRange }: BytesAsked, size: number, type: string, tag: string): BytesAnswer {
  const headers = { ETag: tag, "Accept-Ranges": "bytes" };
  const known = (ifNoneMatch ?? "").split(",").map((part) => part.trim());
  if (known.includes(tag)) return { status: 304, headers, span: null };
  const part = (ifRange ?? tag) === tag ? byteRange(range ?? null, size) : null;
  if (part === "unsatisfiable") return { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` }, span: null };
  const { first, last } = part ?? { first: 0, last: size - 1 };
  return {
    status: part === null ? 200 : 206,
    headers: {
      ...headers,
      ...(part !== null && { "Content-Range": `bytes ${first}-${last}/${size}` }),
      "Content-Type": type,
      "Content-Length": String(last + 1 - first),
    },
    span: [first, last + 1],
  };
}
