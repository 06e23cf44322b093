import { fork, type ChildProcess } from "node:child_process";
import type { RequestArgs, RequestName } from "../../electron/contract/args.ts";
import type { ProblemView } from "../../electron/contract/problems.ts";
import type { Results } from "../../electron/contract/requests.ts";

/** An engine in a process of its own, started from a bundle, as the desktop host starts it. */
export interface EngineProcess {
  /** Rejects with the problem's view. */
  ask<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Results[N]>;
  /** Everything it wrote to its standard outputs. */
  readonly said: () => string;
  close(): Promise<number | null>;
}
type Message = { readonly id?: number; readonly ok?: unknown; readonly problem?: ProblemView; readonly opened?: boolean };

/** Starts `entry` with `options` for `openEngine`; they must be plain data. Rejects where it cannot open the library. */
export async function startEngine(entry: string, options: object, env: NodeJS.ProcessEnv = process.env): Promise<EngineProcess> {
  // Nothing of this project's folder may help: the bundle has to find everything from where it lies.
  const child: ChildProcess = fork(entry, [], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
    cwd: "/",
    env,
    serialization: "advanced",
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (words += chunk.toString("utf8")));
  const waiting = new Map<number, { readonly done: (value: never) => void; readonly fail: (problem: unknown) => void }>();
  const ended = new Promise<number | null>((done) =>
    child.on("exit", (code) => {
      for (const { fail } of waiting.values()) fail(new Error(`The engine ended (${code}): ${words}`));
      done(code);
    }),
  );
  const opened = new Promise<void>((done, fail) => {
    void ended.then((code) => fail(new Error(`The engine ended (${code}): ${words}`)));
    child.on("message", (message: Message) => {
      if (message.opened === true) done();
      else if (message.opened === false) fail(message.problem);
      if (message.id === undefined) return;
      const waits = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.problem) waits?.fail(message.problem);
      else waits?.done(message.ok as never);
    });
  });
  child.send({ open: options });
  await opened;
  let next = 1;
  return {
    ask: (name, args) =>
      new Promise((done, fail) => {
        const id = next++;
        waiting.set(id, { done, fail });
        child.send({ id, name, args });
      }),
    said: () => words,
    close() {
      child.send({ close: true });
      return ended;
    },
  };
}
