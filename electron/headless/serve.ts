import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerProblem, answerWords, prepare } from "./answer.ts";
import { answerVisit } from "./answer-visit.ts";
import { DoorProblem, problemOf, type EngineDoor } from "./engine-door.ts";
import { openEventStreams } from "./event-stream.ts";
import { cookieName, makeToken, refuseForeign, roleByCookie, roleOf, type Role, type Secrets } from "./guard.ts";
import { hostsOf, onlyHere, originOf, type ListenAt } from "./listen-at.ts";
import { openPassphraseDoor } from "./passphrase.ts";
import { listStaticFiles } from "./static-files.ts";

export interface ServeOptions {
  /** Folder of the built screens, with index.html. */
  readonly rendererDir: string;
  /** Left out, or 0: one that is free. */
  readonly port?: number;
  /** This computer alone unless somebody says otherwise. */
  readonly listen?: ListenAt;
  /** 32 random bytes unless a test says otherwise. */
  readonly token?: string;
  /** Whether there is an address for guests, who may look and change nothing. */
  readonly guests?: boolean;
  /** Words that open the door as the token does, for people who cannot be given an address. */
  readonly passphrases?: Secrets;
  /** Hears how many screens are connected whenever that changes. */
  readonly onScreens?: (count: number) => void;
}
export interface Served {
  /** `http://127.0.0.1:<port>`, or an address that others can open. */
  readonly origin: string;
  /** What a person opens: the origin with the token. */
  readonly url: string;
  /** The same for guests. */
  readonly guestUrl: string | null;
  readonly port: number;
  readonly token: string;
  /** Takes nothing new, lets what is being answered finish (for a few seconds at most) and lets go; the engine stays open. */
  close(): Promise<void>;
}
/** Milliseconds that answers under way may still take when the server is closed. */
const lastAnswers = 5_000;

/**
 * The browser shell: the same contract that Electron speaks, on this computer's own loopback address unless somebody says otherwise. Whoever
 * has the address with the token, or the passphrase, gets a cookie; everything else needs it. `Host` and `Origin` are checked on each
 * request, so neither another site nor a name that was made to point here can use the door. Throws what `listen` throws.
 */
export async function serve(engine: EngineDoor, options: ServeOptions): Promise<Served> {
  const { listen = onlyHere, passphrases } = options;
  const secrets: Secrets = { owner: options.token ?? makeToken(), guest: guestsWanted(options) ? makeToken() : undefined };
  if (!existsSync(options.rendererDir)) throw new DoorProblem("not-found", options.rendererDir, "The screens have not been built.");
  const files = listStaticFiles(options.rendererDir);
  const streams = openEventStreams(engine, options.onScreens);
  const door = passphrases === undefined ? null : openPassphraseDoor(passphrases);
  const underWay = new Set<Promise<void>>();
  let port = 0;
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 120_000 }, (request, response) => {
    prepare(response);
    const answered = take(request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else answerProblem(response, problemOf(thrown));
    });
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  });

  function welcome(response: ServerResponse, role: Role): void {
    response.setHeader("Set-Cookie", `${cookieName(port)}=${secrets[role] ?? ""}; Path=/; HttpOnly; SameSite=Strict`);
    response.writeHead(303, { Location: "/" });
    response.end();
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = refuseForeign(request, hosts);
    if (foreign !== null) return answerWords(response, foreign.status, foreign.words);
    const raw = request.url ?? "/";
    const [pathname = "/", search = ""] = splitOnce(raw, "?");
    const query = new URLSearchParams(search);
    if (pathname === "/" && query.has("t") && request.method === "GET") {
      const role = roleOf(query.get("t") ?? "", secrets);
      if (role === null) return answerWords(response, 401, "That is not the address Familiar printed.");
      return welcome(response, role);
    }
    const role = roleByCookie(request, port, secrets);
    if (typeof role === "string") return answerVisit({ request, response, role, pathname, query, engine, files, streams });
    // The browser asks for a passphrase only where a person opens the page.
    if (door === null || pathname !== "/" || request.method !== "GET") return answerWords(response, role.status, role.words);
    const known = door.ask(request);
    if (typeof known === "string") return welcome(response, known);
    if (known.challenge) response.setHeader("WWW-Authenticate", 'Basic realm="Familiar", charset="UTF-8"');
    answerWords(response, known.status, known.words);
  }

  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(options.port ?? 0, listen.address, () => {
      server.off("error", fail);
      done();
    });
  });
  port = (server.address() as AddressInfo).port;
  hosts = hostsOf(listen, port);
  const origin = originOf(listen, port);
  return {
    origin,
    url: `${origin}/?t=${secrets.owner}`,
    guestUrl: secrets.guest === undefined ? null : `${origin}/?t=${secrets.guest}`,
    port,
    token: secrets.owner,
    async close() {
      streams.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const limit = new Promise<void>((done) => setTimeout(done, lastAnswers).unref());
      await Promise.race([Promise.allSettled(underWay), limit]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A passphrase of their own lets guests in as well as an address. */
function guestsWanted({ guests, passphrases }: ServeOptions): boolean {
  return guests === true || passphrases?.guest !== undefined;
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
