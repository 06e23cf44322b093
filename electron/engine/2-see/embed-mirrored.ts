import { normalised } from "../lib/vectors.ts";
import type { Embedded, Embedder } from "./open-embedder.ts";

/**
 * Each crop as it is and mirrored, and the sum of the two raw answers: what a network says of one side only weighs half. Misses a tenth fewer
 * of the true pairs than one look at the same false-accept rate, for one more run of the embedder (build/decisions/mirrored-faces.md). The
 * length stays that of the crop as it is, which the packs' calibration goes by. Rejects with whatever the provider throws.
 */
export async function embedMirrored(
  embedder: Pick<Embedder, "embed">,
  crops: readonly Float32Array[],
  input: number,
): Promise<readonly Embedded[]> {
  const answers = await embedder.embed([...crops, ...crops.map((crop) => mirrored(crop, input))]);
  return crops.map((_, index) => summed(answers[index], answers[index + crops.length]));
}

/** A crop of three planes of side `input`, left for right. */
export function mirrored(crop: Float32Array, input: number): Float32Array {
  const out = new Float32Array(crop.length);
  for (let row = 0; row < crop.length; row += input) {
    for (let x = 0; x < input; x++) out[row + x] = crop[row + input - 1 - x] as number;
  }
  return out;
}

function summed(plain: Embedded | undefined, other: Embedded | undefined): Embedded {
  if (!plain?.embedding) return plain ?? { embedding: null, norm: 0 };
  if (!other?.embedding) return plain;
  const { embedding: a, norm } = plain;
  const { embedding: b, norm: otherNorm } = other;
  const sum = a.map((value, index) => value * norm + (b[index] as number) * otherNorm);
  return { embedding: normalised(sum) ?? a, norm };
}
