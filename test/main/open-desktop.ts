import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFolder } from "../../electron/main/data-folder.ts";
import type { Acts } from "./double/control.ts";

export interface Desktop {
  /** A folder of its own: the app's data, and `library` in it. */
  readonly home: string;
  /** The app's own folder for its library. */
  readonly data: string;
  /** What the app wrote to its standard output so far. */
  readonly said: () => string;
  act<N extends keyof Acts>(name: N, ...args: Parameters<Acts[N]>): Promise<unknown>;
  /** Resolves with the exit code when the app has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it by force where it still runs, and removes its folder. */
  dispose(): Promise<void>;
}

/**
 * Starts the built desktop app in the stand-in for Electron. `beside`: on the same computer as another, with the library of that name there;
 * its folder stays that other's.
 */
export async function openDesktop(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  before?: (home: string) => void,
  beside?: { readonly home: string; readonly library: string },
): Promise<Desktop> {
  const home = beside?.home ?? mkdtempSync(join(tmpdir(), "familiar-desktop-"));
  const library = join(home, beside?.library ?? "library");
  before?.(home);
  const register = new URL("./double/register.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", register, "dist/main/main.js", ...args, `--library=${library}`], {
    env: { ...process.env, DOUBLE_HOME: home, ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let words = "";
  const waiting = new Map<number, { readonly done: (value: unknown) => void; readonly fail: (thrown: Error) => void }>();
  let next = 1;
  const ended = new Promise<number | null>((done) =>
    child.on("exit", (code) => {
      for (const { fail } of waiting.values()) fail(new Error("The app has ended."));
      done(code);
    }),
  );
  child.on("message", (message: { readonly id: number; readonly value?: unknown; readonly error?: string }) => {
    const waits = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) waits?.done(message.value);
    else waits?.fail(new Error(message.error));
  });
  const open = new Promise<void>((done) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      words += chunk.toString("utf8");
      if (words.includes("Familiar is open.")) done();
    });
  });
  await Promise.race([open, ended]);
  return {
    home,
    data: dataFolder(join(home, "userData"), library, ""),
    said: () => words,
    act: (name, ...given) =>
      new Promise((done, fail) => {
        if (!child.connected) return fail(new Error("The app has ended."));
        const id = next++;
        waiting.set(id, { done, fail });
        child.send({ id, act: name, args: given });
      }),
    ended,
    async dispose() {
      child.kill("SIGKILL");
      await ended;
      if (beside === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
