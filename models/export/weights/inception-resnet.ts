import { elements, take, type Tensor, type Weights } from "../tensor.ts";

/** Added to every variance before its root, as the network was trained. */
const EPSILON = 0.001;

/**
 * FaceNet's state dict with each batch norm folded into the layer before it: weight * g / root, bias = b - mean * g / root
 * (the convolutions and the last dense layer have no bias of their own). The classifier (`logits.*`) is left behind.
 */
export function inceptionResnetFromCheckpoint(tensors: Weights): Weights {
  const result = new Map<string, Tensor>();
  for (const [name, tensor] of tensors) {
    if (name.endsWith(".conv.weight")) fold(tensors, result, name, `${name.slice(0, -".conv.weight".length)}.bn`);
    else if (name === "last_linear.weight") fold(tensors, result, name, "last_bn");
    else if (name.endsWith(".conv2d.weight") || name.endsWith(".conv2d.bias")) result.set(name, tensor);
  }
  return result;
}

function fold(tensors: Weights, result: Map<string, Tensor>, name: string, norm: string): void {
  const weight = tensors.get(name);
  if (!weight) return;
  const channels = weight.shape[0] ?? 0;
  const part = (suffix: string): Float32Array => take(tensors, `${norm}.${suffix}`, [channels]).data;
  const [gain, shift, mean, variance] = [part("weight"), part("bias"), part("running_mean"), part("running_var")];
  const inside = elements(weight.shape.slice(1));
  const folded = new Float32Array(weight.data.length);
  const bias = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const factor = (gain[channel] ?? 0) / Math.sqrt((variance[channel] ?? 0) + EPSILON);
    bias[channel] = (shift[channel] ?? 0) - (mean[channel] ?? 0) * factor;
    for (let index = channel * inside; index < (channel + 1) * inside; index++) folded[index] = (weight.data[index] ?? 0) * factor;
  }
  result.set(name, { shape: weight.shape, data: folded });
  result.set(name.replace(/weight$/, "bias"), { shape: [channels], data: bias });
}
