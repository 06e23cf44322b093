import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is turned away before anything looks at it. */
export interface Refusal {
  readonly status: 401 | 403 | 421 | 429;
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

/** Who may do everything, and who may only look. */
export type Role = "owner" | "guest";
/** What each of them shows at the door; without guests there is one. */
export interface Secrets {
  readonly owner: string;
  readonly guest?: string | undefined;
}

/** Whose secret it is, or null for nobody's. */
export function roleOf(secret: string, { owner, guest }: Secrets): Role | null {
  // Both are compared each time, so that how long it takes says nothing.
  const isGuest = guest !== undefined && sameSecret(secret, guest);
  return sameSecret(secret, owner) ? "owner" : isGuest ? "guest" : null;
}

/** Who a request's cookie says it is, or the refusal of a stranger. */
export function roleByCookie(request: IncomingMessage, port: number, secrets: Secrets): Role | Refusal {
  const wanted = `${cookieName(port)}=`;
  const given = (request.headers.cookie ?? "").split(";").map((part) => part.trim());
  const roles = given.filter((part) => part.startsWith(wanted)).map((part) => roleOf(part.slice(wanted.length), secrets));
  const known = roles.find((role) => role === "owner") ?? roles.find((role) => role === "guest");
  return known ?? { status: 401, words: "Open Familiar with the address it printed." };
}
