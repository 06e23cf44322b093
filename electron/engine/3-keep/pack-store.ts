import type { FivePoints, UnitBox } from "../types.ts";
import { keepVector, pointsOf } from "./face-rows.ts";
import { changeNumber, type Store } from "./store.ts";

/** From the pack in use to another, in the version it has now. */
export interface PackMove {
  readonly from: string;
  readonly to: string;
  readonly version: number;
}
/** A face as it is known: enough to embed it again without looking for it. */
export interface KnownFace {
  readonly faceId: number;
  readonly box: UnitBox;
  /** Null for one that somebody drew where no landmarks were found. */
  readonly points: FivePoints | null;
  readonly score: number;
  /** Quarter turns clockwise that the photo needed before the face was found. */
  readonly turned: number;
}
/** Photos by their ids, both ends included: all of a large library at once would keep the engine from answering. */
export interface PhotoRange {
  readonly first: number;
  readonly last: number;
}
export interface VectorToKeep {
  readonly faceId: number;
  readonly vector: Float32Array;
  readonly norm: number;
}
/** A face that somebody said is this named person. */
export interface LabelledFace {
  readonly faceId: number;
  readonly personId: number;
  readonly photoId: number;
}

/** What is kept for several packs side by side. Vectors of a pack that is not in use stay, so that going back costs nothing. */
export interface PackStore {
  /** The highest id of a photo that was read. */
  lastPhoto(): number;
  /** Photos that are there and whose faces are still to be embedded for a move, and how many more are away. */
  left(move: PackMove, range: PhotoRange): { readonly photoIds: readonly number[]; readonly away: number };
  /** Photos that are there and were read with a pack and show faces. */
  photos(pack: string): number;
  /** Photos with nothing to embed count as read with the new pack. */
  level(move: PackMove, range: PhotoRange): void;
  /** All faces of a photo. */
  faces(photoId: number): readonly KnownFace[];
  /** Keeps vectors; nothing else of the faces changes. With `photoId` that photo counts as read with the new pack. */
  keep(move: PackMove, vectors: readonly VectorToKeep[], photoId?: number): void;
  /** Confirmed faces of named people in photos that are there: about `most`, evenly of all people who have two, but `least` of each. */
  labelled(most: number, least: number): readonly LabelledFace[];
  /** How many pairs of faces stand in one photo. */
  pairsTogether(): number;
  /** Pairs of faces in one photo that are not taken for one person, at most so many. */
  together(most: number): readonly (readonly [number, number])[];
  /** Faces of people and groups that have so many or more, confirmed or sure: the largest `people` of them, `each` at most of one. */
  gathered(wanted: { readonly people: number; readonly faces: number; readonly each: number }): readonly GatheredFace[];
  /** Length of a face's raw embedding, or null where there is none. */
  norm(pack: string, faceId: number): number | null;
}
/** A face of somebody, named or not. */
export interface GatheredFace {
  readonly faceId: number;
  readonly personId: number;
}

const pairs = "derived.seen s LEFT JOIN derived.seen t ON t.photo_id = s.photo_id AND t.embedder = @to AND t.embedder_version = @version";
const open = "s.photo_id BETWEEN @first AND @last AND s.embedder = @from AND (t.photo_id IS NULL OR t.change < s.change)";
/**
 * A photo read with the old pack (`s`) has a face without a vector of the new one. Its row of the new pack (`t`) may be older than the
 * old pack's and complete all the same: then no face was found since.
 */
const missing = `EXISTS (SELECT 1 FROM main.faces f JOIN derived.embeddings e ON e.pack = @from AND e.face_id = f.id
    WHERE f.photo_id = s.photo_id AND f.gone = 0
      AND (t.photo_id IS NULL OR NOT EXISTS (SELECT 1 FROM derived.embeddings o WHERE o.pack = @to AND o.face_id = f.id AND o.stale = 0)))`;

