import type { PhotoTile } from "../../../contract/views.ts";
import type { Store } from "../store.ts";

interface TileRow {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly takenAt: string | null;
  readonly takenFrom: string | null;
  readonly thumbhash: string | null;
  readonly faces: number;
  readonly shown: string;
  readonly path: string;
}

/** Tiles of these photos, in their order. */
export function tilesOf(store: Store, photoIds: readonly number[]): readonly PhotoTile[] {
  const one = store.sql<[number], TileRow>(
    "SELECT id, width, height, taken_at AS takenAt, taken_from AS takenFrom, thumbhash, face_count AS faces, shown, path FROM main.photos WHERE id = ?",
  );
  return photoIds.flatMap((photoId) => {
    const row = one.get(photoId);
    if (row === undefined) return [];
    const { shown, ...tile } = row;
    return [{ ...tile, offline: shown !== "present" }];
  });
}
