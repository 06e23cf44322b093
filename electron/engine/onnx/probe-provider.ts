import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { settings } from "../settings.ts";
import type { ProbeAnswer } from "./probe-child.ts";
import type { ProviderName } from "./session.ts";

export interface ProbeOptions {
  /** Path of the model to try it with. */
  readonly model: string;
  /** Milliseconds until it counts as hanging. */
  readonly timeLimit?: number;
  /** The process's entry; another one only where a test needs one that crashes or hangs. */
  readonly child?: string;
}

export interface Probe {
  readonly available: boolean;
  /** How many times as fast as all of the CPU's cores; 0 where it is not available. */
  readonly speed: number;
  /** One sentence. */
  readonly why: string;
}

const ownChild = fileURLToPath(new URL(`./probe-child${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/**
 * Tries a provider in a process of its own, so that a crash or a hang there cannot take the engine down: it must load the model, run it, and
 * give what the CPU gives. Never throws.
 */
export function probeProvider(
  name: ProviderName,
  { model, timeLimit = settings.accelerator.timeLimit, child = ownChild }: ProbeOptions,
): Promise<Probe> {
  return new Promise((resolve) => {
    let done = false;
    const finish = (probe: Probe): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      tried.kill("SIGKILL");
      resolve(probe);
    };
    const tried = fork(child, [name, model, String(availableParallelism())], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      // Under Electron the same binary must start as plain Node.
      env: process.versions["electron"] ? { ...process.env, ELECTRON_RUN_AS_NODE: "1" } : process.env,
    });
    const timer = setTimeout(() => finish(no(`It did not answer within ${Math.round(timeLimit / 1000)} seconds.`)), timeLimit);
    tried.on("message", (answer: ProbeAnswer) => finish(judged(answer)));
    tried.on("error", (problem) => finish(no(`It could not be tried: ${problem.message}`)));
    tried.on("exit", (code, signal) => finish(no(`It crashed when it was tried (${signal ?? `exit ${code}`}).`)));
  });
}

function judged({ failed, difference, accelerator, cpu }: ProbeAnswer): Probe {
  if (failed) return no(plainly(failed));
  // What is not a number arrives here as null.
  if (!Number.isFinite(difference) || !(difference <= settings.accelerator.difference))
    return no("It gave other results than the processor.");
  const speed = cpu / accelerator;
  return { available: true, speed, why: `It gives the processor's results, ${speed.toFixed(1)} times as fast as all of its cores.` };
}

function no(why: string): Probe {
  return { available: false, speed: 0, why };
}

/** ONNX Runtime's words for the usual cases as a person would say them; its own words for the rest. */
function plainly(failed: string): string {
  if (/backend not found/i.test(failed)) return "It does not exist for this kind of computer.";
  if (/load shared library|cannot open shared object|LoadLibrary/i.test(failed)) return "Its files are not installed.";
  if (/adapter/i.test(failed)) return "No graphics card with a suitable driver was found.";
  return `It did not start (${failed}).`;
}
