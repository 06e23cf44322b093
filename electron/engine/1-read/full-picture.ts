import type { Turns } from "../lib/turns.ts";
import { openPicture, strictThenLenient, type OpenPicture } from "./picture.ts";

/** What browsers show as it is. */
const shownAsIs: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
};

/** The full photo as bytes a browser shows upright: the file itself where it does so, a JPEG of it otherwise. Throws the problems of one file. */
export async function fullPicture(path: string, turns: Turns = 0): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  const picture = await openPicture(path, turns);
  const type = shownAsIs[picture.kind];
  if (type && isShownUpright(picture)) return { bytes: picture.file, type };
  const { made } = await strictThenLenient(picture, path, (lenient) =>
    picture.pipeline(lenient).flatten({ background: "#808080" }).toColourspace("srgb").jpeg({ quality: 92 }).toBuffer(),
  );
  return { bytes: made, type: "image/jpeg" };
}

/** Only of JPEG is it sure that browsers turn it the way its tag says. */
function isShownUpright(picture: OpenPicture): boolean {
  return picture.turns === 0 && (picture.orientation === 1 || picture.kind === "jpeg");
}
