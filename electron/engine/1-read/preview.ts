import { openPicture, strictThenLenient } from "./picture.ts";

/** The photo upright as sRGB WebP, its long side at most `longSide` pixels; never enlarged. Throws the problems of one file. */
export async function preview(
  path: string,
  { longSide, quality }: { readonly longSide: number; readonly quality: number },
): Promise<{ readonly webp: Buffer; readonly damaged: boolean }> {
  const picture = await openPicture(path);
  const { made: webp, damaged } = await strictThenLenient(picture, path, (lenient) =>
    picture
      .pipeline(lenient)
      .autoOrient()
      .resize(longSide, longSide, { fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb")
      .webp({ quality, effort: 1 })
      .toBuffer(),
  );
  return { webp, damaged };
}
