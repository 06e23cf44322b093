import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { ChildArgs } from "./child.ts";

/** A decision that was acknowledged. */
export interface Ack {
  readonly id: number;
  readonly kind: string;
}
/** What became of one child. */
export interface Outcome {
  /** It ended by itself: nothing was killed. */
  readonly finished: boolean;
  /** Where it died, in words; null where it was killed from outside. */
  readonly point: string | null;
  /** Points it passed when it finished. */
  readonly points: number;
  readonly acks: readonly Ack[];
  /** Everything it said, in order. */
  readonly said: readonly (readonly [word: string, what: string])[];
}

/** When to kill from outside: so long after it said this. */
export interface Moment {
  readonly word: "ready" | "open";
  readonly ms: number;
}

/** Starts the child; it dies at the point it was given, or is killed at `moment`, or finishes. Throws when it fails. */
export function runChild(child: string, args: ChildArgs, moment: Moment | null): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, JSON.stringify(args)], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(child), "cache") },
    });
    let out = "";
    let errors = "";
    let timer: NodeJS.Timeout | null = null;
    running.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      if (moment !== null && timer === null && out.includes(`${moment.word} `))
        timer = setTimeout(() => running.kill("SIGKILL"), moment.ms);
    });
    running.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    running.on("error", reject);
    running.on("close", (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      if (signal === null && code !== 0)
        return reject(new Error(`the child (${args.task}) failed with ${code ?? 0}:\n${out.slice(-500)}\n${errors}`));
      // What is not a whole line was not said.
      const said = out
        .split("\n")
        .slice(0, -1)
        .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)] as const);
      const told = (word: string): string | null => said.find(([one]) => one === word)?.[1] ?? null;
      resolve({
        finished: signal === null,
        point: told("hit"),
        points: Number(told("done") ?? 0),
        acks: said.filter(([word]) => word === "ack").map(([, what]) => JSON.parse(what) as Ack),
        said,
      });
    });
  });
}
