import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../errors.ts";
import type { DetectorPack, EmbedderPack, PackManifest } from "../types.ts";

/**
 * Reads the manifest that the exporter wrote; with `packsDir`, where fetched packs lie, theirs too, their files by whole path. Throws
 * `model-missing` where the first is not there or of another make.
 */
export function readManifest(modelsDir: string, packsDir?: string): PackManifest {
  const whole = readOne(modelsDir);
  // The list may name one that was only fetched while developing; the built-in one is missed when it is opened.
  const embedders = whole.embedders.filter(({ file }, index) => index === 0 || existsSync(join(modelsDir, file)));
  const built = { ...whole, embedders };
  if (built.detectors.length === 0) throw new Problem("model-missing", `${modelsDir}: no detector`);
  if (packsDir === undefined || !existsSync(join(packsDir, "manifest.json"))) return built;
  const names = new Set(built.embedders.map(({ name }) => name));
  const fetched = fetchedIn(packsDir).filter(({ name, file }) => !names.has(name) && existsSync(join(packsDir, file)));
  return { ...built, embedders: [...built.embedders, ...fetched.map((pack) => ({ ...pack, file: join(packsDir, pack.file) }))] };
}

/** A damaged list of fetched packs is none: they can be fetched again, and the built-in one goes on serving. */
function fetchedIn(packsDir: string): readonly EmbedderPack[] {
  try {
    return readOne(packsDir).embedders;
  } catch {
    return [];
  }
}

function readOne(dir: string): PackManifest {
  const file = join(dir, "manifest.json");
  if (!existsSync(file)) throw new Problem("model-missing", file);
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as PackManifest;
    if (manifest.version !== 1 || !Array.isArray(manifest.detectors) || !Array.isArray(manifest.embedders))
      throw new Error("not a manifest of this version");
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
