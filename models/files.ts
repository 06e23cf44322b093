import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../electron/engine/errors.ts";
import type { PackManifest } from "../electron/engine/types.ts";

/** SHA-256 of bytes, lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** SHA-256 of a file, read in pieces so that the thread stays free. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, signal ? { signal } : {})) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Puts a file in place whole or not at all. Says whether anything changed. */
export function putFile(path: string, bytes: Uint8Array): boolean {
  if (existsSync(path) && Buffer.compare(readFileSync(path), bytes) === 0) return false;
  const draft = `${path}.new`;
  try {
    writeFileSync(draft, bytes);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return true;
}

/** The manifest in a models folder, or an empty one where there is none that can be read. */
export function manifestIn(outDir: string): PackManifest {
  const none: PackManifest = { version: 1, detectors: [], embedders: [] };
  try {
    const read = JSON.parse(readFileSync(join(outDir, "manifest.json"), "utf8")) as Partial<PackManifest>;
    if (read.version !== 1 || !Array.isArray(read.detectors) || !Array.isArray(read.embedders)) return none;
    return { version: 1, detectors: read.detectors, embedders: read.embedders };
  } catch {
    return none;
  }
}

/** Writes `manifest.json`. Says whether anything changed. */
export function putManifest(outDir: string, manifest: PackManifest): boolean {
  return putFile(join(outDir, "manifest.json"), new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
}

/** The bytes of a file that must have that hash. Throws `model-missing` where it is not there, `model-mismatch` where it is another. */
export function readPinned(path: string, expected: string): Uint8Array {
  if (!existsSync(path)) throw new Problem("model-missing", path);
  const bytes = readFileSync(path);
  const found = sha256(bytes);
  if (found !== expected) throw new Problem("model-mismatch", `${path}: its SHA-256 is ${found}, not ${expected}`);
  return bytes;
}
