import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { asProblem } from "../errors.ts";
import { pointsOf } from "./face-rows.ts";
import type { Store } from "./store.ts";
import { turnsOf, type Turns } from "../lib/turns.ts";
import { turnsOfFace, turnsOfPhoto } from "./turned-photos.ts";
import type { FaceSpot, PhotoSpot } from "./shapes.ts";

/** Where a face is and which files hold it, or null. */
export function faceSpot(store: Store, faceId: number): FaceSpot | null {
  type Stored = { photoId: number; x: number; y: number; w: number; h: number; points: string | null };
  const face = store.sql<[number], Stored>("SELECT photo_id AS photoId, x, y, w, h, points FROM main.faces WHERE id = ?").get(faceId);
  const photo = face === undefined ? null : photoSpot(store, face.photoId);
  if (face === undefined || photo === null) return null;
  return { ...photo, faceId, box: [face.x, face.y, face.w, face.h], points: pointsOf(face.points) };
}

/** A photo's size and files, or null. */
export function photoSpot(store: Store, photoId: number): PhotoSpot | null {
  const photo = store.sql<[number], { width: number; height: number }>("SELECT width, height FROM main.photos WHERE id = ?").get(photoId);
  if (photo === undefined) return null;
  const paths = store
    .sql<[number], { path: string }>(
      "SELECT path FROM main.files WHERE photo_id = ? AND state <> 'gone' ORDER BY state = 'present' DESC, id",
    )
    .all(photoId)
    .map((row) => row.path);
  return { photoId, ...photo, turns: turnsOfPhoto(store, photoId), paths };
}

/** See Keep.pictureFile. */
export function pictureFile(store: Store, of: "face" | "photo", id: number, size: string): string | null {
  const row = store
    .sql<[string, number, string], { file: string }>("SELECT file FROM derived.pictures WHERE kind = ? AND id = ? AND size = ?")
    .get(of, id, size);
  if (row === undefined) return null;
  const file = join(store.picturesDir, row.file);
  return existsSync(file) ? file : null;
}

/** See Keep.pictureTurns. */
export function pictureTurns(store: Store, of: "face" | "photo", id: number, size: string): Turns {
  const row = store
    .sql<[string, number, string], { quarter: number }>("SELECT quarter FROM derived.pictures WHERE kind = ? AND id = ? AND size = ?")
    .get(of, id, size);
  return row === undefined ? 0 : turnsOf(standing(store, of, id) - row.quarter);
}

function standing(store: Store, of: "face" | "photo", id: number): Turns {
  return of === "photo" ? turnsOfPhoto(store, id) : turnsOfFace(store, id);
}

/** See Keep.keepPicture. Not a change of what screens show, so the change number stays. */
export function keepPicture(
  store: Store,
  of: "face" | "photo",
  id: number,
  size: string,
  data: Uint8Array,
  turns = standing(store, of, id),
): string {
  // A thousand a folder: some file systems grow slow with more.
  const name = join(of, String(Math.floor(id / 1000)), `${id}-${size}.webp`);
  const file = join(store.picturesDir, name);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, data);
    renameSync(`${file}.part`, file);
    store
      .sql("INSERT OR REPLACE INTO derived.pictures (kind, id, size, file, bytes, quarter) VALUES (?, ?, ?, ?, ?, ?)")
      .run(of, id, size, name, data.byteLength, turns);
  } catch (thrown) {
    rmSync(`${file}.part`, { force: true });
    throw asProblem(thrown, file);
  }
  return file;
}

/** See Keep.forgetPicture. */
export function forgetPicture(store: Store, of: "face" | "photo", id: number, size = "%"): void {
  const rows = store
    .sql<[string, number, string], { file: string }>(
      "DELETE FROM derived.pictures WHERE kind = ? AND id = ? AND size LIKE ? RETURNING file",
    )
    .all(of, id, size);
  for (const { file } of rows) rmSync(join(store.picturesDir, file), { force: true });
}
