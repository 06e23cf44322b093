import type { FivePoints, SeenFace, UnitBox } from "../types.ts";
import { toHalf } from "./half-floats.ts";
import type { Store } from "./store.ts";

export interface FaceRow {
  readonly id: number;
  readonly box: UnitBox;
  readonly source: "detected" | "drawn" | "imported";
  readonly gone: boolean;
  /** Somebody moved its box: `box` is then where a reading finds it again, and what is kept is left as they said. */
  readonly adjusted: boolean;
}

/** What the detector said of a face whose box somebody moved. */
export interface Found {
  readonly box: UnitBox;
  readonly points: FivePoints | null;
}
/** As it is kept in `faces.found`. */
export function foundOf(text: string): Found {
  return JSON.parse(text) as Found;
}

/** A photo's faces, also those that are gone. */
export function facesOf(store: Store, photoId: number): readonly FaceRow[] {
  type Stored = { id: number; x: number; y: number; w: number; h: number; source: FaceRow["source"]; gone: number; found: string | null };
  return store
    .sql<[number], Stored>("SELECT id, x, y, w, h, source, gone, found FROM main.faces WHERE photo_id = ? ORDER BY id")
    .all(photoId)
    .map(({ id, x, y, w, h, source, gone, found }) => ({
      id,
      box: found === null ? [x, y, w, h] : foundOf(found).box,
      source,
      gone: gone === 1,
      adjusted: found !== null,
    }));
}

/** Adds a detected face. */
export function insertFace(store: Store, id: number, photoId: number, face: SeenFace, detector: string): void {
  store
    .sql(
      `INSERT INTO main.faces (id, photo_id, x, y, w, h, points, score, source, norm, quality, pixels, sharpness, yaw, turned, detector)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'detected', ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, photoId, ...face.box, JSON.stringify(face.points), face.score, ...measured(face), face.turned, detector);
}

/** Brings a face up to date with a new reading. Where somebody drew the box, the box stays. */
export function updateFace(store: Store, old: FaceRow, face: SeenFace, detector: string): void {
  if (old.adjusted) {
    const found = JSON.stringify({ box: face.box, points: face.points } satisfies Found);
    store.sql("UPDATE main.faces SET found = ?, detector = ?, turned = ?, gone = 0 WHERE id = ?").run(found, detector, face.turned, old.id);
    return;
  }
  const box = old.source === "detected" ? face.box : old.box;
  const score = old.source === "detected" ? face.score : 1;
  store
    .sql(
      `UPDATE main.faces SET x = ?, y = ?, w = ?, h = ?, points = ?, score = ?, norm = ?, quality = ?, pixels = ?, sharpness = ?, yaw = ?,
        turned = ?, detector = ?, gone = 0 WHERE id = ?`,
    )
    .run(...box, JSON.stringify(face.points), score, ...measured(face), face.turned, detector, old.id);
}

/** Keeps the unit vector of a face for one pack. */
export function keepVector(store: Store, pack: string, faceId: number, vector: Float32Array, norm: number): void {
  store
    .sql(
      `INSERT INTO derived.embeddings (pack, face_id, vector, norm) VALUES (?, ?, ?, ?)
       ON CONFLICT (pack, face_id) DO UPDATE SET vector = excluded.vector, norm = excluded.norm, stale = 0`,
    )
    .run(pack, faceId, toHalf(vector), norm);
}

/** Landmarks as they are kept, or null. */
export function pointsOf(text: string | null): FivePoints | null {
  return text === null ? null : (JSON.parse(text) as FivePoints);
}

function measured(face: SeenFace): readonly number[] {
  const { overall, pixels, sharpness, yaw } = face.quality;
  return [face.norm, overall, pixels, sharpness, yaw];
}
