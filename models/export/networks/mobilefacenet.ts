import { drawGraph, type ConvOptions, type PreluSpelling } from "../draw-graph.ts";
import { take, type Weights } from "../tensor.ts";
import type { Graph } from "../write-onnx.ts";

/** A bottleneck: widened to `wide` channels, looked at by a 3x3 depthwise convolution, narrowed to `out`. */
export interface Bottleneck {
  readonly name: string;
  readonly into: number;
  readonly wide: number;
  readonly out: number;
  readonly stride: 1 | 2;
}

/** MobileFaceNet's bottlenecks in order (Chen, Liu, Gao, Han 2018, table 1). Those that keep size and channels add their input. */
export const bottlenecks: readonly Bottleneck[] = [
  { name: "block2_0", into: 64, wide: 128, out: 64, stride: 2 },
  ...repeat("block2", 1, 4, 64, 128),
  { name: "block3_0", into: 64, wide: 256, out: 128, stride: 2 },
  ...repeat("block4", 0, 6, 128, 256),
  { name: "block5_0", into: 128, wide: 512, out: 128, stride: 2 },
  ...repeat("block6", 0, 2, 128, 256),
];

function repeat(name: string, first: number, count: number, channels: number, wide: number): Bottleneck[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}_${first + index}`,
    into: channels,
    wide,
    out: channels,
    stride: 1 as const,
  }));
}

const EMBEDDING = 192;
/** TensorFlow's SAME padding of a 3x3 window: at stride 2 over an even size only the end gets a row. */
const around: ConvOptions = { pads: [1, 1, 1, 1] };
const halving: ConvOptions = { stride: 2, pads: [0, 0, 1, 1] };

/** MobileFaceNet: aligned 112-pixel RGB faces in, raw 192-number embeddings out (their length is the quality of the face). */
export function mobilefacenet(weights: Weights, spelling: PreluSpelling): Graph {
  const draw = drawGraph("mobilefacenet", spelling);
  const conv = (name: string, input: string, out: number, into: number, side: number, options?: ConvOptions): string =>
    draw.conv(name, input, take(weights, `${name}.weight`, [out, into, side, side]), take(weights, `${name}.bias`, [out]), options);
  const depthwise = (name: string, input: string, channels: number, side: number, options?: ConvOptions): string =>
    conv(name, input, channels, 1, side, { ...options, groups: channels });
  const prelu = (name: string, input: string, channels: number): string =>
    draw.prelu(`${name}.prelu`, input, take(weights, `${name}.slope`, [channels]));

  const start = prelu("start", conv("start", "input", 64, 3, 3, halving), 64);
  const looked = prelu("start_depth", depthwise("start_depth", start, 64, 3, around), 64);
  let flow = conv("start_narrow", looked, 64, 64, 1);
  for (const { name, into, wide, out, stride } of bottlenecks) {
    const widened = prelu(`${name}.widen`, conv(`${name}.widen`, flow, wide, into, 1), wide);
    const depth = prelu(`${name}.depth`, depthwise(`${name}.depth`, widened, wide, 3, stride === 2 ? halving : around), wide);
    const narrowed = conv(`${name}.narrow`, depth, out, wide, 1);
    flow = stride === 1 ? draw.add(name, narrowed, flow) : narrowed;
  }
  const last = prelu("last", conv("last", flow, 512, 128, 1), 512);
  const whole = depthwise("whole", last, 512, 7);
  const mixed = conv("mixed", whole, 512, 512, 1);
  draw.flatten("embedding", conv("project", mixed, EMBEDDING, 512, 1));
  return draw.finish([{ name: "input", shape: ["n", 3, 112, 112] }], [{ name: "embedding", shape: ["n", EMBEDDING] }]);
}
