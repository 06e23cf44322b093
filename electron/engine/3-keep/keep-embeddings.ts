import type { UnitBox } from "../types.ts";
import { turnsOf } from "../lib/turns.ts";
import { keepVector } from "./face-rows.ts";
import { refreshMembers } from "./members.ts";
import type { Store } from "./store.ts";
import type { EmbeddingToKeep, FaceToEmbed } from "./shapes.ts";

/** See Keep.keepEmbeddings. */
export function keepEmbeddings(store: Store, embeddings: readonly EmbeddingToKeep[]): void {
  store.write(() => {
    for (const { faceId, pack, vector, norm, points, quality } of embeddings) {
      keepVector(store, pack, faceId, vector, norm);
      store
        .sql("UPDATE main.faces SET norm = ?, points = coalesce(?, points) WHERE id = ?")
        .run(norm, points === undefined ? null : JSON.stringify(points), faceId);
      if (quality === undefined) continue;
      store
        .sql("UPDATE main.faces SET quality = ?, pixels = ?, sharpness = ?, yaw = ? WHERE id = ?")
        .run(quality.overall, quality.pixels, quality.sharpness, quality.yaw, faceId);
    }
    refreshMembers(
      store,
      embeddings.map((one) => one.faceId),
    );
  });
}

/** See Keep.facesToEmbed. */
export function facesToEmbed(store: Store, pack: string): readonly FaceToEmbed[] {
  type Stored = { faceId: number; photoId: number; path: string; quarter: number | null; x: number; y: number; w: number; h: number };
  return store
    .sql<[string], Stored>(
      `SELECT f.id AS faceId, f.photo_id AS photoId, p.path, t.quarter, f.x, f.y, f.w, f.h
       FROM (SELECT face_id FROM main.drawn_faces UNION SELECT face_id FROM main.adjusted_faces) d
       JOIN main.faces f ON f.id = d.face_id JOIN main.photos p ON p.id = f.photo_id LEFT JOIN main.turned_photos t ON t.photo_id = p.id
       WHERE f.gone = 0 AND p.shown = 'present' AND NOT EXISTS (SELECT 1 FROM derived.embeddings e WHERE e.pack = ? AND e.face_id = f.id AND e.stale = 0)
       ORDER BY f.id`,
    )
    .all(pack)
    .map(({ x, y, w, h, quarter, ...face }) => ({ ...face, turns: turnsOf(quarter ?? 0), box: [x, y, w, h] satisfies UnitBox }));
}
