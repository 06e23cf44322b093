import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ProbeAnswer } from "./probe-child.ts";

/** How a trial ended: with an answer, in silence, or with its process (why, in a few words). */
export type ProbeOutcome = { readonly answer: ProbeAnswer } | { readonly silent: true } | { readonly ended: string };
/**
 * Runs probe-child with these arguments in a process of its own, for at most so many milliseconds. Never rejects. Node forks it; Electron's
 * main process has to start it where the engine is itself such a process, because a packed Electron does not run as Node.
 */
export type RunProbe = (args: readonly string[], timeLimit: number) => Promise<ProbeOutcome>;

/** probe-child as it lies beside this file, in the sources and in the bundle alike. */
export const probeEntry = fileURLToPath(new URL(`./probe-child${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/** Runs it as a process of Node; `entry` is another one only where a test needs one that crashes or hangs. */
export function forkProbe(entry: string = probeEntry): RunProbe {
  return (args, timeLimit) =>
    new Promise((resolve) => {
      const child = fork(entry, [...args], { stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] });
      const finish = (outcome: ProbeOutcome): void => {
        clearTimeout(timer);
        child.kill("SIGKILL");
        resolve(outcome);
      };
      const timer = setTimeout(() => finish({ silent: true }), timeLimit);
      child.on("message", (answer: ProbeAnswer) => finish({ answer }));
      child.on("error", (problem) => finish({ ended: problem.message }));
      child.on("exit", (code, signal) => finish({ ended: String(signal ?? `exit ${code}`) }));
    });
}
