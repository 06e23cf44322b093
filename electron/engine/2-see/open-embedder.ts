import { asProblem } from "../errors.ts";
import { length, normalised } from "../lib/vectors.ts";
import { floats, type ProviderName } from "../onnx/session.ts";
import { settings } from "../settings.ts";
import type { EmbedderPack } from "../types.ts";
import { openModel } from "./packs.ts";

export interface EmbedderOptions {
  readonly pack: EmbedderPack;
  readonly modelsDir: string;
  readonly provider?: ProviderName;
  readonly threads?: number;
  /** Faces a call; accelerators want more than the CPU. */
  readonly batch?: number;
}
export interface Embedded {
  /** Unit length, or null where the network gave no usable answer. */
  readonly embedding: Float32Array | null;
  /** Length of the raw embedding: the best single figure of a face's quality. 0 where there is none. */
  readonly norm: number;
}

/** An embedder pack, loaded. */
export interface Embedder {
  readonly provider: ProviderName;
  /**
   * One answer a crop, in order, for crops as `cropFace` makes them (NCHW, normalised). Calls may overlap: faces of several photos then go
   * through the network together. Rejects with whatever the provider throws.
   */
  embed(crops: readonly Float32Array[]): Promise<readonly Embedded[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly crop: Float32Array;
  readonly resolve: (embedded: Embedded) => void;
  readonly reject: (problem: Error) => void;
}

/** Loads an embedder. Throws `model-missing`, or `accelerator-failed` for a provider that cannot be had. */
export async function openEmbedder({
  pack,
  modelsDir,
  provider = "cpu",
  threads = 1,
  batch: most = settings.embed.batch,
}: EmbedderOptions): Promise<Embedder> {
  const session = await openModel(modelsDir, pack.file, pack.sha256, { provider, threads });
  const { input, dimensions } = pack;
  const size = 3 * input * input;
  const room = new Float32Array(most * size);
  const queue: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function runBatch(batch: readonly Waiting[]): Promise<void> {
    batch.forEach(({ crop }, index) => room.set(crop, index * size));
    const feed = { data: room.subarray(0, batch.length * size), dims: [batch.length, 3, input, input] };
    const { data } = floats(await session.run({ [session.inputNames[0] ?? "input"]: feed }), "embedding");
    batch.forEach(({ resolve }, index) => resolve(embeddedOf(data.subarray(index * dimensions, (index + 1) * dimensions), dimensions)));
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      await runBatch(batch).catch((thrown: unknown) => {
        const problem = thrown instanceof Error ? thrown : asProblem(thrown);
        for (const { reject } of batch) reject(problem);
      });
    }
    draining = undefined;
  }

  return {
    provider,
    embed(crops) {
      const answers = crops.map((crop) => new Promise<Embedded>((resolve, reject) => queue.push({ crop, resolve, reject })));
      draining ??= drain();
      return Promise.all(answers);
    },
    async close() {
      await draining;
      await session.close();
    },
  };
}

/** Splits a raw answer into its direction and its length. */
function embeddedOf(raw: Float32Array, dimensions: number): Embedded {
  const embedding = raw.length === dimensions ? normalised(raw) : null;
  return { embedding, norm: embedding ? length(raw) : 0 };
}
