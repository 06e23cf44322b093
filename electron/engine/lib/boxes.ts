import type { PixelBox, UnitBox } from "../types.ts";

type Box = readonly [number, number, number, number];

/** Intersection over union of two boxes of one space, 0..1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

/** Share of `inner` that lies inside `outer`, 0..1. */
export function shareInside(inner: Box, outer: Box): number {
  const width = Math.min(inner[0] + inner[2], outer[0] + outer[2]) - Math.max(inner[0], outer[0]);
  const height = Math.min(inner[1] + inner[3], outer[1] + outer[3]) - Math.max(inner[1], outer[1]);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (inner[2] * inner[3]);
}

/** Pixels of a `width` x `height` picture as fractions of it, cut at its edges. */
export function toUnitBox(box: PixelBox, width: number, height: number): UnitBox {
  const left = clamp(box[0] / width);
  const top = clamp(box[1] / height);
  return [left, top, clamp((box[0] + box[2]) / width) - left, clamp((box[1] + box[3]) / height) - top];
}

/** Fractions of a picture as pixels of its `width` x `height` copy. */
export function toPixelBox(box: UnitBox, width: number, height: number): PixelBox {
  return [box[0] * width, box[1] * height, box[2] * width, box[3] * height];
}

/** `value` held between `low` and `high`. */
export function clamp(value: number, low = 0, high = 1): number {
  return value < low ? low : value > high ? high : value;
}
