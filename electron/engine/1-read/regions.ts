import type { Turns } from "../lib/turns.ts";
import { settings } from "../settings.ts";
import type { PixelBox, Pixels, UnitBox } from "../types.ts";
import { cutPart } from "./cut-part.ts";
import { openPicture, type OpenPicture } from "./picture.ts";

/** A part of the full photo, and where it lies in it. */
export interface Region {
  readonly pixels: Pixels;
  /** In pixels of the full upright photo, whole numbers. */
  readonly box: PixelBox;
}

/**
 * Cuts regions around boxes out of the photo at full size. One decode serves all of them, and only the part that holds them is kept;
 * in a picture so large that even this part is too much, each is decoded on its own. Throws the problems of one file.
 */
export async function regions(path: string, boxes: readonly UnitBox[], turns: Turns = 0): Promise<Region[]> {
  if (boxes.length === 0) return [];
  const picture = await openPicture(path, turns);
  const wanted = boxes.map((box) => reach(picture, box));
  const all = hull(wanted);
  if (all[2] * all[3] <= settings.read.regionPixels) {
    const pixels = await cutPart(picture, path, all);
    return wanted.map((box) => ({ pixels: cut(pixels, [box[0] - all[0], box[1] - all[1], box[2], box[3]]), box }));
  }
  const found: Region[] = [];
  for (const box of wanted) found.push({ pixels: await cutPart(picture, path, box), box });
  return found;
}

/** The box with the space around it, in whole pixels inside the photo. */
function reach(picture: OpenPicture, [x, y, w, h]: UnitBox): PixelBox {
  const { width, height } = picture;
  const space = Math.max(w * width, h * height) * settings.pictures.around;
  const left = Math.min(width - 1, Math.max(0, Math.floor(x * width - space)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y * height - space)));
  const right = Math.max(left + 1, Math.min(width, Math.ceil((x + w) * width + space)));
  const bottom = Math.max(top + 1, Math.min(height, Math.ceil((y + h) * height + space)));
  return [left, top, right - left, bottom - top];
}

/** The smallest box around all. */
function hull(boxes: readonly PixelBox[]): PixelBox {
  const left = Math.min(...boxes.map((box) => box[0]));
  const top = Math.min(...boxes.map((box) => box[1]));
  const right = Math.max(...boxes.map((box) => box[0] + box[2]));
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
  return [left, top, right - left, bottom - top];
}

function cut(from: Pixels, [left, top, width, height]: PixelBox): Pixels {
  if (width === from.width && height === from.height) return from;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const at = ((top + row) * from.width + left) * 3;
    data.set(from.data.subarray(at, at + width * 3), row * width * 3);
  }
  return { data, width, height };
}
