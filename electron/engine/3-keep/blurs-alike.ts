import { Buffer } from "node:buffer";

/**
 * How far two photos' blurs (thumbhash, base64) lie apart: the mean difference of their brightness pattern, 0 (the same) to about 5
 * (different photos); infinite for another shape. Blind to brightness, contrast and colour, not to turning or cropping. Format: thumbhash.
 */
export function blurDistance(a: string, b: string): number {
  const [first, second] = [patternOf(a), patternOf(b)];
  if (first.length === 0 || first.length !== second.length) return Number.POSITIVE_INFINITY;
  return first.reduce((sum, value, i) => sum + Math.abs(value - (second[i] ?? 0)), 0) / first.length;
}

/** Brightness waves of a blur, 0..15 each. */
function patternOf(text: string): readonly number[] {
  const bytes = Buffer.from(text, "base64");
  const head = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
  const more = (bytes[3] ?? 0) | ((bytes[4] ?? 0) << 8);
  const alpha = head >> 23 === 1;
  const most = alpha ? 5 : 7;
  const wide = more >> 15 === 1;
  const [across, down] = wide ? [most, more & 7] : [more & 7, most];
  const start = alpha ? 6 : 5;
  const [columns, rows] = [Math.max(3, across), Math.max(3, down)];
  const waves: number[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = y === 0 ? 1 : 0; x * rows < columns * (rows - y); x++) {
      const byte = bytes[start + (waves.length >> 1)];
      if (byte === undefined) return [];
      waves.push((byte >> ((waves.length & 1) << 2)) & 15);
    }
  }
  return waves;
}
