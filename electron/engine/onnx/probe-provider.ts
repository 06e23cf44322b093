import { availableParallelism } from "node:os";
import { settings } from "../settings.ts";
import type { ProbeAnswer } from "./probe-child.ts";
import { forkProbe, type RunProbe } from "./run-probe.ts";
import type { ProviderName } from "./session.ts";

export interface ProbeOptions {
  /** Path of the model to try it with. */
  readonly model: string;
  /** Milliseconds until it counts as hanging. */
  readonly timeLimit?: number;
  /** What runs the process; Node's own fork unless the host has to. */
  readonly run?: RunProbe;
}

export interface Probe {
  readonly available: boolean;
  /** How many times as fast as all of the CPU's cores; 0 where it is not available. */
  readonly speed: number;
  /** Faces a call at which it was quickest. */
  readonly batch: number;
  /** One sentence. */
  readonly why: string;
}

/**
 * Tries a provider in a process of its own, so that a crash or a hang there cannot take the engine down: it must load the model, run it, and
 * give what the CPU gives. Never throws.
 */
export async function probeProvider(
  name: ProviderName,
  { model, timeLimit = settings.accelerator.timeLimit, run = forkProbe() }: ProbeOptions,
): Promise<Probe> {
  const outcome = await run([name, model, String(availableParallelism())], timeLimit);
  if ("answer" in outcome) return judged(outcome.answer);
  if ("silent" in outcome) return no(`It did not answer within ${Math.round(timeLimit / 1000)} seconds.`);
  return no(`It crashed when it was tried (${outcome.ended}).`);
}

function judged({ failed, difference, accelerator, cpu, batch }: ProbeAnswer): Probe {
  if (failed) return no(plainly(failed));
  // What is not a number arrives here as null.
  if (!Number.isFinite(difference) || !(difference <= settings.accelerator.difference))
    return no("It gave other results than the processor.");
  const speed = cpu / accelerator;
  return { available: true, speed, batch, why: `It gives the processor's results, ${speed.toFixed(1)} times as fast as all of its cores.` };
}

function no(why: string): Probe {
  return { available: false, speed: 0, batch: settings.embed.batch, why };
}

/** ONNX Runtime's words for the usual cases as a person would say them; its own words for the rest. */
function plainly(failed: string): string {
  if (/backend not found/i.test(failed)) return "It does not exist for this kind of computer.";
  if (/load shared library|cannot open shared object|LoadLibrary/i.test(failed)) return "Its files are not installed.";
  if (/adapter/i.test(failed)) return "No graphics card with a suitable driver was found.";
  return `It did not start (${failed}).`;
}
