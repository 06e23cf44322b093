import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { decode } from "../../electron/engine/1-read/decode.ts";
import { buildMips } from "../../electron/engine/2-see/mips.ts";
import { openDetector } from "../../electron/engine/2-see/open-detector.ts";
import { detectorOf, readPacks } from "../../electron/engine/2-see/packs.ts";
import { findFaces } from "../../electron/engine/2-see/search.ts";
import { overlap, shareInside } from "../../electron/engine/lib/boxes.ts";
import { settings } from "../../electron/engine/settings.ts";
import { print } from "./print.ts";

type Box = readonly [number, number, number, number];
/** One photo of the truth: boxes in pixels of the file. `truth` says who drew them. */
export interface TrueBoxes {
  readonly path: string;
  readonly boxes: readonly Box[];
  readonly ignore: readonly Box[];
  readonly truth: string;
  readonly source: string;
}
export interface DetectionScore {
  readonly name: string;
  readonly photos: number;
  readonly faces: number;
  readonly found: number;
  /** Detections that are no face of the truth, those on ignored regions apart. */
  readonly wrong: number;
  readonly recall: number;
  readonly precision: number;
}
export interface DetectionBench {
  readonly scores: readonly DetectionScore[];
  /** Milliseconds of the detector a photo, and in all. */
  readonly millisecondsAPhoto: number;
  readonly milliseconds: number;
}
/** Boxes of one photo in pixels of the file, surest first. */
export type FindBoxes = (path: string) => Promise<readonly Box[]>;

/** FDDB's ellipses hold the forehead, the detector's boxes do not. */
const leastOverlap = 0.35;

/** Reads `detection.jsonl` of a folder. */
export function trueBoxes(folder: string): TrueBoxes[] {
  return readFileSync(join(folder, "detection.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as TrueBoxes);
}

/** Matches detections to the truth, each at most once, best overlap of the surest first. */
export function match(
  found: readonly Box[],
  { boxes, ignore }: Pick<TrueBoxes, "boxes" | "ignore">,
): { readonly found: number; readonly wrong: number } {
  const taken = new Set<number>();
  let wrong = 0;
  for (const box of found) {
    let best = -1;
    let most = leastOverlap;
    boxes.forEach((wanted, index) => {
      const shared = overlap(box, wanted);
      if (!taken.has(index) && shared >= most) [best, most] = [index, shared];
    });
    if (best >= 0) taken.add(best);
    else if (!ignore.some((region) => overlap(box, region) >= leastOverlap || shareInside(box, region) >= 0.5)) wrong++;
  }
  return { found: taken.size, wrong };
}

/**
 * Recall and precision of `find` (Familiar's own detector unless another is given) on a folder of boxed photos, or on those in `only`, by
 * who drew the boxes.
 */
export async function benchDetection(
  folder: string,
  modelsDir: string,
  find?: FindBoxes,
  only?: ReadonlySet<string>,
): Promise<DetectionBench> {
  const sums = new Map<string, { photos: number; faces: number; found: number; wrong: number }>();
  const own = find ? null : await openOwn(modelsDir);
  let milliseconds = 0;
  const truths = trueBoxes(folder).filter(({ path }) => only?.has(path) ?? true);
  for (const truth of truths) {
    const path = join(folder, truth.path);
    const started = performance.now();
    const boxes = await (find ?? own?.find)?.(path);
    milliseconds += performance.now() - started;
    const add = (name: string, wanted: Pick<TrueBoxes, "boxes" | "ignore">): void => {
      const { found, wrong } = match(boxes ?? [], wanted);
      const sum = sums.get(name) ?? { photos: 0, faces: 0, found: 0, wrong: 0 };
      sums.set(name, {
        photos: sum.photos + 1,
        faces: sum.faces + wanted.boxes.length,
        found: sum.found + found,
        wrong: sum.wrong + wrong,
      });
    };
    add("all", truth);
    add(truth.truth, truth);
    if (truth.source.includes("FDDB")) {
      add("FDDB ellipses", truth);
      // The detector looks for faces from 20 pixels on: what is smaller counts neither way.
      const large = (box: Box): boolean => box[2] >= settings.detect.smallestPixels;
      const ignore = [...truth.ignore, ...truth.boxes.filter((box) => !large(box))];
      add(`FDDB ellipses from ${settings.detect.smallestPixels} px`, { boxes: truth.boxes.filter(large), ignore });
    }
  }
  if (own) milliseconds = own.milliseconds();
  await own?.close();
  const scores = [...sums].map(([name, sum]) => ({
    name,
    ...sum,
    recall: sum.faces === 0 ? 1 : sum.found / sum.faces,
    precision: sum.found + sum.wrong === 0 ? 1 : sum.found / (sum.found + sum.wrong),
  }));
  return { scores, milliseconds, millisecondsAPhoto: milliseconds / Math.max(1, truths.length) };
}

/** Familiar's own detector as it runs when a folder is read, without the time for decoding. */
async function openOwn(modelsDir: string) {
  const detector = await openDetector({ pack: detectorOf(await readPacks(modelsDir)), modelsDir });
  let spent = 0;
  const find: FindBoxes = async (path) => {
    const photo = await decode(path, { longSide: settings.detect.longSide });
    const started = performance.now();
    const faces = await findFaces(detector, buildMips(photo.pixels), { smallFaces: false, hasOrientation: photo.facts.hasOrientation });
    spent += performance.now() - started;
    const factor = photo.width / photo.pixels.width;
    return faces.map(({ box: [x, y, w, h] }): Box => [x * factor, y * factor, w * factor, h * factor]);
  };
  return { find, milliseconds: () => spent, close: () => detector.close() };
}

/** The scores as a table. */
export function detectionTable({ scores, millisecondsAPhoto }: DetectionBench): string {
  const lines = scores.map(
    ({ name, photos, faces, found, wrong, recall, precision }) =>
      `${name.padEnd(32)} ${String(photos).padStart(6)} ${String(faces).padStart(6)} ${String(found).padStart(6)} ${String(wrong).padStart(6)} ` +
      `${(100 * recall).toFixed(1).padStart(7)} ${(100 * precision).toFixed(1).padStart(10)}`,
  );
  return [
    `${"boxes drawn by".padEnd(32)} photos  faces  found  wrong  recall  precision`,
    ...lines,
    `detector: ${millisecondsAPhoto.toFixed(1)} ms a photo`,
  ].join("\n");
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { json: { type: "boolean", default: false } }, allowPositionals: true });
  const folder = positionals[0] ?? join(root, "../shared/photos/detection");
  if (existsSync(join(folder, "detection.jsonl")))
    print(await benchDetection(folder, join(root, "models/onnx")), values.json, detectionTable);
  else print({ skipped: `no detection.jsonl in ${folder}` }, values.json, ({ skipped }) => `skipped: ${skipped}`);
}
