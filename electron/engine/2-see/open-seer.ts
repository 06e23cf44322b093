import { toUnitBox, toPixelBox } from "../lib/boxes.ts";
import { turnedPixels, unturnedBox, unturnedPoints, type Turns } from "../lib/turns.ts";
import type { ProviderName } from "../onnx/session.ts";
import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import type { DecodedPhoto, DetectedFace, DetectorPack, EmbedderPack, FivePoints, PixelBox, Pixels, SeenFace, UnitBox } from "../types.ts";
import { alignment, warp } from "./align.ts";
import { buildMips, type Mips } from "./mips.ts";
import { openDetector, type Detector } from "./open-detector.ts";
import { openEmbedder, type Embedder } from "./open-embedder.ts";
import { qualityOf } from "./quality.ts";

export interface SeerOptions {
  readonly detector: DetectorPack;
  readonly embedder: EmbedderPack;
  readonly modelsDir: string;
  readonly provider: string;
  readonly threads: number;
  /** Called once when the accelerator failed and the processor took over. */
  readonly onFellBack?: (why: string) => void;
}
/** Parts of the full photo around boxes, one for each. */
export type RegionsOf = (boxes: readonly UnitBox[]) => Promise<readonly { readonly pixels: Pixels; readonly box: PixelBox }[]>;
export interface Seen {
  readonly faces: readonly SeenFace[];
  /** Milliseconds. */
  readonly stages: { readonly detect: number; readonly embed: number };
}
/** Finds faces and makes their embeddings. Calls may overlap; they are worked through one after another. */
export interface Seer {
  see(photo: DecodedPhoto, options: { readonly smallFaces: boolean; readonly regionsOf?: RegionsOf }): Promise<Seen>;
  /** A face whose box a person drew. */
  seeDrawn(photo: DecodedPhoto, box: UnitBox, options: { readonly regionsOf?: RegionsOf }): Promise<Seen>;
  close(): Promise<void>;
}
type Found = DetectedFace & { readonly turned: Turns };
interface Tools {
  readonly detector: Detector;
  readonly embedder: Embedder;
}

