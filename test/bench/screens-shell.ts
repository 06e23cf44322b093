import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The engine and the screens in a process of their own, as a person has them. */
export interface Shell {
  readonly url: string;
  ask(name: string, args: unknown): Promise<unknown>;
  /** Resident memory of the engine's process in MB; null where the system does not tell. */
  memory(): number | null;
  close(): Promise<void>;
}

/** Starts `familiar serve` on a library and waits for its address. Throws what it said where it ends instead. */
export async function openShell(libraryDir: string): Promise<Shell> {
  const cli = fileURLToPath(new URL("../../electron/headless/cli.ts", import.meta.url));
  const child = spawn(process.execPath, [cli, "serve", "--json", "--library", libraryDir], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  let said = "";
  child.stderr.on("data", (piece: Buffer) => (said = `${said}${piece.toString()}`.slice(-2000)));
  const line = await Promise.race([
    new Promise<string>((done) => createInterface({ input: child.stdout }).once("line", done)),
    ended.then(() => Promise.reject(new Error(said))),
  ]);
  const { url } = JSON.parse(line) as { url: string };
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  return {
    url,
    async ask(name, args) {
      const { origin } = new URL(url);
      const headers = { "content-type": "application/json", cookie, origin };
      const response = await fetch(`${origin}/api/${name}`, { method: "POST", headers, body: JSON.stringify(args) });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer;
    },
    memory: () => residentMemory(child.pid ?? 0),
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** What a process holds in memory, MB; null where the system does not tell. */
export function residentMemory(pid: number): number | null {
  try {
    const found = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found === null ? null : Number(found[1]) / 1024;
  } catch {
    return null;
  }
}
