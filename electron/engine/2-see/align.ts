import { inverse, scaleOf, similarity, type Matrix } from "../lib/similarity.ts";
import type { EmbedderPack, FivePoints, PixelBox, Pixels } from "../types.ts";
import { buildMips, levelFor, type Mips } from "./mips.ts";

/** From the photo to the crop, in pixels with centres at integers; null where the points are degenerate. */
export function alignment(pack: EmbedderPack, points: FivePoints, box: PixelBox): Matrix | null {
  if (pack.template.kind === "points") return similarity(points, pack.template.points);
  const side = (Math.max(box[2], box[3]) * pack.input) / (pack.input - pack.template.margin);
  const scale = pack.input / side;
  if (!Number.isFinite(scale)) return null;
  return [scale, 0, -(box[0] + box[2] / 2 - side / 2) * scale, 0, scale, -(box[1] + box[3] / 2 - side / 2) * scale];
}

/** RGB crop of `side` x `side`, 0..255 floats, interleaved: bilinear, outside of the photo 0, read from the halving next above its scale. */
export function warp(pixels: Pixels, matrix: Matrix, side: number, mips: Mips = buildMips(pixels)): Float32Array {
  const out = new Float32Array(side * side * 3);
  const depth = scaleOf(matrix) >= 0.5 ? 0 : levelFor(mips, 1 / scaleOf(matrix));
  const source = mips.levels[depth] ?? pixels;
  const shrink = 2 ** depth;
  const [a, b, c, d, e, f] = inverse(matrix);
  const shift = (1 / shrink - 1) / 2;
  const { data, width, height } = source;
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 3) {
      const x = (a * column + b * row + c) / shrink + shift;
      const y = (d * column + e * row + f) / shrink + shift;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const right = x - left;
      const under = y - top;
      add(out, at, data, width, height, left, top, (1 - right) * (1 - under));
      add(out, at, data, width, height, left + 1, top, right * (1 - under));
      add(out, at, data, width, height, left, top + 1, (1 - right) * under);
      add(out, at, data, width, height, left + 1, top + 1, right * under);
    }
  }
  return out;
}

function add(out: Float32Array, at: number, data: Uint8Array, width: number, height: number, x: number, y: number, weight: number): void {
  if (weight === 0 || x < 0 || y < 0 || x >= width || y >= height) return;
  const from = (y * width + x) * 3;
  out[at] = (out[at] as number) + weight * (data[from] as number);
  out[at + 1] = (out[at + 1] as number) + weight * (data[from + 1] as number);
  out[at + 2] = (out[at + 2] as number) + weight * (data[from + 2] as number);
}
