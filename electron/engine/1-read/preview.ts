import { fileProblem, openPicture } from "./picture.ts";

/** The photo upright as WebP, its long side at most `longSide` pixels; never enlarged. */
export async function preview(
  path: string,
  { longSide, quality }: { readonly longSide: number; readonly quality: number },
): Promise<{ readonly webp: Buffer }> {
  const picture = await openPicture(path);
  const make = (lenient: boolean): Promise<Buffer> =>
    picture
      .pipeline(lenient)
      .autoOrient()
      .resize(longSide, longSide, { fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb")
      .webp({ quality, effort: 1 })
      .toBuffer();
  try {
    return { webp: await make(true) };
  } catch (thrown) {
    throw fileProblem(thrown, path);
  }
}
