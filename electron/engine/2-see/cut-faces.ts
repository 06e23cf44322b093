import { clamp, toUnitBox } from "../lib/boxes.ts";
import { scaleOf } from "../lib/similarity.ts";
import { settings } from "../settings.ts";
import type { DecodedPhoto, EmbedderPack, FivePoints, PixelBox, Pixels, Point, UnitBox } from "../types.ts";
import { alignment, cropFace } from "./align.ts";
import { buildMips, type Mips } from "./mips.ts";
import type { FoundFace } from "./search.ts";

/** Part of the full upright photo; `box` says which, in pixels of the full photo. */
export interface PhotoRegion {
  readonly pixels: Pixels;
  readonly box: PixelBox;
}
/** Reads the surroundings of boxes from the full photo, one region a box and in order. */
export type RegionsOf = (boxes: readonly UnitBox[]) => Promise<readonly PhotoRegion[]>;
/** O-Net's points for a box of a picture, or null. */
export type PointsIn = (picture: Mips, box: PixelBox) => Promise<FivePoints | null>;

/** A face and its aligned crop, null where its points are degenerate. */
export interface CutFace {
  readonly face: FoundFace;
  readonly crop: Float32Array | null;
}

/**
 * Aligned crops of the faces of one photo. Those that have too few pixels in the working copy are cut from the full photo, and their points
 * asked for once more there: they are steadier where O-Net sees all the pixels it takes.
 */
export async function cutFaces(
  pack: EmbedderPack,
  photo: DecodedPhoto,
  mips: Mips,
  faces: readonly FoundFace[],
  pointsIn: PointsIn,
  regionsOf: RegionsOf | undefined,
): Promise<CutFace[]> {
  const matrices = faces.map((face) => alignment(pack, face));
  const poor: number[] = [];
  matrices.forEach((matrix, index) => {
    if (matrix && photo.width > mips.width && scaleOf(matrix) * settings.embed.enoughPixels > 1) poor.push(index);
  });
  const closer = new Map<number, CutFace>();
  if (regionsOf && poor.length > 0) {
    const boxes = poor.map((index) => boxOf(faces[index], mips));
    const regions = await regionsOf(boxes);
    for (const [place, index] of poor.entries()) {
      const face = faces[index];
      const region = regions[place];
      const cut = face && region ? await cutFromRegion(pack, photo, mips, face, region, pointsIn) : null;
      if (cut) closer.set(index, cut);
    }
  }
  return faces.map((face, index) => {
    const matrix = matrices[index];
    return closer.get(index) ?? { face, crop: matrix ? cropFace(mips, matrix, pack) : null };
  });
}

async function cutFromRegion(
  pack: EmbedderPack,
  photo: DecodedPhoto,
  mips: Mips,
  face: FoundFace,
  { pixels, box }: PhotoRegion,
  pointsIn: PointsIn,
): Promise<CutFace | null> {
  const scaleX = ((photo.width / mips.width) * pixels.width) / box[2];
  const scaleY = ((photo.height / mips.height) * pixels.height) / box[3];
  const shiftX = (box[0] * pixels.width) / box[2];
  const shiftY = (box[1] * pixels.height) / box[3];
  const into = ([x, y]: Point): Point => [(x + 0.5) * scaleX - shiftX - 0.5, (y + 0.5) * scaleY - shiftY - 0.5];
  const back = ([x, y]: Point): Point => [(x + 0.5 + shiftX) / scaleX - 0.5, (y + 0.5 + shiftY) / scaleY - 0.5];
  const region = buildMips(pixels);
  const [x, y, width, height] = face.box;
  const inside: PixelBox = [x * scaleX - shiftX, y * scaleY - shiftY, width * scaleX, height * scaleY];
  // O-Net knows upright faces only.
  const again = face.turned === 0 ? await pointsIn(region, inside) : null;
  const points = again ?? all(face.points, into);
  const matrix = alignment(pack, { box: inside, points, turned: face.turned });
  return matrix && { face: { ...face, points: all(points, back) }, crop: cropFace(region, matrix, pack) };
}

/** All five points by one map. */
export function all(points: FivePoints, by: (point: Point) => Point): FivePoints {
  return [by(points[0]), by(points[1]), by(points[2]), by(points[3]), by(points[4])];
}

function boxOf(face: FoundFace | undefined, { width, height }: Mips): UnitBox {
  if (!face) return [0, 0, 1, 1];
  const [x, y, w, h] = toUnitBox(face.box, width, height);
  return [clamp(x), clamp(y), w, h];
}
