import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../errors.ts";
import type { DetectorPack, EmbedderPack, PackManifest } from "../types.ts";

/** Reads the manifest that the exporter wrote. Throws `model-missing` where there is none or it is of another make. */
export function readManifest(modelsDir: string): PackManifest {
  const file = join(modelsDir, "manifest.json");
  if (!existsSync(file)) throw new Problem("model-missing", file);
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as PackManifest;
    if (manifest.version !== 1 || manifest.detectors.length === 0) throw new Error("not a manifest of this version");
    return manifest;
  } catch (thrown) {
    throw new Problem("model-missing", `${file}: ${String(thrown)}`, { cause: thrown });
  }
}

/** The detector; there is one. */
export function detectorOf(manifest: PackManifest): DetectorPack {
  const detector = manifest.detectors[0];
  if (!detector) throw new Problem("model-missing", "no detector");
  return detector;
}

/** The embedder of that name. Throws `not-found`. */
export function embedderOf(manifest: PackManifest, name: string): EmbedderPack {
  const embedder = manifest.embedders.find((pack) => pack.name === name);
  if (!embedder) throw new Problem("not-found", name, { sentence: `There is no model called ${name} here.` });
  return embedder;
}
