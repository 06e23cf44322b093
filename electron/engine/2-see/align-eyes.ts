import { inverse, scaleOf, type Matrix } from "../lib/similarity.ts";
import type { FivePoints, Pixels } from "../types.ts";
import { levelFor, type Mips } from "./mips.ts";

/** Where the eyes stand in the picture: how far apart and how high, as shares of its side. A whole face with hair and chin fits around. */
export interface EyePlaces {
  readonly apart: number;
  readonly high: number;
}

/** The map from the photo's pixels to a square picture in which the eyes stand level at their places; null where they fall together. */
export function eyeAlignment([left, right]: FivePoints, side: number, { apart, high }: EyePlaces): Matrix | null {
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const between = Math.hypot(dx, dy);
  if (!(between >= 1)) return null;
  const scale = (apart * side) / between;
  const [cos, sin] = [(scale * dx) / between, (scale * dy) / between];
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const [toX, toY] = [(side - 1) / 2, high * side - 0.5];
  return [cos, sin, toX - cos * x - sin * y, -sin, cos, toY + sin * x - cos * y];
}

/** The square picture of `matrix`, read bilinearly from the halving next above. Beyond the photo's edge its mirror image goes on. */
export function samplePicture(mips: Mips, matrix: Matrix, side: number): Pixels {
  const depth = levelFor(mips, 1 / scaleOf(matrix));
  const source = mips.levels[depth] ?? mips.levels[0];
  const out = new Uint8Array(3 * side * side);
  if (!source) return { data: out, width: side, height: side };
  const { data, width, height } = source;
  const [a, b, c, d, e, f] = inverse(matrix);
  const shrink = 2 ** depth;
  const shift = (1 - shrink) / (2 * shrink);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++, to += 3) {
      const sx = (a * x + b * y + c) / shrink + shift;
      const sy = (d * x + e * y + f) / shrink + shift;
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
      const [shareX, shareY] = [sx - x0, sy - y0];
      const [left, right] = [mirrored(x0, width), mirrored(x0 + 1, width)];
      const [top, bottom] = [mirrored(y0, height) * width, mirrored(y0 + 1, height) * width];
      for (let channel = 0; channel < 3; channel++) {
        const at = (pixel: number): number => data[pixel * 3 + channel] ?? 0;
        const above = at(top + left) * (1 - shareX) + at(top + right) * shareX;
        const below = at(bottom + left) * (1 - shareX) + at(bottom + right) * shareX;
        out[to + channel] = Math.round(above * (1 - shareY) + below * shareY);
      }
    }
  }
  return { data: out, width: side, height: side };
}

function mirrored(at: number, size: number): number {
  const inside = at < 0 ? -at - 1 : at >= size ? 2 * size - 1 - at : at;
  return inside < 0 ? 0 : inside >= size ? size - 1 : inside;
}
