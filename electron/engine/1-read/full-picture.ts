import { fileProblem, openPicture } from "./picture.ts";

const shownAsIs: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
};

/** The full photo as bytes a browser can show: the file itself where it can, a JPEG of it otherwise. */
export async function fullPicture(path: string): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  const picture = await openPicture(path);
  const type = shownAsIs[picture.kind];
  if (type) return { bytes: picture.file, type };
  try {
    return {
      bytes: await picture.pipeline(true).autoOrient().flatten().toColourspace("srgb").jpeg({ quality: 92 }).toBuffer(),
      type: "image/jpeg",
    };
  } catch (thrown) {
    throw fileProblem(thrown, path);
  }
}
