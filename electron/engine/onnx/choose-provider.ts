import { existsSync } from "node:fs";
import type { ProviderReason } from "../../contract/provider-reason.ts";
import type { ProviderView } from "../../contract/views.ts";
import { settings } from "../settings.ts";
import type { ProbeMemory } from "./probe-memory.ts";
import { providerView } from "./provider-view.ts";
import { probeProvider, type Probe, type ProbeOptions } from "./probe-provider.ts";
import type { RunProbe } from "./run-probe.ts";
import { providerNames, type ProviderName } from "./session.ts";

/** Providers worth trying on a platform, best first; the CPU always last. */
export function candidates(platform: NodeJS.Platform = process.platform): readonly ProviderName[] {
  if (platform === "win32") return ["dml", "webgpu", "cpu"];
  if (platform === "linux") return ["cuda", "webgpu", "cpu"];
  if (platform === "darwin") return ["coreml", "cpu"];
  return ["cpu"];
}

export interface ChooseOptions {
  /** `auto`, or a provider somebody chose. */
  readonly wanted: string;
  /** The embedder's file: what is tried is what will run. */
  readonly model: string;
  /** Names the model's bytes, the computer, its drivers and the runtime: a trial holds for these alone. */
  readonly mark: string;
  /** Where trials are remembered. */
  readonly memory: ProbeMemory;
  /** What runs the trial's process. */
  readonly run?: RunProbe;
  /** Tries one provider; another one only in tests. */
  readonly probe?: (name: ProviderName, options: ProbeOptions) => Promise<Probe>;
  readonly platform?: NodeJS.Platform;
}
/** What runs the embedder, and how many faces it gets a call. */
export interface Choice {
  readonly view: ProviderView;
  readonly batch: number;
}

/**
 * Picks what runs the embedder, with the reasons: on `auto` the first candidate that works and is clearly faster than the CPU,
 * otherwise the wanted one if it works. Each is tried once a computer and driver; one that somebody chooses although it failed is tried
 * again. Never throws: the CPU is always there.
 */
export async function chooseProvider(options: ChooseOptions): Promise<Choice> {
  const { wanted, model, platform } = options;
  if (wanted === "cpu") return cpu({ code: "chosen" });
  if (!existsSync(model)) return cpu({ code: "no-model" });
  if (wanted !== "auto") {
    const name = providerNames.find((one) => one === wanted);
    if (!name) return cpu({ code: "unknown", provider: wanted });
    const { available, reason, batch } = await tried(name, options, true);
    return available ? choice(name, [{ code: "chosen" }, reason], batch) : cpu({ code: "cannot", provider: name }, reason);
  }
  const reasons: ProviderReason[] = [];
  for (const name of candidates(platform)) {
    if (name === "cpu") break;
    const { available, speed, reason, batch } = await tried(name, options, false);
    if (available && speed >= settings.accelerator.worthwhile) return choice(name, [reason], batch);
    if (available) reasons.push({ code: "not-faster", provider: name });
    else reasons.push({ code: "cannot", provider: name }, reason);
  }
  return reasons.length > 0 ? cpu(...reasons) : cpu({ code: "none-known" });
}

async function tried(name: ProviderName, options: ChooseOptions, again: boolean): Promise<Probe> {
  const { model, mark, memory, run, probe = probeProvider } = options;
  const key = `${name} ${mark}`;
  const known = memory.get(key);
  if (known && (known.available || !again)) return known;
  const found = await probe(name, { model, ...(run === undefined ? {} : { run }) });
  memory.put(key, found);
  return found;
}

function cpu(...reasons: readonly ProviderReason[]): Choice {
  return choice("cpu", reasons, settings.embed.batch);
}
function choice(name: ProviderName, reasons: readonly ProviderReason[], batch: number): Choice {
  return { view: providerView(name, reasons), batch };
}
