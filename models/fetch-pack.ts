import { mkdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asProblem, Problem } from "../electron/engine/errors.ts";
import type { EmbedderPack } from "../electron/engine/types.ts";
import { download, type DownloadOptions } from "./download.ts";
import { exportNetwork } from "./export/export-network.ts";
import { manifestIn, putFile, putManifest, sha256 } from "./files.ts";
import { embedderOf, planOf, stillWhole } from "./make-packs.ts";
import type { EmbedderPlan, FetchedSource } from "./packs.ts";

export interface FetchOptions extends DownloadOptions {
  /** The models folder: the network and its entry in `manifest.json` go there, and the unfinished download meanwhile. */
  readonly outDir: string;
  /** A copy that somebody has already; nothing is fetched then. */
  readonly file?: string;
}

/**
 * Adds a pack that is not built in: fetched (or read from `file`), checked by hash, exported, entered in the manifest.
 * Does nothing where it is there already. Exporting keeps its thread busy for a second or two.
 * Throws `not-found` for an unknown name, what `download` throws, and for a file `model-mismatch` or why it could not be read.
 */
export async function fetchPack(name: string, options: FetchOptions): Promise<EmbedderPack> {
  return addPack(planOf(name), options);
}

/** The same for a plan at hand. Throws `bad-request` where the pack comes with Familiar. */
export async function addPack(plan: EmbedderPlan, options: FetchOptions): Promise<EmbedderPack> {
  const { source } = plan;
  if (source.kind !== "fetched") throw new Problem("bad-request", `${plan.about.name} is built in`);
  const { outDir } = options;
  mkdirSync(outDir, { recursive: true });
  const there = await stillWhole(plan, manifestIn(outDir), outDir);
  if (there) return there;

  const part = join(outDir, `${plan.about.name}.weights.part`);
  if (options.file === undefined) await download(source, part, options);
  const weights = await wholeFile(options.file ?? part, source, options.signal);
  const network = exportNetwork(plan.network, weights);
  const pack = embedderOf(plan, network);
  try {
    putFile(join(outDir, plan.about.file), network);
    const before = manifestIn(outDir);
    putManifest(outDir, { ...before, embedders: [...before.embedders.filter((entry) => entry.name !== pack.name), pack] });
  } catch (error) {
    throw asProblem(error, outDir);
  }
  rmSync(part, { force: true });
  return pack;
}

/** The file's bytes, hashed as they are held so that nothing can change in between. */
async function wholeFile(path: string, source: FetchedSource, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    const { size } = statSync(path);
    if (size !== source.bytes) throw new Problem("model-mismatch", `${path}: it has ${size} bytes, not ${source.bytes}`);
    const bytes = await readFile(path, signal ? { signal } : {});
    const found = sha256(bytes);
    if (found !== source.sha256) throw new Problem("model-mismatch", `${path}: its SHA-256 is ${found}, not ${source.sha256}`);
    return bytes;
  } catch (error) {
    if (signal?.aborted) throw new Problem("cancelled", path);
    const problem = asProblem(error, path);
    throw problem.code === "file-vanished"
      ? new Problem("file-vanished", path, { sentence: "There is no such file.", cause: error })
      : problem;
  }
}
