import { floats, type ProviderName } from "../onnx/session.ts";
import { length, normalised } from "../lib/vectors.ts";
import { settings } from "../settings.ts";
import type { EmbedderPack } from "../types.ts";
import { openModel } from "./packs.ts";

export interface Embedded {
  /** Unit length, or null where the network gave no number. */
  readonly embedding: Float32Array | null;
  /** Length of the raw embedding. */
  readonly norm: number;
}
export interface Embedder {
  /** Crops of the pack's input side, interleaved RGB 0..255; one answer each, in order. */
  embed(crops: readonly Float32Array[]): Promise<Embedded[]>;
  close(): Promise<void>;
}

/** Loads an embedder. Throws `model-missing`, `accelerator-failed`. */
export async function openEmbedder(options: {
  readonly pack: EmbedderPack;
  readonly modelsDir: string;
  readonly provider: ProviderName;
  readonly threads: number;
}): Promise<Embedder> {
  const { pack, modelsDir, provider, threads } = options;
  const session = await openModel(modelsDir, pack.file, pack.sha256, { provider, threads });
  const plane = pack.input * pack.input;
  const input = new Float32Array(settings.embed.batch * 3 * plane);
  return {
    async embed(crops) {
      const found: Embedded[] = [];
      for (let start = 0; start < crops.length; start += settings.embed.batch) {
        const batch = crops.slice(start, start + settings.embed.batch);
        batch.forEach((crop, place) => {
          for (let channel = 0; channel < 3; channel++) {
            const to = (place * 3 + channel) * plane;
            for (let i = 0; i < plane; i++) input[to + i] = ((crop[i * 3 + channel] as number) - pack.mean) / pack.scale;
          }
        });
        const feed = { data: input.subarray(0, batch.length * 3 * plane), dims: [batch.length, 3, pack.input, pack.input] };
        const { data } = floats(await session.run({ [session.inputNames[0] ?? "input"]: feed }), session.outputNames[0] ?? "embedding");
        for (let place = 0; place < batch.length; place++) {
          const raw = data.slice(place * pack.dimensions, (place + 1) * pack.dimensions);
          const embedding = normalised(raw);
          found.push({ embedding, norm: embedding ? length(raw) : 0 });
        }
      }
      return found;
    },
    close: () => session.close(),
  };
}
