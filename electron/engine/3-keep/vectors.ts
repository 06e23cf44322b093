import { fromHalf } from "./half-floats.ts";
import type { Store } from "./store.ts";
import type { FacesToGroup } from "./shapes.ts";

interface GroupRow {
  readonly face_id: number;
  readonly photo_id: number;
  readonly vector: Uint8Array;
  readonly norm: number;
  readonly pixels: number;
  readonly score: number;
  readonly quality: number;
  readonly turned: number;
}

/** See Keep.facesToGroup. Two passes, so that memory holds the vectors once. */
export function facesToGroup(store: Store, pack: string): FacesToGroup {
  const from = `FROM derived.embeddings e JOIN main.faces f ON f.id = e.face_id JOIN main.photos p ON p.id = f.photo_id
    WHERE e.pack = ? AND f.gone = 0 AND p.visible = 1 AND NOT EXISTS (SELECT 1 FROM main.not_faces n WHERE n.face_id = f.id)`;
  const size = store
    .sql<[string], { n: number; bytes: number | null }>(`SELECT count(*) AS n, min(length(e.vector)) AS bytes ${from}`)
    .get(pack);
  const count = size?.n ?? 0;
  const dimensions = (size?.bytes ?? 0) / 2;
  const faces = {
    pack,
    dimensions,
    faceIds: new Int32Array(count),
    photoIds: new Int32Array(count),
    vectors: new Float32Array(count * dimensions),
    norms: new Float32Array(count),
    pixels: new Float32Array(count),
    scores: new Float32Array(count),
    qualities: new Float32Array(count),
    turned: new Uint8Array(count),
  };
  let row = 0;
  const rows = store.sql<[string], GroupRow>(
    `SELECT e.face_id, f.photo_id, e.vector, e.norm, f.pixels, f.score, f.quality, f.turned ${from} ORDER BY e.face_id`,
  );
  for (const face of rows.iterate(pack)) {
    faces.faceIds[row] = face.face_id;
    faces.photoIds[row] = face.photo_id;
    fromHalf(face.vector, faces.vectors, row * dimensions);
    faces.norms[row] = face.norm;
    faces.pixels[row] = face.pixels;
    faces.scores[row] = face.score;
    faces.qualities[row] = face.quality;
    faces.turned[row] = face.turned;
    row++;
  }
  return faces;
}

/** See Keep.vectorsOf. */
export function vectorsOf(store: Store, pack: string, faceIds: readonly number[]): ReadonlyMap<number, Float32Array> {
  const select = store.sql<[string, number], { vector: Uint8Array }>(
    "SELECT vector FROM derived.embeddings WHERE pack = ? AND face_id = ?",
  );
  const vectors = new Map<number, Float32Array>();
  for (const faceId of faceIds) {
    const row = select.get(pack, faceId);
    if (row !== undefined) vectors.set(faceId, fromHalf(row.vector));
  }
  return vectors;
}
