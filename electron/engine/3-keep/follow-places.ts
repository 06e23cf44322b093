import { turnedBlur } from "../lib/turned-blur.ts";
import { turnedUnitBox, turnedUnitPoints, turnsOf, type Turns } from "../lib/turns.ts";
import type { Row, RowChange, UnitBox } from "../types.ts";
import { foundOf, pointsOf, type Found } from "./face-rows.ts";
import { turnsOfPhoto } from "./turned-photos.ts";
import type { Store } from "./store.ts";

/**
 * What hangs on where things are in a photo: a photo turned, a face drawn or its box moved. `photos`: whose faces are others now;
 * `unseen`: that are to be looked at again. Turning comes first, because the boxes of decisions are of the photo as its file stands.
 */
export function followPlaces(
  store: Store,
  changes: readonly RowChange[],
): { readonly photos: Set<number>; readonly unseen: readonly number[] } {
  const photos = new Set<number>();
  const unseen = new Set<number>();
  for (const { table, key, before, after } of changes) {
    if (table !== "turned_photos") continue;
    const photoId = Number(key[0]);
    const by = turnsOf(Number(after?.["quarter"] ?? 0) - Number(before?.["quarter"] ?? 0));
    if (by !== 0 && turnPhoto(store, photoId, by)) unseen.add(photoId);
  }
  for (const { table, key, before, after } of changes) {
    const faceId = Number(key[0]);
    if (table === "drawn_faces") {
      const photoId = drawFace(store, faceId, before, after);
      if (photoId !== null) photos.add(photoId);
    } else if (table === "adjusted_faces") {
      if (after !== null) moveFace(store, faceId, after);
      else {
        const photoId = letFaceBack(store, faceId);
        if (photoId !== null) {
          unseen.add(photoId);
          // Its vector is of the box that was moved.
          store.sql("DELETE FROM derived.seen WHERE photo_id = ?").run(photoId);
        }
      }
    }
  }
  return { photos, unseen: [...unseen] };
}

/** The photo's size and blur and all of its faces as they lie once it is turned by so much. False where it is not known. */
function turnPhoto(store: Store, photoId: number, by: Turns): boolean {
  type Photo = { width: number; height: number; thumbhash: string | null };
  const photo = store.sql<[number], Photo>("SELECT width, height, thumbhash FROM main.photos WHERE id = ?").get(photoId);
  if (photo === undefined) return false;
  const [width, height] = by === 2 ? [photo.width, photo.height] : [photo.height, photo.width];
  const blur = photo.thumbhash === null ? null : turnedBlur(photo.thumbhash, by);
  store.sql("UPDATE main.photos SET width = ?, height = ?, thumbhash = ? WHERE id = ?").run(width, height, blur, photoId);
  type Face = { id: number; x: number; y: number; w: number; h: number; points: string | null; found: string | null; turned: number };
  const write = store.sql("UPDATE main.faces SET x = ?, y = ?, w = ?, h = ?, points = ?, found = ?, turned = ? WHERE id = ?");
  for (const face of store
    .sql<[number], Face>("SELECT id, x, y, w, h, points, found, turned FROM main.faces WHERE photo_id = ?")
    .all(photoId)) {
    const points = pointsOf(face.points);
    const found = face.found === null ? null : foundOf(face.found);
    write.run(
      ...turnedUnitBox([face.x, face.y, face.w, face.h], by),
      points === null ? null : JSON.stringify(turnedUnitPoints(points, by)),
      found === null ? null : JSON.stringify(turnedFound(found, by)),
      turnsOf(face.turned - by),
      face.id,
    );
  }
  return true;
}

function turnedFound({ box, points }: Found, by: Turns): Found {
  return { box: turnedUnitBox(box, by), points: points === null ? null : turnedUnitPoints(points, by) };
}

