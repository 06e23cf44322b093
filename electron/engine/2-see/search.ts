import { turnedPixels, unturnedBox, unturnedPoints, type Turns } from "../lib/turns.ts";
import { settings } from "../settings.ts";
import type { DetectedFace, FivePoints, Pixels, Point } from "../types.ts";
import type { Detector } from "./open-detector.ts";
import { buildMips, type Mips } from "./mips.ts";

/** A detected face and the quarter turns clockwise its photo needed before it was found. */
export interface FoundFace extends DetectedFace {
  readonly turned: Turns;
}

/** Pixels of the smallest face worth looking for in a picture whose long side is `longSide` pixels. */
export function smallestFace(longSide: number, smallFaces: boolean): number {
  const share = smallFaces ? settings.detect.smallestShareSmall : settings.detect.smallestShare;
  return Math.max(settings.detect.smallestPixels, longSide * share);
}

/**
 * Every face of a photo. Where nothing is found it is tried with room around it (a face that fills the frame or more). Where nothing certain
 * is found and the file has no orientation of its own, it is tried turned by each quarter too (scans, old cameras), and the way up that
 * shows most is taken. Boxes and points are in pixels of the picture
 * as given.
 */
export async function findFaces(
  detector: Detector,
  mips: Mips,
  { smallFaces, hasOrientation }: { readonly smallFaces: boolean; readonly hasOrientation: boolean },
): Promise<FoundFace[]> {
  const smallest = smallestFace(Math.max(mips.width, mips.height), smallFaces);
  const upright = (await detector.detect(mips, { smallest })).map(asFound);
  const best = upright[0]?.score ?? 0;
  if (best >= settings.detect.upright) return upright;
  const framed = best >= settings.gate.lowestScore ? [] : (await detectFramed(detector, mips)).map(asFound);
  if ((framed[0]?.score ?? 0) >= settings.detect.upright) return framed;
  const turned = hasOrientation ? [] : await detectTurned(detector, mips, smallest);
  return strength(turned) > strength(upright) ? turned : upright;
}

/** Faces as large as the frame or larger: looks at a small copy with half a frame of black around it. */
export async function detectFramed(detector: Detector, mips: Mips): Promise<DetectedFace[]> {
  const long = Math.max(mips.width, mips.height);
  const depth = Math.min(mips.levels.length - 1, Math.max(0, Math.ceil(Math.log2(long / settings.detect.framedSide))));
  const small = mips.levels[depth];
  if (!small) return [];
  const room = Math.round(Math.min(small.width, small.height) / 2);
  const width = small.width + 2 * room;
  const height = small.height + 2 * room;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < small.height; y++) {
    data.set(small.data.subarray(y * small.width * 3, (y + 1) * small.width * 3), ((y + room) * width + room) * 3);
  }
  const smallest = Math.max(settings.detect.smallestPixels, Math.min(small.width, small.height) * settings.detect.framedShare);
  const scale = 2 ** depth;
  const back = ([x, y]: Point): Point => [(x - room + 0.5) * scale - 0.5, (y - room + 0.5) * scale - 0.5];
  return (await detector.detect({ data, width, height }, { smallest })).map(({ box: [x, y, w, h], points, score }) => ({
    box: [(x - room) * scale, (y - room) * scale, w * scale, h * scale],
    points: [back(points[0]), back(points[1]), back(points[2]), back(points[3]), back(points[4])] satisfies FivePoints,
    score,
  }));
}

/**
 * Tries 90, 180 and 270 degrees on a half-size copy, and looks closely at the turn that shows the most. The bar is higher than for upright
 * faces: three more looks at a photo without faces are three more chances to see one that is not there.
 */
export async function detectTurned(detector: Detector, mips: Mips, smallest: number): Promise<FoundFace[]> {
  const half: Pixels | undefined = mips.levels[1] ?? mips.levels[0];
  const full = mips.levels[0];
  if (!half || !full) return [];
  let best: Turns = 0;
  let most = 0;
  for (const turns of [1, 3, 2] as const) {
    const faces = await detector.detect(turnedPixels(half, turns), {
      smallest: Math.max(smallest, settings.detect.smallestPixels * 1.5),
      again: false,
    });
    if (strength(faces) > most) [best, most] = [turns, strength(faces)];
  }
  if (best === 0) return [];
  const faces = await detector.detect(buildMips(turnedPixels(full, best)), { smallest });
  return faces
    .filter(({ score }) => score >= settings.detect.turnedScore)
    .map(({ box, points, score }) => ({
      box: unturnedBox(box, best, full.width, full.height),
      points: unturnedPoints(points, best, full.width, full.height),
      score,
      turned: best,
    }));
}

/** How much a photo shows this way up: the sum of the scores that count. */
function strength(faces: readonly DetectedFace[]): number {
  return faces.reduce((sum, { score }) => sum + (score >= settings.detect.turnedScore ? score : 0), 0);
}

function asFound(face: DetectedFace): FoundFace {
  return { ...face, turned: 0 };
}
