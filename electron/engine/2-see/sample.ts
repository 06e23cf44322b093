import type { Pixels } from "../types.ts";

/** Where each sample of one axis reads: two offsets into the picture's bytes and their weights. */
export interface Axis {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly lowWeight: Float64Array;
  readonly highWeight: Float64Array;
}

/** Room for `size` samples. */
export function makeAxis(size: number): Axis {
  return { low: new Int32Array(size), high: new Int32Array(size), lowWeight: new Float64Array(size), highWeight: new Float64Array(size) };
}

/**
 * Fills the first `count` samples of an axis: sample i lies at `first + i * step` (pixel centres at integers) of `limit` pixels that are
 * `stride` bytes apart. Outside of the picture is its edge, or with `hollow` nothing:
 * the network's zero, a middle grey. The published pipelines have black there; with grey a few more of the faces cut by the edge are found.
 */
export function fillAxis(axis: Axis, count: number, first: number, step: number, limit: number, stride: number, hollow: boolean): void {
  const { low, high, lowWeight, highWeight } = axis;
  const last = limit - 1;
  for (let i = 0; i < count; i++) {
    const at = first + i * step;
    const under = Math.floor(at);
    const share = at - under;
    const over = under + 1;
    low[i] = (under < 0 ? 0 : under > last ? last : under) * stride;
    high[i] = (over < 0 ? 0 : over > last ? last : over) * stride;
    lowWeight[i] = hollow && (under < 0 || under > last) ? 0 : 1 - share;
    highWeight[i] = hollow && (over < 0 || over > last) ? 0 : share;
  }
}

/** Value v becomes `(v - mean) / scale`, as every network here expects. */
export const networkMean = 127.5;
export const networkScale = 128;

/**
 * Reads a `width` x `height` grid bilinearly into `out` from `offset` on, as three planes R, G, B (NCHW) of normalised floats. The grid
 * starts at sample `x0` of `xs` and `y0` of `ys`; each sample's value does not depend on where the grid starts.
 */
export function sampleGrid(
  picture: Pixels,
  xs: Axis,
  x0: number,
  width: number,
  ys: Axis,
  y0: number,
  height: number,
  out: Float32Array,
  offset: number,
): void {
  const data = picture.data;
  const { low, high, lowWeight, highWeight } = xs;
  const plane = width * height;
  let to = offset;
  for (let y = 0; y < height; y++) {
    const row = ys.low[y0 + y] as number;
    const next = ys.high[y0 + y] as number;
    const rowWeight = (ys.lowWeight[y0 + y] as number) / networkScale;
    const nextWeight = (ys.highWeight[y0 + y] as number) / networkScale;
    for (let x = x0, end = x0 + width; x < end; x++, to++) {
      const left = low[x] as number;
      const right = high[x] as number;
      const leftWeight = lowWeight[x] as number;
      const rightWeight = highWeight[x] as number;
      const a = row + left;
      const b = row + right;
      const c = next + left;
      const d = next + right;
      const wa = rowWeight * leftWeight;
      const wb = rowWeight * rightWeight;
      const wc = nextWeight * leftWeight;
      const wd = nextWeight * rightWeight;
      const bias = -networkMean * (wa + wb + wc + wd);
      out[to] = (data[a] as number) * wa + (data[b] as number) * wb + (data[c] as number) * wc + (data[d] as number) * wd + bias;
      out[to + plane] =
        (data[a + 1] as number) * wa + (data[b + 1] as number) * wb + (data[c + 1] as number) * wc + (data[d + 1] as number) * wd + bias;
      out[to + plane * 2] =
        (data[a + 2] as number) * wa + (data[b + 2] as number) * wb + (data[c + 2] as number) * wc + (data[d + 2] as number) * wd + bias;
    }
  }
}
