import { inverse, mapped, scaleOf, similarity, type Matrix } from "../lib/similarity.ts";
import type { EmbedderPack, FivePoints, PixelBox, Point } from "../types.ts";
import { levelFor, type Mips } from "./mips.ts";

/**
 * The map from the photo's pixels to the pack's input. By five points: the least-squares similarity to the pack's template, null where the
 * points say nothing. By margin: the box made square with its margin around it, turned upright by the `turned` quarter turns clockwise.
 */
export function alignment(
  pack: EmbedderPack,
  face: { readonly box: PixelBox; readonly points: FivePoints; readonly turned?: number },
): Matrix | null {
  if (pack.template.kind === "points") return similarity(face.points, pack.template.points);
  // The input holds the box and its share of the margin (facenet-pytorch: margin counted in pixels of the input).
  const side = (Math.max(face.box[2], face.box[3]) * pack.input) / (pack.input - pack.template.margin);
  return boxAlignment(face.box, side, pack.input, face.turned ?? 0);
}

/** The map that takes a square of `side` pixels about the box's centre to the whole input. */
export function boxAlignment(box: PixelBox, side: number, input: number, turned: number): Matrix | null {
  if (!(side > 1)) return null;
  const scale = input / side;
  const angle = (turned * Math.PI) / 2;
  const cos = scale * Math.round(Math.cos(angle));
  const sin = scale * Math.round(Math.sin(angle));
  const x = box[0] + box[2] / 2 - 0.5;
  const y = box[1] + box[3] / 2 - 0.5;
  const middle = (input - 1) / 2;
  return [cos, -sin, middle - cos * x + sin * y, sin, cos, middle - sin * x - cos * y];
}

/** The part of the photo that the crop of `matrix` covers, not cut at the photo's edges. */
export function covered(matrix: Matrix, input: number): PixelBox {
  const back = inverse(matrix);
  const corners: Point[] = [
    mapped(back, [-0.5, -0.5]),
    mapped(back, [input - 0.5, -0.5]),
    mapped(back, [-0.5, input - 0.5]),
    mapped(back, [input - 0.5, input - 0.5]),
  ];
  const xs = corners.map(([x]) => x + 0.5);
  const ys = corners.map(([, y]) => y + 0.5);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/**
 * The aligned crop as the pack wants it: NCHW, RGB, `(value - mean) / scale`, black outside of the photo. Reads bilinearly, from a halving of
 * the photo where the face is much larger than the crop, so that fine texture does not alias.
 */
export function cropFace(mips: Mips, matrix: Matrix, pack: Pick<EmbedderPack, "input" | "mean" | "scale">): Float32Array {
  const { input, mean, scale } = pack;
  const depth = levelFor(mips, 1 / scaleOf(matrix));
  const source = mips.levels[depth];
  const plane = input * input;
  const out = new Float32Array(3 * plane);
  if (!source) return out;
  const { data, width, height } = source;
  const [a, b, c, d, e, f] = inverse(matrix);
  const shrink = 2 ** depth;
  const shift = (1 - shrink) / (2 * shrink);
  let to = 0;
  for (let y = 0; y < input; y++) {
    let sx = (b * y + c) / shrink + shift;
    let sy = (e * y + f) / shrink + shift;
    for (let x = 0; x < input; x++, to++, sx += a / shrink, sy += d / shrink) {
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const shareX = sx - x0;
      const shareY = sy - y0;
      const leftIn = x0 >= 0 && x0 < width;
      const rightIn = x0 >= -1 && x0 < width - 1;
      const topIn = y0 >= 0 && y0 < height;
      const bottomIn = y0 >= -1 && y0 < height - 1;
      const at = (y0 * width + x0) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      if (topIn && leftIn) {
        const w = (1 - shareX) * (1 - shareY);
        red = w * (data[at] as number);
        green = w * (data[at + 1] as number);
        blue = w * (data[at + 2] as number);
      }
      if (topIn && rightIn) {
        const w = shareX * (1 - shareY);
        red += w * (data[at + 3] as number);
        green += w * (data[at + 4] as number);
        blue += w * (data[at + 5] as number);
      }
      const under = at + width * 3;
      if (bottomIn && leftIn) {
        const w = (1 - shareX) * shareY;
        red += w * (data[under] as number);
        green += w * (data[under + 1] as number);
        blue += w * (data[under + 2] as number);
      }
      if (bottomIn && rightIn) {
        const w = shareX * shareY;
        red += w * (data[under + 3] as number);
        green += w * (data[under + 4] as number);
        blue += w * (data[under + 5] as number);
      }
      out[to] = (red - mean) / scale;
      out[to + plane] = (green - mean) / scale;
      out[to + 2 * plane] = (blue - mean) / scale;
    }
  }
  return out;
}
