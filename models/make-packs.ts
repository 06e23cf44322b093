import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../electron/engine/errors.ts";
import type { DetectorPack, EmbedderPack, PackManifest } from "../electron/engine/types.ts";
import { exportNetwork } from "./export/export-network.ts";
import { manifestIn, putFile, putManifest, readPinned, sha256, sha256OfFile } from "./files.ts";
import { detectors, embedders, type DetectorPlan, type EmbedderPlan, type PackageSource } from "./packs.ts";

export interface MakeOptions {
  /** The `node_modules` folder that holds the packages with the weights. */
  readonly packagesDir: string;
  /** Where the `.onnx` files and `manifest.json` go. */
  readonly outDir: string;
}
export interface Made {
  readonly manifest: PackManifest;
  /** Names of the files that are new or changed; empty where all were there already. */
  readonly written: readonly string[];
}

/**
 * Makes every pack whose weights a package brings, and keeps the fetched ones that are still whole. Exporting takes a fraction of
 * a second, so it is always done and compared: a changed exporter can never leave an old network behind.
 * Throws `model-missing` or `model-mismatch` where a package's file is not the pinned one.
 */
export async function makePacks(options: MakeOptions): Promise<Made> {
  const { packagesDir, outDir } = options;
  mkdirSync(outDir, { recursive: true });
  const written: string[] = [];
  const put = (file: string, bytes: Uint8Array): void => {
    if (putFile(join(outDir, file), bytes)) written.push(file);
  };
  const read = (source: PackageSource): Uint8Array => readPinned(join(packagesDir, source.package, source.file), source.sha256);

  const madeDetectors = detectors.map((plan) => makeDetector(plan, read, put));
  const before = manifestIn(outDir);
  const madeEmbedders: EmbedderPack[] = [];
  for (const plan of embedders) {
    if (plan.source.kind === "package") {
      const bytes = exportNetwork(plan.network, read(plan.source));
      put(plan.about.file, bytes);
      madeEmbedders.push(embedderOf(plan, bytes));
    } else {
      const kept = await stillWhole(plan, before, outDir);
      if (kept) madeEmbedders.push(kept);
    }
  }
  const manifest: PackManifest = { version: 1, detectors: madeDetectors, embedders: madeEmbedders };
  if (putManifest(outDir, manifest)) written.push("manifest.json");
  return { manifest, written };
}

/** The manifest's entry of an embedder whose network was just made. */
export function embedderOf(plan: EmbedderPlan, bytes: Uint8Array): EmbedderPack {
  return { ...plan.about, sha256: sha256(bytes), bytes: bytes.length };
}

function makeDetector(
  plan: DetectorPlan,
  read: (source: PackageSource) => Uint8Array,
  put: (file: string, bytes: Uint8Array) => void,
): DetectorPack {
  const { files } = plan.about;
  const pnet = exportNetwork("pnet", read(plan.sources.pnet));
  const rnet = exportNetwork("rnet", read(plan.sources.rnet));
  const onet = exportNetwork("onet", read(plan.sources.onet));
  put(files.pnet, pnet);
  put(files.rnet, rnet);
  put(files.onet, onet);
  return {
    ...plan.about,
    sha256: { pnet: sha256(pnet), rnet: sha256(rnet), onet: sha256(onet) },
    bytes: pnet.length + rnet.length + onet.length,
  };
}

/** A fetched pack's entry with today's description, or null where it was never fetched, is of an older make or has changed. */
export async function stillWhole(plan: EmbedderPlan, before: PackManifest, outDir: string): Promise<EmbedderPack | null> {
  const entry = before.embedders.find((pack) => pack.name === plan.about.name);
  const path = join(outDir, plan.about.file);
  if (!entry || entry.version !== plan.about.version || !existsSync(path)) return null;
  return (await sha256OfFile(path)) === entry.sha256 ? { ...plan.about, sha256: entry.sha256, bytes: entry.bytes } : null;
}

/** The description of a pack by name. Throws `not-found`. */
export function planOf(name: string): EmbedderPlan {
  const plan = embedders.find((candidate) => candidate.about.name === name);
  if (!plan) throw new Problem("not-found", name, { sentence: `There is no model called ${name}.` });
  return plan;
}
