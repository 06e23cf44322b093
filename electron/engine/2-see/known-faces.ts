import { toPixelBox } from "../lib/boxes.ts";
import { turnsOf } from "../lib/turns.ts";
import { settings } from "../settings.ts";
import type { DecodedPhoto, EmbedderPack, FivePoints, PixelBox, UnitBox } from "../types.ts";
import { boxAlignment, cropFace } from "./align.ts";
import { all, cutFaces, type PointsIn, type RegionsOf } from "./cut-faces.ts";
import type { Mips } from "./mips.ts";

/** A face as it is kept: box and points as fractions of the upright photo. */
export interface KnownBox {
  readonly box: UnitBox;
  /** Null for one that somebody drew where no points were found. */
  readonly points: FivePoints | null;
  readonly score: number;
  /** Quarter turns clockwise that the photo needed before the face was found. */
  readonly turned: number;
}

/** Aligned crops of faces that are known, in order; null where points are degenerate. */
export async function cutKnown(
  pack: EmbedderPack,
  photo: DecodedPhoto,
  mips: Mips,
  faces: readonly KnownBox[],
  pointsIn: PointsIn,
  regionsOf: RegionsOf | undefined,
): Promise<readonly (Float32Array | null)[]> {
  const { width, height } = mips;
  const pointed = faces.flatMap(({ box, points, score, turned }) => {
    if (points === null) return [];
    const inside = all(points, ([x, y]) => [x * width - 0.5, y * height - 0.5]);
    return [{ box: toPixelBox(box, width, height), points: inside, score, turned: turnsOf(turned) }];
  });
  const cut = await cutFaces(pack, photo, mips, pointed, pointsIn, regionsOf);
  let next = 0;
  return faces.map((face) =>
    face.points === null ? cutByBox(pack, mips, toPixelBox(face.box, width, height)) : (cut[next++]?.crop ?? null),
  );
}

/** A crop by the box alone. */
export function cutByBox(pack: EmbedderPack, mips: Mips, box: PixelBox): Float32Array | null {
  const matrix = boxAlignment(box, Math.max(box[2], box[3]) * settings.embed.drawnSide, pack.input, 0);
  return matrix && cropFace(mips, matrix, pack);
}
