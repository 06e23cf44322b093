import { join } from "node:path";
import { openKeep, type Keep } from "../../electron/engine/3-keep/keep.ts";
import type { ProposalToKeep, Reading } from "../../electron/engine/3-keep/shapes.ts";
import type { PhotoFacts, SeenFace, UnitBox } from "../../electron/engine/types.ts";

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A unit vector near `centre` (cosine about 0.9), or anywhere without one. */
export function vectorNear(random: () => number, dimensions: number, centre?: Float32Array): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, (_, i) => (centre?.[i] ?? 0) + ((random() - 0.5) * 1.7) / Math.sqrt(dimensions));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

export const reading = { detector: "mtcnn", detectorVersion: 1, embedder: "test-pack", embedderVersion: 1, smallFaces: false } as const;
export const noFacts: PhotoFacts = {
  takenAt: null,
  takenZone: null,
  takenFrom: null,
  latitude: null,
  longitude: null,
  camera: null,
  hasOrientation: false,
};

/** A detected face at a place. */
export function seenFace(box: UnitBox, embedding: Float32Array | null, overall = 0.5): SeenFace {
  const [x, y, w, h] = box;
  const at = (dx: number, dy: number): readonly [number, number] => [x + w * dx, y + h * dy];
  return {
    box,
    points: [at(0.3, 0.4), at(0.7, 0.4), at(0.5, 0.6), at(0.35, 0.8), at(0.65, 0.8)],
    score: 0.99,
    embedding,
    norm: 10,
    quality: { overall, pixels: 120, sharpness: 300, yaw: 0 },
    turned: 0,
  };
}

/** Writes photos as a scan does: walk, identify, keep. `faces[i]` are the faces of photo i; `read`: what it was read with, where it matters. */
export function addPhotos(
  keep: Keep,
  folder: string,
  photos: readonly {
    readonly name: string;
    readonly hash: string;
    readonly facts?: PhotoFacts;
    readonly faces: readonly SeenFace[];
    /** Width and height in pixels. */
    readonly size?: readonly [number, number];
  }[],
  read: Partial<Reading> = {},
): readonly { readonly photoId: number; readonly faceIds: readonly number[] }[] {
  const folderId = keep.addFolder(folder);
  const found = photos.map((photo, i) => ({ path: join(folder, photo.name), bytes: 1000 + i, mtimeMs: 1000, inode: i + 1 }));
  keep.filesSeen(folderId, found);
  const byPath = new Map(photos.map((photo) => [join(folder, photo.name), photo]));
  return keep.filesToIdentify([folderId]).map((file) => {
    const photo = byPath.get(file.path);
    if (photo === undefined) throw new Error(`not asked for: ${file.path}`);
    keep.fileIdentified(file.fileId, photo.hash);
    return keep.keepPhoto({
      fileId: file.fileId,
      hash: photo.hash,
      bytes: file.bytes,
      width: photo.size?.[0] ?? 4000,
      height: photo.size?.[1] ?? 3000,
      facts: photo.facts ?? noFacts,
      damaged: false,
      thumbhash: null,
      faces: photo.faces,
      reading: { ...reading, ...read },
    });
  });
}

/** A large library: heavy-tailed people, some named, the rest proposed. Written in one go, so that making it is quick. */
export function largeLibrary(libraryDir: string, size: { readonly photos: number; readonly faces: number; readonly people: number }): Keep {
  const keep = openKeep({ libraryDir });
  const random = seeded(7);
  const perPhoto = Math.round(size.faces / size.photos);
  const photos = Array.from({ length: size.photos }, (_, i) => {
    const time = new Date(Date.UTC(2005, 0, 1) + Math.floor(random() * 20 * 365.25 * 86400) * 1000).toISOString().slice(0, 19);
    const faces = Array.from({ length: perPhoto }, (__, j) => seenFace([0.05 + 0.3 * j, 0.2, 0.2, 0.3], null, random()));
    return { name: `${i % 500}/photo ${i}.jpg`, hash: `hash ${i}`, facts: { ...noFacts, takenAt: i % 50 === 0 ? null : time }, faces };
  });
  const kept = keep.batch(() => addPhotos(keep, "/pictures", photos));
  const first = keep.reservePersonIds(size.people);
  const proposals: ProposalToKeep[] = kept.flatMap(({ faceIds }) =>
    faceIds.map((faceId): ProposalToKeep => {
      // Zipf-like: the first people have very many faces, most have few.
      const personId = first + Math.min(size.people - 1, Math.floor(size.people ** random() - 1));
      const sure = random();
      const [band, far] =
        sure < 0.8 ? (["sure", 1e-6] as const) : sure < 0.95 ? (["fairly-sure", 5e-5] as const) : (["not-sure", 5e-4] as const);
      return { faceId, personId, similarity: 0.4 + 0.5 * random(), far, rule: "linked", band };
    }),
  );
  keep.keepGrouping({ proposals, groups: [], questions: [] });
  return keep;
}
