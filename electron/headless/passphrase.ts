import type { IncomingMessage } from "node:http";
import { roleOf, type Refusal, type Role, type Secrets } from "./guard.ts";

/** Fewest letters of a passphrase: what others on the network can try must not be guessed. */
export const shortest = 10;
/** Wrong tries from one address after which it waits, and how long, ms; each further wrong try doubles it up to the longest. */
const patience = 5;
const firstWait = 2_000;
const longestWait = 300_000;
/** Addresses remembered; the oldest are forgotten first. */
const mostRemembered = 10_000;

/** Asks for a passphrase in the browser's own window (HTTP Basic) and slows down whoever guesses. */
export interface PassphraseDoor {
  /** Who the request's passphrase says it is; a refusal where it is wrong, missing, or tried too often. */
  ask(request: IncomingMessage): Role | (Refusal & { readonly challenge: boolean });
}

/** Opens it for these passphrases. */
export function openPassphraseDoor(passphrases: Secrets, now: () => number = Date.now): PassphraseDoor {
  const wrong = new Map<string, { readonly tries: number; readonly until: number }>();
  return {
    ask(request) {
      const from = request.socket.remoteAddress ?? "";
      const before = wrong.get(from);
      if (before !== undefined && before.until > now())
        return { status: 429, words: "Too many wrong passphrases. Wait a little, then try again.", challenge: false };
      const given = givenBy(request.headers.authorization ?? "");
      if (given === null) return { status: 401, words: "Familiar wants its passphrase.", challenge: true };
      const role = roleOf(given, passphrases);
      if (role !== null) {
        wrong.delete(from);
        return role;
      }
      const tries = (before?.tries ?? 0) + 1;
      const wait = tries < patience ? 0 : Math.min(longestWait, firstWait * 2 ** (tries - patience));
      wrong.delete(from);
      wrong.set(from, { tries, until: now() + wait });
      const [oldest] = wrong.keys();
      if (wrong.size > mostRemembered && oldest !== undefined) wrong.delete(oldest);
      return { status: 401, words: "That is not the passphrase.", challenge: true };
    },
  };
}

/** The passphrase of a Basic authorisation, whatever name stands before it; null where there is none. */
function givenBy(header: string): string | null {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/u.exec(header);
  if (match === null) return null;
  const text = Buffer.from(match[1] ?? "", "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : text.slice(colon + 1);
}
