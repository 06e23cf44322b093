import { drawGraph, type ConvOptions, type Pencil } from "../draw-graph.ts";
import { scaled, take, type Tensor, type Weights } from "../tensor.ts";
import type { Graph } from "../write-onnx.ts";

type Side = readonly [height: number, width: number];

/** What the blocks need: the pencil, and the weights after their batch norms were folded in. */
interface Sheet {
  readonly draw: Pencil;
  readonly weights: Weights;
}
/** One convolution with its ReLU: output channels, kernel, and where it steps by two or adds zeros. */
interface Step {
  readonly out: number;
  readonly side?: Side;
  readonly stride?: number;
  readonly padded?: boolean;
}

/**
 * Inception-ResNet v1 as FaceNet uses it (Szegedy, Ioffe, Vanhoucke, Alemi 2016; Schroff, Kalenichenko, Philbin 2015):
 * 160-pixel RGB faces in, raw 512-number embeddings out. Names follow the published PyTorch checkpoint.
 */
export function inceptionResnet(weights: Weights): Graph {
  const draw = drawGraph("facenet", "fast");
  const sheet: Sheet = { draw, weights };
  const three: Side = [3, 3];
  let flow = step(sheet, "conv2d_1a", "input", 3, { out: 32, side: three, stride: 2 });
  flow = step(sheet, "conv2d_2a", flow, 32, { out: 32, side: three });
  flow = step(sheet, "conv2d_2b", flow, 32, { out: 64, side: three, padded: true });
  flow = draw.maxPool("maxpool_3a", flow, 3, 2, true);
  flow = step(sheet, "conv2d_3b", flow, 64, { out: 80 });
  flow = step(sheet, "conv2d_4a", flow, 80, { out: 192, side: three });
  flow = step(sheet, "conv2d_4b", flow, 192, { out: 256, side: three, stride: 2 });
  for (let index = 0; index < 5; index++) flow = block35(sheet, `repeat_1.${index}`, flow);
  flow = mixed6a(sheet, flow);
  for (let index = 0; index < 10; index++) flow = block17(sheet, `repeat_2.${index}`, flow);
  flow = mixed7a(sheet, flow);
  for (let index = 0; index < 5; index++) flow = draw.relu(`repeat_3.${index}`, block8(sheet, `repeat_3.${index}`, flow, 0.2));
  flow = block8(sheet, "block8", flow, 1);
  const pooled = draw.flatten("flat", draw.globalAverage("average", flow));
  draw.dense("embedding", pooled, take(weights, "last_linear.weight", [512, 1792]), take(weights, "last_linear.bias", [512]));
  return draw.finish([{ name: "input", shape: ["n", 3, 160, 160] }], [{ name: "embedding", shape: ["n", 512] }]);
}

function block35(sheet: Sheet, name: string, input: string): string {
  const narrow: Step = { out: 32 };
  const wide: Step = { out: 32, side: [3, 3], padded: true };
  const branches = [
    step(sheet, `${name}.branch0`, input, 256, narrow),
    chain(sheet, `${name}.branch1`, input, 256, [narrow, wide]),
    chain(sheet, `${name}.branch2`, input, 256, [narrow, wide, wide]),
  ];
  return sheet.draw.relu(name, residual(sheet, name, input, branches, 256, 96, 0.17));
}

function block17(sheet: Sheet, name: string, input: string): string {
  const branches = [
    step(sheet, `${name}.branch0`, input, 896, { out: 128 }),
    chain(sheet, `${name}.branch1`, input, 896, [
      { out: 128 },
      { out: 128, side: [1, 7], padded: true },
      { out: 128, side: [7, 1], padded: true },
    ]),
  ];
  return sheet.draw.relu(name, residual(sheet, name, input, branches, 896, 256, 0.1));
}

/** Without its ReLU, which the last block does not have. */
function block8(sheet: Sheet, name: string, input: string, scale: number): string {
  const branches = [
    step(sheet, `${name}.branch0`, input, 1792, { out: 192 }),
    chain(sheet, `${name}.branch1`, input, 1792, [
      { out: 192 },
      { out: 192, side: [1, 3], padded: true },
      { out: 192, side: [3, 1], padded: true },
    ]),
  ];
  return residual(sheet, name, input, branches, 1792, 384, scale);
}

function mixed6a(sheet: Sheet, input: string): string {
  return sheet.draw.concat("mixed_6a", [
    step(sheet, "mixed_6a.branch0", input, 256, { out: 384, side: [3, 3], stride: 2 }),
    chain(sheet, "mixed_6a.branch1", input, 256, [
      { out: 192 },
      { out: 192, side: [3, 3], padded: true },
      { out: 256, side: [3, 3], stride: 2 },
    ]),
    sheet.draw.maxPool("mixed_6a.branch2", input, 3, 2, true),
  ]);
}

function mixed7a(sheet: Sheet, input: string): string {
  const narrow: Step = { out: 256 };
  return sheet.draw.concat("mixed_7a", [
    chain(sheet, "mixed_7a.branch0", input, 896, [narrow, { out: 384, side: [3, 3], stride: 2 }]),
    chain(sheet, "mixed_7a.branch1", input, 896, [narrow, { out: 256, side: [3, 3], stride: 2 }]),
    chain(sheet, "mixed_7a.branch2", input, 896, [narrow, { out: 256, side: [3, 3], padded: true }, { out: 256, side: [3, 3], stride: 2 }]),
    sheet.draw.maxPool("mixed_7a.branch3", input, 3, 2, true),
  ]);
}

/** input + scale * conv(branches), with the scale folded into the convolution. */
function residual(
  sheet: Sheet,
  name: string,
  input: string,
  branches: readonly string[],
  channels: number,
  inside: number,
  scale: number,
): string {
  const joined = sheet.draw.concat(`${name}.branches`, branches);
  const weight = scaled(take(sheet.weights, `${name}.conv2d.weight`, [channels, inside, 1, 1]), scale);
  const bias = scaled(take(sheet.weights, `${name}.conv2d.bias`, [channels]), scale);
  return sheet.draw.add(`${name}.sum`, sheet.draw.conv(`${name}.conv2d`, joined, weight, bias), input);
}

function chain(sheet: Sheet, name: string, input: string, into: number, steps: readonly Step[]): string {
  let flow = input;
  let channels = into;
  steps.forEach((each, index) => {
    flow = step(sheet, `${name}.${index}`, flow, channels, each);
    channels = each.out;
  });
  return flow;
}

function step(sheet: Sheet, name: string, input: string, into: number, { out, side = [1, 1], stride = 1, padded }: Step): string {
  const weight: Tensor = take(sheet.weights, `${name}.conv.weight`, [out, into, ...side]);
  const [down, across] = [(side[0] - 1) / 2, (side[1] - 1) / 2];
  const options: ConvOptions = padded ? { stride, pads: [down, across, down, across] } : { stride };
  return sheet.draw.relu(
    `${name}.relu`,
    sheet.draw.conv(`${name}.conv`, input, weight, take(sheet.weights, `${name}.conv.bias`, [out]), options),
  );
}
