import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Problem } from "../errors.ts";
import { openSession, type Session, type SessionOptions } from "../onnx/session.ts";
import type { DetectorPack, EmbedderPack, PackManifest } from "../types.ts";

/** The packs that stand ready in `modelsDir` (`manifest.json`). `model-missing` where there is none or it is not one. */
export async function readPacks(modelsDir: string): Promise<PackManifest> {
  const path = join(modelsDir, "manifest.json");
  let manifest: PackManifest;
  try {
    manifest = JSON.parse(await readFile(path, "utf8")) as PackManifest;
  } catch (thrown) {
    throw new Problem("model-missing", path, { cause: thrown });
  }
  if (manifest.version !== 1 || !Array.isArray(manifest.detectors) || !Array.isArray(manifest.embedders))
    throw new Problem("model-missing", path);
  return manifest;
}

/** The detector called `name`, or the first. */
export function detectorOf({ detectors }: PackManifest, name?: string): DetectorPack {
  const found = detectors.find((pack) => pack.name === name) ?? detectors[0];
  if (!found) throw new Problem("model-missing", name ?? "detector");
  return found;
}

/** The embedder called `name`; without a name the first. */
export function embedderOf({ embedders }: PackManifest, name?: string): EmbedderPack {
  const found = name === undefined ? embedders[0] : embedders.find((pack) => pack.name === name);
  if (!found) throw new Problem("model-missing", name ?? "embedder");
  return found;
}

/** Loads one of a pack's files, but only when its bytes are those the manifest names: `model-missing` otherwise. */
export async function openModel(modelsDir: string, file: string, sha256: string, options: SessionOptions): Promise<Session> {
  // A fetched pack names its file by its whole path.
  const path = resolve(modelsDir, file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (thrown) {
    throw new Problem("model-missing", path, { cause: thrown });
  }
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Problem("model-missing", path);
  return openSession(bytes, options);
}
