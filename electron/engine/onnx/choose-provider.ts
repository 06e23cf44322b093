import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProviderView } from "../../contract/views.ts";
import { settings } from "../settings.ts";
import type { PackManifest } from "../types.ts";
import { probeProvider, type Probe, type ProbeOptions } from "./probe-provider.ts";
import { providerNames, type ProviderName } from "./session.ts";

const words: Readonly<Record<ProviderName, string>> = {
  cpu: "Processor",
  dml: "Graphics card (DirectML)",
  cuda: "NVIDIA graphics card (CUDA)",
  coreml: "Apple Neural Engine and graphics (CoreML)",
  webgpu: "Graphics card (WebGPU)",
};

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
  readonly modelsDir: string;
  /** Tries one provider; another one only in tests. */
  readonly probe?: (name: ProviderName, options: ProbeOptions) => Promise<Probe>;
  readonly platform?: NodeJS.Platform;
}

const known = new Map<string, Promise<Probe>>();

/**
 * Picks what runs the embedder, with the reason in a sentence: on `auto` the first candidate that works and is clearly faster than the CPU,
 * otherwise the wanted one if it works. Each is tried once as long as the engine runs. Never throws: the CPU is always there.
 */
export async function chooseProvider({ wanted, modelsDir, probe = probeOnce, platform }: ChooseOptions): Promise<ProviderView> {
  const model = await embedderPath(modelsDir);
  if (wanted === "cpu") return view("cpu", "You chose it.");
  if (!model) return view("cpu", "No model is there yet to try an accelerator with.");
  if (wanted !== "auto") {
    const name = providerNames.find((one) => one === wanted);
    if (!name) return view("cpu", `Familiar does not know "${wanted}".`);
    const { available, why } = await probe(name, { model });
    return available ? view(name, `You chose it. ${why}`) : view("cpu", `${words[name]} cannot be used. ${why}`);
  }
  const reasons: string[] = [];
  for (const name of candidates(platform)) {
    if (name === "cpu") break;
    const { available, speed, why } = await probe(name, { model });
    if (available && speed >= settings.accelerator.worthwhile) return view(name, why);
    reasons.push(available ? `${words[name]} works, but is not faster than the processor.` : `${words[name]} cannot be used. ${why}`);
  }
  return view("cpu", reasons.length > 0 ? reasons.join(" ") : "Familiar knows no accelerator for this kind of computer.");
}

function probeOnce(name: ProviderName, options: ProbeOptions): Promise<Probe> {
  const key = `${name} ${options.model}`;
  const found = known.get(key) ?? probeProvider(name, options);
  known.set(key, found);
  return found;
}

/** The first embedder's file: what is tried is what will run. */
async function embedderPath(modelsDir: string): Promise<string | null> {
  try {
    const manifest = JSON.parse(await readFile(join(modelsDir, "manifest.json"), "utf8")) as PackManifest;
    const file = manifest.embedders[0]?.file;
    return file === undefined ? null : join(modelsDir, file);
  } catch {
    return null;
  }
}

function view(name: ProviderName, why: string): ProviderView {
  return { name, words: words[name], why };
}
