import { bottlenecks } from "../networks/mobilefacenet.ts";
import { refuse } from "../refuse.ts";
import { scaled, transpose, type Tensor, type Weights } from "../tensor.ts";

/**
 * MobileFaceNet's TensorFlow Lite tensors under the network's names and layout. The file numbers its kernels in running order
 * (`Conv`, `Conv_1`, ...) but names biases and slopes by block; batch norms are folded in already. Its PReLU is spelled
 * relu(x) + c (x - |x|), so the slope is 2c.
 */
export function mobilefacenetFromTflite(tensors: Weights): Weights {
  const result = new Map<string, Tensor>();
  const found = (name: string): Tensor => tensors.get(name) ?? refuse(`there is no tensor "${name}"`);
  const conv = (name: string, kernel: string, bias: string): void => {
    result.set(`${name}.weight`, transpose(found(`MobileFaceNet/${kernel}/weights/read`), [0, 3, 1, 2]));
    result.set(`${name}.bias`, found(`MobileFaceNet/${bias}/Conv2D_bias`));
  };
  const depthwise = (name: string, kernel: string, bias: string): void => {
    // [1, height, width, channels] becomes [channels, 1, height, width].
    result.set(`${name}.weight`, transpose(found(`MobileFaceNet/${kernel}/depthwise_weights/read`), [3, 0, 1, 2]));
    result.set(`${name}.bias`, found(`MobileFaceNet/${bias}/depthwise_bias`));
  };
  const slope = (name: string, layer: string): void => {
    result.set(`${name}.slope`, scaled(found(`MobileFaceNet/MobileFaceNet/${layer}/mul`), 2));
  };

  conv("start", "Conv2d_0", "MobileFaceNet/Conv2d_0");
  slope("start", "Conv2d_0");
  depthwise("start_depth", "SeparableConv2d", "MobileFaceNet/SeparableConv2d");
  slope("start_depth", "SeparableConv2d");
  conv("start_narrow", "Conv", "MobileFaceNet/Conv");
  bottlenecks.forEach(({ name }, index) => {
    const block = `MobileFaceNet/Conv2d_${name.replace("block", "").replace("_", "_InvResBlock_")}`;
    conv(`${name}.widen`, `Conv_${2 * index + 1}`, `${block}/Conv`);
    slope(`${name}.widen`, `${block}/Conv`.replace("MobileFaceNet/", ""));
    depthwise(`${name}.depth`, `SeparableConv2d_${index + 1}`, `${block}/SeparableConv2d`);
    slope(`${name}.depth`, `${block}/SeparableConv2d`.replace("MobileFaceNet/", ""));
    conv(`${name}.narrow`, `Conv_${2 * index + 2}`, `${block}/Conv_1`);
  });
  conv("last", "Conv2d_7", "MobileFaceNet/Conv2d_7");
  slope("last", "Conv2d_7");
  depthwise("whole", "Logits/SeparableConv2d", "Logits/SeparableConv2d");
  conv("mixed", "Logits/Conv", "Logits/Conv");
  conv("project", "Logits/LinearConv1x1", "Logits/LinearConv1x1");
  return result;
}