/** A drawn face comes, moves or goes. Answers its photo, or null where that is not known. */
function drawFace(store: Store, faceId: number, before: Row | null, after: Row | null): number | null {
  const row = after ?? before;
  const photo = store
    .sql<[number], { id: number; width: number }>("SELECT id, width FROM main.photos WHERE id = ?")
    .get(Number(row?.["photo_id"]));
  if (row === null || photo === undefined) return null;
  if (after === null) {
    store.sql("UPDATE main.faces SET gone = 1 WHERE id = ?").run(faceId);
    return photo.id;
  }
  const box = shownBox(store, photo.id, after);
  const was = store
    .sql<[number], { x: number; y: number; w: number; h: number }>("SELECT x, y, w, h FROM main.faces WHERE id = ?")
    .get(faceId);
  const pixels = box[2] * photo.width;
  store
    .sql(
      `INSERT INTO main.faces (id, photo_id, x, y, w, h, points, score, source, norm, quality, pixels, sharpness, yaw, turned, detector)
       VALUES (?, ?, ?, ?, ?, ?, NULL, 1, ?, 0, 0, ?, 0, 0, 0, '') ON CONFLICT (id) DO UPDATE SET gone = 0`,
    )
    .run(faceId, photo.id, ...box, after["source"], pixels);
  if (was !== undefined && !sameBox([was.x, was.y, was.w, was.h], box)) placeFace(store, faceId, box, pixels);
  return photo.id;
}

/** Somebody moved the box of a face that the machine found. */
function moveFace(store: Store, faceId: number, after: Row): void {
  type Stored = {
    photo_id: number;
    width: number;
    x: number;
    y: number;
    w: number;
    h: number;
    points: string | null;
    found: string | null;
  };
  const face = store
    .sql<[number], Stored>(
      "SELECT f.photo_id, p.width, f.x, f.y, f.w, f.h, f.points, f.found FROM main.faces f JOIN main.photos p ON p.id = f.photo_id WHERE f.id = ?",
    )
    .get(faceId);
  if (face === undefined) return;
  const found: Found = { box: [face.x, face.y, face.w, face.h], points: pointsOf(face.points) };
  if (face.found === null) store.sql("UPDATE main.faces SET found = ? WHERE id = ?").run(JSON.stringify(found), faceId);
  const box = shownBox(store, face.photo_id, after);
  placeFace(store, faceId, box, box[2] * face.width);
}

/** Nobody moved it after all: it lies where the machine found it. Answers its photo, or null where that is not known. */
function letFaceBack(store: Store, faceId: number): number | null {
  const face = store
    .sql<[number], { photo_id: number; width: number; found: string | null }>(
      "SELECT f.photo_id, p.width, f.found FROM main.faces f JOIN main.photos p ON p.id = f.photo_id WHERE f.id = ?",
    )
    .get(faceId);
  if (face === undefined || face.found === null) return null;
  const { box, points } = foundOf(face.found);
  placeFace(store, faceId, box, box[2] * face.width);
  store.sql("UPDATE main.faces SET found = NULL, points = ? WHERE id = ?").run(points === null ? null : JSON.stringify(points), faceId);
  return face.photo_id;
}

/** The box, until it was looked at there; the vector stays as long, so that nobody loses their place while a drive is away. */
function placeFace(store: Store, faceId: number, box: UnitBox, pixels: number): void {
  store.sql("UPDATE main.faces SET x = ?, y = ?, w = ?, h = ?, points = NULL, pixels = ? WHERE id = ?").run(...box, pixels, faceId);
  store.sql("UPDATE derived.embeddings SET stale = 1 WHERE face_id = ?").run(faceId);
}

function shownBox(store: Store, photoId: number, row: Row): UnitBox {
  const box = [Number(row["x"]), Number(row["y"]), Number(row["w"]), Number(row["h"])] as const;
  return turnedUnitBox(box, turnsOfPhoto(store, photoId));
}

function sameBox(a: UnitBox, b: UnitBox): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 1e-9);
}
