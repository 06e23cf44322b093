import type { PixelBox, Pixels, UnitBox } from "../types.ts";
import { decodeAt } from "./decode.ts";
import { openPicture } from "./picture.ts";

/** A part of the full photo, and where it lies in it. */
export interface Region {
  readonly pixels: Pixels;
  /** In pixels of the full upright photo. */
  readonly box: PixelBox;
}

/** Space kept around a face so that an aligned crop of it never leaves the region, as a share of its larger side. */
const around = 0.75;

/** Cuts regions around boxes out of the photo at full size: one decode for all of them. */
export async function regions(path: string, boxes: readonly UnitBox[]): Promise<Region[]> {
  const picture = await openPicture(path);
  const { pixels } = await decodeAt(picture, path, picture.width, picture.height);
  return boxes.map((box) => cut(pixels, box));
}

function cut(from: Pixels, [x, y, w, h]: UnitBox): Region {
  const reach = Math.max(w * from.width, h * from.height) * around;
  const left = Math.max(0, Math.floor(x * from.width - reach));
  const top = Math.max(0, Math.floor(y * from.height - reach));
  const right = Math.min(from.width, Math.ceil((x + w) * from.width + reach));
  const bottom = Math.min(from.height, Math.ceil((y + h) * from.height + reach));
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const at = ((top + row) * from.width + left) * 3;
    data.set(from.data.subarray(at, at + width * 3), row * width * 3);
  }
  return { pixels: { data, width, height }, box: [left, top, width, height] };
}
