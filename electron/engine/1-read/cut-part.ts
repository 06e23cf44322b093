import type { PixelBox, Pixels } from "../types.ts";
import { upright } from "./decode.ts";
import { strictThenLenient, type OpenPicture } from "./picture.ts";

/** A part of an opened picture at full size; `part` in upright pixels. Throws the problems of one file. */
export async function cutPart(picture: OpenPicture, path: string, part: PixelBox): Promise<Pixels> {
  const { made } = await strictThenLenient(picture, path, (lenient) =>
    upright(picture, lenient, { width: part[2], height: part[3], part }),
  );
  return made;
}
