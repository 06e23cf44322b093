import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is turned away before anything looks at it. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly words: string;
}

/** A token nobody can guess: 32 random bytes, written so that an address can carry it. */
export function makeToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Equal or not, taking the same time either way. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The cookie carries the port, because browsers do not keep cookies of two ports of one machine apart. */
export function cookieName(port: number): string {
  return `familiar-${port}`;
}

/**
 * Refuses another name for this machine (DNS rebinding: 421) and requests that another site started (403). `hosts` are the only
 * values of `Host` that are this server's own.
 */
export function refuseForeign(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  const host = request.headers.host ?? "";
  if (!hosts.has(host)) return { status: 421, words: "This address is not Familiar's." };
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== `http://${host}`) return { status: 403, words: "Another site may not talk to Familiar." };
  const site = request.headers["sec-fetch-site"];
  const navigation = request.headers["sec-fetch-mode"] === "navigate" && request.method === "GET";
  if ((site === "cross-site" || site === "same-site") && !navigation)
    return { status: 403, words: "Another site may not talk to Familiar." };
  return null;
}

/** Refuses a request without the right cookie. */
export function refuseStranger(request: IncomingMessage, port: number, token: string): Refusal | null {
  const wanted = `${cookieName(port)}=`;
  const given = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  const own = given.filter((part) => part.startsWith(wanted)).map((part) => part.slice(wanted.length));
  return own.some((value) => sameSecret(value, token)) ? null : { status: 401, words: "Open Familiar with the address it printed." };
}
