import type { EmbedderPack, FaceQuality, FivePoints } from "../types.ts";

/** Faces this many pixels wide or wider lose nothing by their size (accuracy of a crop passed through 48 px is 99.2 %, of 16 px 87.6 %). */
const enough = 48;
/** Where no raw length is known: half way. */
const unknown = 0.5;

/** How good a face is: the length of its raw embedding first (the best single figure), then its size; sharpness and yaw for sorting. */
export function qualityOf(pack: EmbedderPack, norm: number, pixels: number, points: FivePoints, crop: Float32Array | null): FaceQuality {
  const quantiles = pack.calibration?.normQuantiles;
  const byNorm = quantiles && norm > 0 ? between(norm, quantiles[0], quantiles[3]) : unknown;
  return { overall: byNorm * Math.min(1, Math.sqrt(pixels / enough)), pixels, sharpness: crop ? sharpnessOf(crop) : 0, yaw: yawOf(points) };
}

function between(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / Math.max(1e-6, high - low)));
}

/** Variance of the Laplacian of the green channel. */
function sharpnessOf(crop: Float32Array): number {
  const side = Math.sqrt(crop.length / 3);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = (y * side + x) * 3 + 1;
      const value =
        4 * (crop[at] as number) -
        (crop[at - 3] as number) -
        (crop[at + 3] as number) -
        (crop[at - side * 3] as number) -
        (crop[at + side * 3] as number);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}

/** Where the nose stands between the eyes: -1 at the left eye, 1 at the right one. */
function yawOf([left, right, nose]: FivePoints): number {
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const along = ((nose[0] - left[0]) * dx + (nose[1] - left[1]) * dy) / Math.max(1e-6, dx * dx + dy * dy);
  return Math.min(1, Math.max(-1, 2 * along - 1));
}
