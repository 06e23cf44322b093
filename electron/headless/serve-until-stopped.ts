import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DoorProblem, problemOf, type EngineDoor } from "./engine-door.ts";
import { howToRestore } from "./safety-verbs.ts";
import type { Secrets } from "./guard.ts";
import { isLoopback, listenAt } from "./listen-at.ts";
import { shortest } from "./passphrase.ts";
import { serve } from "./serve.ts";

/** What stands on the command line of `serve`, as it was typed. */
export interface ServeWords {
  readonly port: number;
  readonly json: boolean;
  readonly listen?: string | undefined;
  readonly name?: string | undefined;
  readonly guests?: boolean | undefined;
  readonly "passphrase-file"?: string | undefined;
  readonly "guest-passphrase-file"?: string | undefined;
}

/** Serves the screens until the process is told to stop; folders given are added and read. Prints the address first, and warns where others can reach it. */
export async function serveUntilStopped(engine: EngineDoor, folders: readonly string[], words: ServeWords): Promise<undefined> {
  const { port, json } = words;
  const listen = listenAt(words.listen, words.name);
  const passphrases = passphrasesOf(words);
  const rendererDir = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../../dist/renderer" : "../renderer", import.meta.url));
  if (!existsSync(rendererDir)) throw new DoorProblem("not-found", rendererDir, "The screens are not built yet: run npm run build first.");
  const open = await isOpen(engine);
  const guests = words.guests === true;
  const served = await serve(engine, { rendererDir, port, listen, guests, ...(passphrases === undefined ? {} : { passphrases }) });
  if (!isLoopback(listen.address))
    process.stderr.write(
      "Other computers can reach Familiar at this address. What goes over the network is not encrypted: use it only at home, or behind a server that speaks HTTPS.\n",
    );
  // Listened for before anybody is told the address: who knows it may end this at once.
  const stopped = new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  const { url, guestUrl } = served;
  const told = guestUrl === null ? { url } : { url, guestUrl };
  process.stdout.write(
    json ? `${JSON.stringify(told)}\n` : `${url}\n${guestUrl === null ? "" : `For guests, who may only look: ${guestUrl}\n`}`,
  );
  if (folders.length > 0 && open) await engine.request("folders.add", { paths: folders.map((path) => resolve(path)) });
  await stopped;
  await served.close();
  return undefined;
}

/** A library open elsewhere is refused; one that cannot be opened is served all the same, since the screen can put a copy back. */
async function isOpen(engine: EngineDoor): Promise<boolean> {
  try {
    await engine.request("status", {});
    return true;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.code === "library-locked") throw thrown;
    process.stderr.write(`${problem.sentence} ${problem.act}\n`);
    if (problem.code === "library-damaged") process.stderr.write(`${howToRestore}\n`);
    return false;
  }
}

/** Passphrases stand in files, since every program on a computer sees what stands on a command line. */
function passphrasesOf(words: ServeWords): Secrets | undefined {
  const owner = read(words["passphrase-file"]);
  const guest = read(words["guest-passphrase-file"]);
  if (owner === undefined && guest === undefined) return undefined;
  if (owner === undefined) throw new DoorProblem("bad-request", "", "A passphrase for guests needs one for the owner too.");
  if (owner === guest) throw new DoorProblem("bad-request", "", "Guests need a passphrase of their own.");
  return { owner, guest };
}

function read(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(resolve(path), "utf8");
  } catch {
    throw new DoorProblem("bad-request", path, "The file with the passphrase could not be read.");
  }
  const passphrase = text.split(/\r?\n/u)[0] ?? "";
  if (passphrase.length < shortest) throw new DoorProblem("bad-request", path, `A passphrase needs at least ${shortest} letters.`);
  return passphrase;
}
