import type { PixelBox } from "../types.ts";

/** The square that shows a box: its larger side times `margin`, pushed back into the picture where it would leave it. Whole pixels of a picture of that size. */
export function squareAround([x, y, w, h]: PixelBox, margin: number, width: number, height: number): PixelBox {
  const side = Math.max(1, Math.min(Math.round(Math.max(w, h, 1) * margin), width, height));
  const left = Math.round(Math.min(Math.max(0, x + w / 2 - side / 2), width - side));
  const top = Math.round(Math.min(Math.max(0, y + h / 2 - side / 2), height - side));
  return [left, top, side, side];
}
