import type { PortableFace, PortablePhoto } from "../../contract/portable.ts";
import { matchByOverlap } from "../3-keep/match-faces.ts";
import type { IncomingFace } from "../5-decide/incoming.ts";
import type { UnitBox } from "../types.ts";

interface FaceHere {
  readonly id: number;
  readonly box: UnitBox;
  readonly drawn: boolean;
}

/**
 * Finds the faces of one photo of a portable file among those here, each at most once, by overlap: drawn ones among the drawn and
 * detected ones among the detected first, then moved ones where they were moved to, then whatever is left among what is left (a newer detector may see what once had to be
 * drawn). A drawn face that is not found is drawn; a detected one with a name too, as `imported`, because a name must not be lost to
 * a detector that sees less. Faces about which the file says nothing are there to be matched only.
 */
export function findFaces(
  photo: PortablePhoto,
  here: { readonly photoId: number; readonly faces: readonly FaceHere[] },
  newFaceId: () => number,
): readonly IncomingFace[] {
  const found = new Map<PortableFace, FaceHere>();
  const pair = (theirs: readonly PortableFace[], ours: readonly FaceHere[], moved = false): void => {
    const where = theirs.map((face) => ({ box: moved ? face.box : (face.was ?? face.box) }));
    // Two drawn on one spot are told apart by their order alone: the last digit of a box that was turned must not decide.
    for (const [index, at] of matchByOverlap(ours.map(rounded), where.map(rounded)).entries()) {
      const [face, own] = [theirs[index], at === null ? undefined : ours[at]];
      if (face !== undefined && own !== undefined) found.set(face, own);
    }
  };
  const isDrawn = (face: PortableFace): boolean => face.source !== "detected";
  for (const drawn of [true, false])
    pair(
      photo.faces.filter((face) => isDrawn(face) === drawn),
      here.faces.filter((face) => face.drawn === drawn),
    );
  // One whose box was moved and that nobody detected here was drawn where it was moved to, by an earlier import.
  const left = new Set(found.values());
  pair(
    photo.faces.filter((face) => face.was !== undefined && !found.has(face)),
    here.faces.filter((face) => face.drawn && !left.has(face)),
    true,
  );
  const taken = new Set(found.values());
  pair(
    photo.faces.filter((face) => !found.has(face)),
    here.faces.filter((face) => !taken.has(face)),
  );
  return photo.faces.filter(isSaid).flatMap((face): IncomingFace[] => {
    const own = found.get(face);
    if (own === undefined && !isDrawn(face) && face.is === undefined) return [];
    const source = face.source === "drawn" ? "drawn" : "imported";
    return [
      {
        faceId: own?.id ?? newFaceId(),
        is: face.is ?? null,
        isNot: face.isNot ?? [],
        notAFace: face.notAFace === true,
        key: face.key === true,
        move: own !== undefined && face.was !== undefined ? { photoId: here.photoId, box: face.box } : null,
        draw: own === undefined ? { photoId: here.photoId, box: face.box, source } : null,
      },
    ];
  });
}

/** A box as files have it, in millionths. */
function rounded({ box: [x, y, w, h] }: { readonly box: UnitBox }): { readonly box: UnitBox } {
  const round = (value: number): number => Math.round(value * 1e6) / 1e6;
  return { box: [round(x), round(y), round(w), round(h)] };
}

/** Whether somebody said something about it. */
export function isSaid(face: PortableFace): boolean {
  return (
    face.is !== undefined || face.notAFace === true || face.source !== "detected" || face.was !== undefined || (face.isNot?.length ?? 0) > 0
  );
}