/** Opens it over a library. */
export function openPackStore(store: Store): PackStore {
  return {
    lastPhoto: () => store.sql<[], { last: number | null }>("SELECT max(photo_id) AS last FROM derived.seen").get()?.last ?? 0,
    left(move, range) {
      const rows = store
        .sql<[PackMove & PhotoRange], { id: number; here: number }>(
          `SELECT s.photo_id AS id, p.shown = 'present' AS here FROM ${pairs} JOIN main.photos p ON p.id = s.photo_id
           WHERE ${open} AND p.visible = 1 AND ${missing} ORDER BY s.photo_id`,
        )
        .all({ ...move, ...range });
      const photoIds = rows.filter((row) => row.here === 1).map((row) => row.id);
      return { photoIds, away: rows.length - photoIds.length };
    },
    photos(pack) {
      const row = store
        .sql<[string], { n: number }>(
          `SELECT count(*) AS n FROM derived.seen s JOIN main.photos p ON p.id = s.photo_id
           WHERE s.embedder = ? AND p.shown = 'present' AND p.face_count > 0`,
        )
        .get(pack);
      return row?.n ?? 0;
    },
    level(move, range) {
      store.write(() =>
        store
          .sql(
            `INSERT OR REPLACE INTO derived.seen
             SELECT s.photo_id, @to, @version, s.detector, s.detector_version, s.small_faces, @change, @at FROM ${pairs}
             WHERE ${open} AND NOT ${missing} AND (t.photo_id IS NULL OR t.detector <> s.detector
               OR t.detector_version <> s.detector_version OR t.small_faces <> s.small_faces)`,
          )
          .run({ ...move, ...mark(store), ...range }),
      );
    },
    faces: (photoId) => knownFaces(store, photoId),
    keep(move, vectors, photoId) {
      store.write(() => {
        for (const { faceId, vector, norm } of vectors) keepVector(store, move.to, faceId, vector, norm);
        if (photoId === undefined) return;
        store
          .sql(
            `INSERT OR REPLACE INTO derived.seen
             SELECT photo_id, @to, @version, detector, detector_version, small_faces, @change, @at FROM derived.seen
             WHERE photo_id = @photoId AND embedder = @from`,
          )
          .run({ ...move, ...mark(store), photoId });
      });
    },
    labelled: (most, least) => labelledFaces(store, most, least),
    pairsTogether: () =>
      store.sql<[], { n: number | null }>("SELECT sum(face_count * (face_count - 1) / 2) AS n FROM main.photos WHERE visible = 1").get()
        ?.n ?? 0,
    together: (most) => pairsTogether(store, most),
    gathered: (wanted) => gatheredFaces(store, wanted),
    norm: (pack, faceId) =>
      store.sql<[string, number], { norm: number }>("SELECT norm FROM derived.embeddings WHERE pack = ? AND face_id = ?").get(pack, faceId)
        ?.norm ?? null,
  };
}

function mark(store: Store): { readonly change: number; readonly at: string } {
  return { change: changeNumber(store) + 1, at: store.now().toISOString() };
}

function knownFaces(store: Store, photoId: number): readonly KnownFace[] {
  type Stored = { id: number; x: number; y: number; w: number; h: number; points: string | null; score: number; turned: number };
  return store
    .sql<[number], Stored>("SELECT id, x, y, w, h, points, score, turned FROM main.faces WHERE photo_id = ? AND gone = 0 ORDER BY id")
    .all(photoId)
    .map(({ id, x, y, w, h, points, score, turned }) => {
      return { faceId: id, box: [x, y, w, h] satisfies UnitBox, points: pointsOf(points), score, turned };
    });
}

/** Evenly over all of a person's, so that neither a year nor a folder decides. */
function labelledFaces(store: Store, most: number, least: number): readonly LabelledFace[] {
  const rows = store
    .sql<[], LabelledFace>(
      `SELECT c.face_id AS faceId, c.person_id AS personId, f.photo_id AS photoId FROM main.confirmed c
       JOIN main.people o ON o.id = c.person_id AND o.state = 'named' AND o.merged_into IS NULL
       JOIN main.faces f ON f.id = c.face_id AND f.gone = 0
       JOIN main.photos p ON p.id = f.photo_id AND p.shown = 'present'
       ORDER BY c.person_id, c.face_id`,
    )
    .all();
  const people = [...Map.groupBy(rows, (row) => row.personId).values()]
    .filter((own) => own.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, Math.floor(most / least));
  const each = Math.max(least, Math.floor(most / people.length));
  return people.flatMap((own) => {
    const step = Math.max(1, own.length / each);
    return Array.from({ length: Math.min(each, own.length) }, (_, at) => own[Math.floor(at * step)]).filter((row) => row !== undefined);
  });
}

/** In the order of photos' ids, which says nothing of who is in them. */
function pairsTogether(store: Store, most: number): readonly (readonly [number, number])[] {
  return store
    .sql<[number], { a: number; b: number }>(
      `SELECT a.id AS a, b.id AS b FROM main.faces a JOIN main.faces b ON b.photo_id = a.photo_id AND b.id > a.id
       LEFT JOIN derived.members m ON m.face_id = a.id LEFT JOIN derived.members n ON n.face_id = b.id
       WHERE a.gone = 0 AND b.gone = 0 AND (m.person_id IS NULL OR n.person_id IS NULL OR m.person_id <> n.person_id)
         AND NOT EXISTS (SELECT 1 FROM main.not_faces x WHERE x.face_id IN (a.id, b.id)) LIMIT ?`,
    )
    .all(most)
    .map(({ a, b }) => [a, b]);
}

function gatheredFaces(
  store: Store,
  wanted: { readonly people: number; readonly faces: number; readonly each: number },
): readonly GatheredFace[] {
  return store
    .sql<[typeof wanted], GatheredFace>(
      `SELECT face_id AS faceId, person_id AS personId FROM (
         SELECT m.face_id, m.person_id, row_number() OVER (PARTITION BY m.person_id ORDER BY m.quality DESC, m.face_id) AS place
         FROM derived.members m
         WHERE m.band <= 1 AND m.person_id IN (
           SELECT person_id FROM derived.members WHERE band <= 1 GROUP BY person_id HAVING count(*) >= @faces
           ORDER BY count(*) DESC, person_id LIMIT @people)
       ) WHERE place <= @each`,
    )
    .all(wanted);
}
