import { clamp } from "../lib/boxes.ts";
import type { Calibration, FaceQuality, FivePoints } from "../types.ts";
import { settings } from "../settings.ts";

/** What each of `normQuantiles` (1, 5, 50, 95 % of clean faces) counts for, 0..1. */
const shares = [0.1, 0.3, 0.75, 1] as const;

/**
 * How good a picture of a face this is. `crop` is the aligned crop (three planes, as the pack's input of side `input`, values divided by
 * `scale`); `pixels` the face's width in the full photo; `norm` the length of its raw embedding (0: none, and then quality is 0).
 */
export function faceQuality(face: {
  readonly norm: number;
  readonly pixels: number;
  readonly points: FivePoints;
  readonly crop: Float32Array | null;
  readonly input: number;
  readonly scale: number;
  readonly calibration: Calibration | null;
}): FaceQuality {
  const { norm, pixels, points, crop, input, scale, calibration } = face;
  const size = clamp(
    Math.log2(Math.max(pixels, 1) / settings.quality.tinyFace) / Math.log2(settings.quality.ampleFace / settings.quality.tinyFace),
  );
  const byNorm = calibration ? normShare(norm, calibration.normQuantiles) : size;
  return {
    overall: norm > 0 ? clamp((1 - settings.quality.sizePart) * byNorm + settings.quality.sizePart * size) : 0,
    pixels,
    sharpness: crop ? sharpness(crop, input, scale) : 0,
    yaw: yaw(points),
  };
}

function normShare(norm: number, quantiles: readonly number[]): number {
  let under = 0;
  let underShare = 0;
  for (let i = 0; i < shares.length; i++) {
    const at = quantiles[i] ?? 0;
    const share = shares[i] ?? 0;
    if (norm < at) return underShare + ((norm - under) / (at - under)) * (share - underShare);
    [under, underShare] = [at, share];
  }
  return 1;
}

/** Variance of the Laplacian of the crop's grey values (0..255): low where it is blurred (Pech-Pacheco et al. 2000). */
export function sharpness(crop: Float32Array, side: number, scale: number): number {
  const plane = side * side;
  const grey = new Float32Array(plane);
  for (let i = 0; i < plane; i++) {
    grey[i] = scale * (0.299 * (crop[i] as number) + 0.587 * (crop[i + plane] as number) + 0.114 * (crop[i + 2 * plane] as number));
  }
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let i = y * side + 1, end = i + side - 2; i < end; i++) {
      const value =
        (grey[i - 1] as number) +
        (grey[i + 1] as number) +
        (grey[i - side] as number) +
        (grey[i + side] as number) -
        4 * (grey[i] as number);
      sum += value;
      squares += value * value;
    }
  }
  const count = (side - 2) ** 2;
  return squares / count - (sum / count) ** 2;
}

/** Where the nose stands between the eyes, along the line through them: -1 at or beyond the left eye (in the picture) .. 1. */
export function yaw([left, right, nose]: FivePoints): number {
  const x = right[0] - left[0];
  const y = right[1] - left[1];
  const square = x * x + y * y;
  if (!(square > 0)) return 0;
  const along = ((nose[0] - left[0]) * x + (nose[1] - left[1]) * y) / square;
  return clamp(2 * along - 1, -1, 1);
}
