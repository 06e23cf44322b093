import { refuse } from "../refuse.ts";
import { elements, reshape, transpose, type Tensor, type Weights } from "../tensor.ts";

/** Which of MTCNN's networks, and its parts under their names in the checkpoint and in the TensorFlow Lite file. */
export type MtcnnStage = "pnet" | "rnet" | "onet";
const parts: Record<MtcnnStage, readonly (readonly [ours: string, theirs: string])[]> = {
  pnet: [...layers("conv", 3, "conv"), ["conv4_1", "conv4-1"], ["conv4_2", "conv4-2"], ...layers("prelu", 3, "PReLU")],
  rnet: [
    ...layers("conv", 3, "conv"),
    ["dense4", "conv4"],
    ["dense5_1", "conv5-1"],
    ["dense5_2", "conv5-2"],
    ...layers("prelu", 4, "prelu"),
  ],
  onet: [
    ...layers("conv", 4, "conv"),
    ["dense5", "conv5"],
    ["dense6_1", "conv6-1"],
    ["dense6_2", "conv6-2"],
    ["dense6_3", "conv6-3"],
    ...layers("prelu", 5, "prelu"),
  ],
};

function layers(ours: string, count: number, theirs: string): (readonly [string, string])[] {
  return Array.from({ length: count }, (_, index) => [`${ours}${index + 1}`, `${theirs}${index + 1}`] as const);
}

/** MTCNN's TensorFlow Lite tensors under the networks' names and layout, made upright. See [Note: upright MTCNN]. */
export function mtcnnFromTflite(stage: MtcnnStage, tensors: Weights): Weights {
  const result = new Map<string, Tensor>();
  for (const [ours, theirs] of parts[stage]) {
    const path = `${stage}/${theirs}`;
    if (ours.startsWith("prelu")) {
      result.set(`${ours}.weight`, found(tensors, `${path}/alpha/read`));
    } else if (ours.startsWith("conv")) {
      // Kernels lie output, height, width, input with height and width exchanged: output, input, width, height sets both right.
      result.set(`${ours}.weight`, transpose(found(tensors, `${path}/weights/read`), [0, 3, 2, 1]));
      result.set(`${ours}.bias`, found(tensors, `${path}/Conv2D_bias`));
    } else {
      result.set(`${ours}.weight`, upright(ours, found(tensors, `${path}/weights/read/transpose`)));
      result.set(`${ours}.bias`, found(tensors, `${path}/${theirs}/MatMul_bias`));
    }
  }
  return result;
}

/** The same from a PyTorch state dict, whose kernels are upright already. */
export function mtcnnFromCheckpoint(stage: MtcnnStage, tensors: Weights): Weights {
  const result = new Map<string, Tensor>();
  for (const [ours] of parts[stage]) {
    const weight = found(tensors, `${ours}.weight`);
    result.set(`${ours}.weight`, ours.startsWith("dense") ? upright(ours, weight) : weight);
    if (!ours.startsWith("prelu")) result.set(`${ours}.bias`, found(tensors, `${ours}.bias`));
  }
  return result;
}

/** The first dense layer reads a 3x3 map flattened width, height, channel; ours comes channel, height, width. */
function upright(name: string, weight: Tensor): Tensor {
  if (name !== "dense4" && name !== "dense5") return weight;
  const out = weight.shape[0] ?? 0;
  const channels = elements(weight.shape) / (out * 9);
  return reshape(transpose(reshape(weight, [out, 3, 3, channels]), [0, 3, 2, 1]), [out, 9 * channels]);
}

function found(tensors: Weights, name: string): Tensor {
  return tensors.get(name) ?? refuse(`there is no tensor "${name}"`);
}
