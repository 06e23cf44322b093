import type { FivePoints, PixelBox, Pixels, Point, UnitBox } from "../types.ts";

/** Quarter turns clockwise, 0..3. */
export type Turns = 0 | 1 | 2 | 3;

/** A copy of the picture turned clockwise. */
export function turnedPixels(pixels: Pixels, turns: Turns): Pixels {
  if (turns === 0) return pixels;
  const { data, width, height } = pixels;
  const out = new Uint8Array(data.length);
  // Where the first pixel of the source lands, and the steps of one source pixel right and down, in pixels of the result.
  const start = turns === 1 ? height - 1 : turns === 2 ? width * height - 1 : (width - 1) * height;
  const right = turns === 1 ? height : turns === 2 ? -1 : -height;
  const down = turns === 1 ? -1 : turns === 2 ? -width : 1;
  let from = 0;
  for (let y = 0; y < height; y++) {
    let to = (start + y * down) * 3;
    for (let x = 0; x < width; x++, from += 3, to += right * 3) {
      out[to] = data[from] ?? 0;
      out[to + 1] = data[from + 1] ?? 0;
      out[to + 2] = data[from + 2] ?? 0;
    }
  }
  return turns === 2 ? { data: out, width, height } : { data: out, width: height, height: width };
}

/** A box of the turned picture in the picture before turning; `width` and `height` are of the latter. */
export function unturnedBox(box: PixelBox, turns: Turns, width: number, height: number): PixelBox {
  const [x, y, w, h] = box;
  if (turns === 1) return [y, height - x - w, h, w];
  if (turns === 2) return [width - x - w, height - y - h, w, h];
  if (turns === 3) return [width - y - h, x, h, w];
  return box;
}

/** Points of the turned picture in the picture before turning (pixel centres at integers); their order stays that of the upright face. */
export function unturnedPoints(points: FivePoints, turns: Turns, width: number, height: number): FivePoints {
  const back = ([x, y]: Point): Point =>
    turns === 1 ? [y, height - 1 - x] : turns === 2 ? [width - 1 - x, height - 1 - y] : turns === 3 ? [width - 1 - y, x] : [x, y];
  return [back(points[0]), back(points[1]), back(points[2]), back(points[3]), back(points[4])];
}

/** The turns that take these back. */
export function backTurns(turns: Turns): Turns {
  return turnsOf(-turns);
}

/** Any number of quarter turns clockwise as 0..3. */
export function turnsOf(quarters: number): Turns {
  return (((Math.round(quarters) % 4) + 4) % 4) as Turns;
}

/** A box (fractions of a picture) where it lies once the picture was turned. */
export function turnedUnitBox([x, y, w, h]: UnitBox, turns: Turns): UnitBox {
  if (turns === 1) return [1 - y - h, x, h, w];
  if (turns === 2) return [1 - x - w, 1 - y - h, w, h];
  if (turns === 3) return [y, 1 - x - w, h, w];
  return [x, y, w, h];
}

/** Points (fractions of a picture) where they lie once the picture was turned; their order stays that of the upright face. */
export function turnedUnitPoints(points: FivePoints, turns: Turns): FivePoints {
  const turned = ([x, y]: Point): Point => (turns === 1 ? [1 - y, x] : turns === 2 ? [1 - x, 1 - y] : turns === 3 ? [y, 1 - x] : [x, y]);
  return [turned(points[0]), turned(points[1]), turned(points[2]), turned(points[3]), turned(points[4])];
}
