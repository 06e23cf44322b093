import { drawGraph, type Pencil, type PreluSpelling } from "../draw-graph.ts";
import { take, type Weights } from "../tensor.ts";
import type { Graph } from "../write-onnx.ts";

/**
 * The three networks of MTCNN (Zhang, Zhang, Li, Qiao 2016), for upright RGB pictures. [Note: upright MTCNN]
 * The published weights expect the picture mirrored along its diagonal (width before height). The readers in `weights/mtcnn.ts`
 * swap the sides of every kernel and of the maps before the dense layers instead, so no network turns anything here.
 * Outputs: `prob` (channel 1 is "face"), `box` (dx1, dy1, dx2, dy2 in shares of the box side) and, from O-Net, `landmarks`
 * (five x, then five y, in shares of the box side).
 */

/** P-Net: proposes. Any picture in, one answer for every second pixel out (12-pixel window). */
export function pnet(weights: Weights, spelling: PreluSpelling): Graph {
  const draw = drawGraph("pnet", spelling);
  const first = draw.maxPool("pool1", convolve(draw, weights, "1", "input", [10, 3, 3, 3]), 2, 2);
  const second = convolve(draw, weights, "2", first, [16, 10, 3, 3]);
  const third = convolve(draw, weights, "3", second, [32, 16, 3, 3]);
  const score = draw.conv("conv4_1", third, take(weights, "conv4_1.weight", [2, 32, 1, 1]), take(weights, "conv4_1.bias", [2]));
  draw.softmax("prob", score);
  draw.conv("box", third, take(weights, "conv4_2.weight", [4, 32, 1, 1]), take(weights, "conv4_2.bias", [4]));
  return draw.finish(
    [{ name: "input", shape: ["n", 3, "height", "width"] }],
    [
      { name: "prob", shape: ["n", 2, "rows", "columns"] },
      { name: "box", shape: ["n", 4, "rows", "columns"] },
    ],
  );
}

/** R-Net: refines 24-pixel crops. */
export function rnet(weights: Weights, spelling: PreluSpelling): Graph {
  const draw = drawGraph("rnet", spelling);
  const first = draw.maxPool("pool1", convolve(draw, weights, "1", "input", [28, 3, 3, 3]), 3, 2);
  const second = draw.maxPool("pool2", convolve(draw, weights, "2", first, [48, 28, 3, 3]), 3, 2);
  const third = convolve(draw, weights, "3", second, [64, 48, 2, 2]);
  const fourth = dense(draw, weights, "4", draw.flatten("flat", third), 128, 576);
  draw.softmax("prob", draw.dense("dense5_1", fourth, take(weights, "dense5_1.weight", [2, 128]), take(weights, "dense5_1.bias", [2])));
  draw.dense("box", fourth, take(weights, "dense5_2.weight", [4, 128]), take(weights, "dense5_2.bias", [4]));
  return draw.finish(
    [{ name: "input", shape: ["n", 3, 24, 24] }],
    [
      { name: "prob", shape: ["n", 2] },
      { name: "box", shape: ["n", 4] },
    ],
  );
}

/** O-Net: settles 48-pixel crops and finds the five points. */
export function onet(weights: Weights, spelling: PreluSpelling): Graph {
  const draw = drawGraph("onet", spelling);
  const first = draw.maxPool("pool1", convolve(draw, weights, "1", "input", [32, 3, 3, 3]), 3, 2);
  const second = draw.maxPool("pool2", convolve(draw, weights, "2", first, [64, 32, 3, 3]), 3, 2);
  const third = draw.maxPool("pool3", convolve(draw, weights, "3", second, [64, 64, 3, 3]), 2, 2);
  const fourth = convolve(draw, weights, "4", third, [128, 64, 2, 2]);
  const fifth = dense(draw, weights, "5", draw.flatten("flat", fourth), 256, 1152);
  draw.softmax("prob", draw.dense("dense6_1", fifth, take(weights, "dense6_1.weight", [2, 256]), take(weights, "dense6_1.bias", [2])));
  draw.dense("box", fifth, take(weights, "dense6_2.weight", [4, 256]), take(weights, "dense6_2.bias", [4]));
  draw.dense("landmarks", fifth, take(weights, "dense6_3.weight", [10, 256]), take(weights, "dense6_3.bias", [10]));
  return draw.finish(
    [{ name: "input", shape: ["n", 3, 48, 48] }],
    [
      { name: "prob", shape: ["n", 2] },
      { name: "box", shape: ["n", 4] },
      { name: "landmarks", shape: ["n", 10] },
    ],
  );
}

function convolve(draw: Pencil, weights: Weights, number: string, input: string, shape: readonly [number, number, number, number]): string {
  const kernel = take(weights, `conv${number}.weight`, shape);
  const drawn = draw.conv(`conv${number}`, input, kernel, take(weights, `conv${number}.bias`, [shape[0]]));
  return draw.prelu(`prelu${number}`, drawn, take(weights, `prelu${number}.weight`, [shape[0]]));
}

function dense(draw: Pencil, weights: Weights, number: string, input: string, out: number, inside: number): string {
  const matrix = take(weights, `dense${number}.weight`, [out, inside]);
  const drawn = draw.dense(`dense${number}`, input, matrix, take(weights, `dense${number}.bias`, [out]));
  return draw.prelu(`prelu${number}`, drawn, take(weights, `prelu${number}.weight`, [out]), true);
}
