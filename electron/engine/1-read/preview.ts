import type { Turns } from "../lib/turns.ts";
import { openPicture, strictThenLenient } from "./picture.ts";

/** The photo upright as sRGB WebP, its long side at most `longSide` pixels; never enlarged. Throws the problems of one file. */
export async function preview(
  path: string,
  { longSide, quality, turns = 0 }: { readonly longSide: number; readonly quality: number; readonly turns?: Turns },
): Promise<{ readonly webp: Buffer; readonly damaged: boolean }> {
  const picture = await openPicture(path, turns);
  const { made: webp, damaged } = await strictThenLenient(picture, path, (lenient) =>
    picture
      .pipeline(lenient)
      .resize(longSide, longSide, { fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb")
      .webp({ quality, effort: 1 })
      .toBuffer(),
  );
  return { webp, damaged };
}