/** Loads the models; falls back to the processor once where the accelerator fails, and says so. */
export async function openSeer(options: SeerOptions): Promise<Seer> {
  const { modelsDir, threads, embedder: pack } = options;
  const load = async (provider: ProviderName): Promise<Tools> => ({
    detector: await openDetector({ pack: options.detector, modelsDir, provider, threads }),
    embedder: await openEmbedder({ pack, modelsDir, provider, threads }),
  });
  let provider = options.provider as ProviderName;
  const fallBack = async (thrown: unknown): Promise<Tools> => {
    if (provider === "cpu" || (thrown instanceof Problem && thrown.code === "model-missing")) throw thrown;
    provider = "cpu";
    options.onFellBack?.(thrown instanceof Error ? thrown.message : String(thrown));
    return load("cpu");
  };
  let tools = await load(provider).catch(fallBack);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work).catch(async (thrown: unknown) => {
      tools = await fallBack(thrown);
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  const finish = async (
    photo: DecodedPhoto,
    found: readonly Found[],
    regionsOf: RegionsOf | undefined,
    detectMs: number,
  ): Promise<Seen> => {
    const startedAt = performance.now();
    const faces = await embedAll(tools.embedder, pack, photo, found, regionsOf);
    return { faces, stages: { detect: detectMs, embed: performance.now() - startedAt } };
  };
  return {
    see: (photo, { smallFaces, regionsOf }) =>
      inTurn(async () => {
        const startedAt = performance.now();
        const found = await detectTurned(tools.detector, photo, smallFaces);
        return finish(photo, found, regionsOf, performance.now() - startedAt);
      }),
    seeDrawn: (photo, box, { regionsOf }) =>
      inTurn(async () => {
        const startedAt = performance.now();
        const pixelBox = toPixelBox(box, photo.pixels.width, photo.pixels.height);
        const points = (await tools.detector.pointsIn(photo.pixels, pixelBox)) ?? usualPoints(pixelBox);
        return finish(photo, [{ box: pixelBox, points, score: 1, turned: 0 }], regionsOf, performance.now() - startedAt);
      }),
    async close() {
      await last;
      await Promise.all([tools.detector.close(), tools.embedder.close()]);
    },
  };
}

/** Where the five points of an upright face lie in its box, on average, for drawn faces that O-Net does not see. */
function usualPoints([x, y, w, h]: PixelBox): FivePoints {
  const at = (right: number, down: number): readonly [number, number] => [x + w * right, y + h * down];
  return [at(0.31, 0.4), at(0.69, 0.4), at(0.5, 0.6), at(0.35, 0.78), at(0.65, 0.78)];
}

/** Upright first; a photo with nothing found and no orientation of its own is tried turned. */
async function detectTurned(detector: Detector, photo: DecodedPhoto, smallFaces: boolean): Promise<Found[]> {
  const { pixels } = photo;
  const wanted = smallFaces ? settings.detect.longSideSmall : settings.detect.longSide;
  const share = smallFaces ? settings.detect.smallestShareSmall : settings.detect.smallestShare;
  const long = Math.max(pixels.width, pixels.height);
  // The smallest face is counted in pixels of the working size; the picture at hand may be larger than that.
  const working = Math.min(long, wanted);
  const smallest = Math.max(settings.detect.smallestPixels, working * share) * (long / working);
  const upright = await detector.detect(pixels, smallest);
  if (upright.length > 0 || photo.facts.hasOrientation) return upright.map((face) => ({ ...face, turned: 0 }));
  for (const turns of [1, 3, 2] as const) {
    const found = (await detector.detect(turnedPixels(pixels, turns), smallest)).filter((face) => face.score >= settings.gate.lowestScore);
    if (found.length > 0) {
      return found.map(({ box, points, score }) => ({
        box: unturnedBox(box, turns, pixels.width, pixels.height),
        points: unturnedPoints(points, turns, pixels.width, pixels.height),
        score,
        turned: turns,
      }));
    }
  }
  return [];
}

async function embedAll(
  embedder: Embedder,
  pack: EmbedderPack,
  photo: DecodedPhoto,
  found: readonly Found[],
  regionsOf: RegionsOf | undefined,
): Promise<SeenFace[]> {
  if (found.length === 0) return [];
  const { pixels } = photo;
  const factor = photo.width / pixels.width;
  const mips = buildMips(pixels);
  const unit = found.map((face) => toUnitBox(face.box, pixels.width, pixels.height));
  const small = found
    .map((face, i) => ({ face, i }))
    .filter(({ face }) => factor > 1.01 && Math.max(face.box[2], face.box[3]) < pack.input * settings.embed.enoughPixels);
  const closer = new Map<number, { readonly pixels: Pixels; readonly box: PixelBox }>();
  if (small.length > 0 && regionsOf) {
    const regions = await regionsOf(small.map(({ i }) => unit[i] ?? ([0, 0, 1, 1] as const)));
    regions.forEach((region, place) => closer.set(small[place]?.i ?? -1, region));
  }
  const crops = found.map((face, i) => cropOf(pack, pixels, mips, face, closer.get(i), factor));
  const usable = crops.flatMap((crop) => (crop ? [crop] : []));
  const embedded = await embedder.embed(usable);
  let next = 0;
  return found.map((face, i) => {
    const crop = crops[i] ?? null;
    const { embedding, norm } = (crop ? embedded[next++] : undefined) ?? { embedding: null, norm: 0 };
    const points = face.points.map(([x, y]) => [x / pixels.width, y / pixels.height] as const) as unknown as FivePoints;
    const quality = qualityOf(pack, norm, face.box[2] * factor, face.points, crop);
    return { box: unit[i] ?? [0, 0, 1, 1], points, score: face.score, embedding, norm, quality, turned: face.turned };
  });
}

/** The aligned crop, from the full photo where the working pixels are too few. */
function cropOf(
  pack: EmbedderPack,
  pixels: Pixels,
  mips: Mips,
  face: Found,
  closer: { readonly pixels: Pixels; readonly box: PixelBox } | undefined,
  factor: number,
): Float32Array | null {
  if (!closer) {
    const matrix = alignment(pack, face.points, face.box);
    return matrix && warp(pixels, matrix, pack.input, mips);
  }
  const [left, top] = closer.box;
  const half = (factor - 1) / 2;
  const points = face.points.map(([x, y]) => [x * factor + half - left, y * factor + half - top] as const) as unknown as FivePoints;
  const [x, y, w, h] = face.box;
  const matrix = alignment(pack, points, [x * factor - left, y * factor - top, w * factor, h * factor]);
  return matrix && warp(closer.pixels, matrix, pack.input);
}
