import { availableParallelism } from "node:os";
import type { ProviderReason } from "../../contract/provider-reason.ts";
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
  readonly reason: ProviderReason;
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
  if ("silent" in outcome) return no({ code: "silent", seconds: Math.round(timeLimit / 1000) });
  return no({ code: "crashed", detail: outcome.ended });
}

function judged({ failed, difference, accelerator, cpu, batch }: ProbeAnswer): Probe {
  if (failed) return no(plainly(failed));
  // What is not a number arrives here as null.
  if (!Number.isFinite(difference) || !(difference <= settings.accelerator.difference)) return no({ code: "other-results" });
  const speed = cpu / accelerator;
  return { available: true, speed, batch, reason: { code: "works", speed } };
}

function no(reason: ProviderReason): Probe {
  return { available: false, speed: 0, batch: settings.embed.batch, reason };
}

/** The usual cases by ONNX Runtime's words for them; its own words for the rest. */
function plainly(failed: string): ProviderReason {
  if (/backend not found/i.test(failed)) return { code: "not-here" };
  if (/load shared library|cannot open shared object|LoadLibrary/i.test(failed)) return { code: "not-installed" };
  if (/adapter/i.test(failed)) return { code: "no-card" };
  return { code: "did-not-start", detail: failed };
}
