import type { Pixels } from "../types.ts";

/** A picture and its halvings. Level 0 is the picture itself (not copied); level k is `ceil(size / 2^k)`. */
export interface Mips {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly Pixels[];
}

/** Pixels: halving stops before a side would come under this, twice P-Net's field of view. */
const smallestSide = 24;

/**
 * [Note: Sampling] Every level of the pyramid and every crop is read bilinearly from the halving next above its scale, so that
 * each photo is averaged once instead of once for every level: half of the detector's time, and the same faces.
 */
export function buildMips(pixels: Pixels): Mips {
  const levels: Pixels[] = [pixels];
  let last = pixels;
  while (Math.min(last.width, last.height) >= smallestSide * 2) {
    last = halved(last);
    levels.push(last);
  }
  return { width: pixels.width, height: pixels.height, levels };
}

/** Means of 2x2 pixels; the last row and column of an odd size stand for their missing neighbours. */
export function halved({ data, width, height }: Pixels): Pixels {
  const outWidth = (width + 1) >> 1;
  const outHeight = (height + 1) >> 1;
  const out = new Uint8Array(outWidth * outHeight * 3);
  const whole = width >> 1;
  let to = 0;
  for (let y = 0; y < outHeight; y++) {
    let a = y * 2 * width * 3;
    let b = y * 2 + 1 < height ? a + width * 3 : a;
    for (let x = 0; x < whole; x++, a += 6, b += 6, to += 3) {
      out[to] = ((data[a] as number) + (data[a + 3] as number) + (data[b] as number) + (data[b + 3] as number) + 2) >> 2;
      out[to + 1] = ((data[a + 1] as number) + (data[a + 4] as number) + (data[b + 1] as number) + (data[b + 4] as number) + 2) >> 2;
      out[to + 2] = ((data[a + 2] as number) + (data[a + 5] as number) + (data[b + 2] as number) + (data[b + 5] as number) + 2) >> 2;
    }
    if (whole < outWidth) {
      for (let c = 0; c < 3; c++) out[to++] = ((data[a + c] as number) + (data[b + c] as number) + 1) >> 1;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}

/** The halving to read from when one sampled pixel spans `ratio` pixels of the picture: the smallest that is not smaller than asked for. */
export function levelFor(mips: Mips, ratio: number): number {
  const wanted = ratio < 2 ? 0 : Math.floor(Math.log2(ratio));
  return wanted < mips.levels.length ? wanted : mips.levels.length - 1;
}
