import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp from "sharp";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { readLabels } from "../../models/embed-labelled.ts";

/** Pixels of a 12-megapixel photo, as telephones and cameras take them. */
const [width, height] = [4000, 3000];
/** Pixels: a cut-out of a face is enlarged to this side, which makes the face some 400 pixels wide. */
const cutOut = 900;
/** Standard deviation of the grain laid over it: what is enlarged is smooth, and a smooth JPEG is decoded too easily. */
const grain = 12;

/** Every JPEG below a folder, in a fixed order. */
function jpegsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.jpe?g$/iu.test(path) && !basename(path).startsWith("."))
    .toSorted()
    .map((path) => join(folder, path));
}

/** So many of a list, evenly from all of it. */
export function evenly<T>(list: readonly T[], count: number): T[] {
  if (count >= list.length) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / count)] as T);
}

/** Copies so many JPEGs of the library to `into`; gives their new paths. */
export function copySample(library: string, into: string, count: number): string[] {
  mkdirSync(into, { recursive: true });
  return evenly(jpegsIn(library), count).map((path, place) => {
    const to = join(into, `${place} ${basename(path)}`);
    copyFileSync(path, to);
    return to;
  });
}

/**
 * Makes 12-megapixel JPEGs in `into` from the library of the labelled photos in `folder`: a scene enlarged to fill the frame, one to four
 * enlarged cut-outs with a face upon it, grain over all, quality 90; every third is stored on its side with the tag that says so. Gives
 * their paths.
 */
export async function makeTwelveMegapixels(folder: string, into: string, count: number): Promise<string[]> {
  mkdirSync(into, { recursive: true });
  const labelled = new Set(readLabels(readFileSync(join(folder, "labels.csv"), "utf8")).map(({ path }) => join(folder, path)));
  const scenes: string[] = [];
  const cutOuts: string[] = [];
  for (const path of jpegsIn(join(folder, "library"))) {
    const size = await sharp(path)
      .metadata()
      .catch(() => null);
    if (!size) continue;
    if (labelled.has(path) && size.width === 250 && size.height === 250) cutOuts.push(path);
    else if (!labelled.has(path) && Math.min(size.width, size.height) >= 400) scenes.push(path);
  }
  const random = seededRandom(12);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const made: string[] = [];
  for (let place = 0; place < count; place++) {
    const faces = Array.from({ length: 1 + (place % 4) }, (_, i) => ({
      path: pick(cutOuts),
      left: 30 + i * 990,
      top: Math.floor(random() * 2000),
    }));
    const path = join(into, `IMG_${String(place).padStart(4, "0")}.jpg`);
    await makeOne(pick(scenes), faces, place % 3 === 2, path);
    made.push(path);
  }
  return made;
}

async function makeOne(
  scene: string,
  faces: readonly { readonly path: string; readonly left: number; readonly top: number }[],
  onItsSide: boolean,
  path: string,
): Promise<void> {
  const enlarged = (file: string, w: number, h: number): Promise<Buffer> =>
    sharp(file, { failOn: "none" })
      .autoOrient()
      .resize(w, h, { fit: "cover" })
      .removeAlpha()
      .toColourspace("srgb")
      .png({ compressionLevel: 0 })
      .toBuffer();
  const noise = { width, height, channels: 3, background: "#808080", noise: { type: "gaussian", mean: 128, sigma: grain } } as const;
  const layers = [];
  for (const { path: file, left, top } of faces) layers.push({ input: await enlarged(file, cutOut, cutOut), left, top });
  layers.push({ input: await sharp({ create: noise }).png({ compressionLevel: 0 }).toBuffer(), blend: "overlay" as const });
  const whole = await sharp(await enlarged(scene, width, height))
    .composite(layers)
    .removeAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer();
  const stored = onItsSide ? sharp(whole).rotate(270).withMetadata({ orientation: 6 }) : sharp(whole);
  await stored.jpeg({ quality: 90 }).toFile(path);
}

/** A few small photos that are in no other set, for a first run that loads what has to be loaded. */
export async function makeWarmUp(library: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  for (const [place, path] of evenly(jpegsIn(library), 6).entries())
    await sharp(path, { failOn: "none" })
      .resize(240, 240, { fit: "cover" })
      .jpeg()
      .toFile(join(into, `${place}.jpg`));
}
