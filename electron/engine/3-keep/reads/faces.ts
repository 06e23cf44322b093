import type { FaceView, PersonState } from "../../../contract/views.ts";
import { bandName } from "../bands.ts";
import { pointsOf } from "../face-rows.ts";
import { checkAbove } from "../settings-table.ts";
import type { Store } from "../store.ts";
import { rootPerson } from "./root-person.ts";

interface FaceRow {
  readonly id: number;
  readonly photo_id: number;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly points: string | null;
  readonly score: number;
  readonly quality: number;
  readonly source: FaceView["source"];
  readonly taken_at: string | null;
  readonly person_id: number | null;
  readonly confirmed: number | null;
  readonly band: number | null;
  readonly far: number | null;
  readonly name: string | null;
  readonly state: PersonState | null;
  readonly birthday: string | null;
  readonly twice: number;
}
const columns = `
f.id, f.photo_id, p.path, f.x, f.y, f.w, f.h, f.points, f.score, f.quality, f.source,
  CASE WHEN p.taken_from = 'file-time' THEN NULL ELSE p.taken_at END AS taken_at,
  m.person_id, m.confirmed, m.band, m.far, o.name, o.state, o.birthday,
  m.person_id IS NOT NULL AND EXISTS (SELECT 1 FROM derived.members t
    WHERE t.photo_id = f.photo_id AND t.person_id = m.person_id AND t.face_id <> f.id) AS twice`;
const more = `JOIN main.photos p ON p.id = f.photo_id
LEFT JOIN derived.members m ON m.face_id = f.id LEFT JOIN main.people o ON o.id = m.person_id`;
const select = `SELECT ${columns} FROM main.faces f ${more}`;
const counts = "f.gone = 0 AND NOT EXISTS (SELECT 1 FROM main.not_faces n WHERE n.face_id = f.id)";

/** Views of these faces, in their order; ids that nobody has are left out. */
export function facesById(store: Store, faceIds: readonly number[]): readonly FaceView[] {
  const rows = store
    .sql<[string], FaceRow>(`SELECT ${columns} FROM json_each(?) j CROSS JOIN main.faces f ON f.id = j.value ${more} ORDER BY j.key`)
    .all(JSON.stringify(faceIds));
  return faceViews(store, rows);
}

/** Faces of one photo, left to right. */
export function facesOfPhoto(store: Store, photoId: number): readonly FaceView[] {
  return faceViews(store, store.sql<[number], FaceRow>(`${select} WHERE f.photo_id = ? AND ${counts} ORDER BY f.x, f.id`).all(photoId));
}

/** See Reads.faces: of the photo at a path, or of all photos that can be browsed. */
export function facesOfPath(store: Store, path?: string): readonly FaceView[] {
  if (path === undefined)
    return faceViews(store, store.sql<[], FaceRow>(`${select} WHERE p.visible = 1 AND ${counts} ORDER BY f.id`).all());
  const photoId = store.sql<[string], { id: number | null }>("SELECT photo_id AS id FROM main.files WHERE path = ?").get(path)?.id ?? null;
  return photoId === null ? [] : facesOfPhoto(store, photoId).map((face) => ({ ...face, path }));
}

/** See Reads.members. */
export function membersOf(
  store: Store,
  personId: number,
  limit = -1,
): readonly { readonly faceId: number; readonly photoId: number; readonly confirmed: boolean }[] {
  type Stored = { faceId: number; photoId: number; confirmed: number };
  return store
    .sql<[number, number], Stored>(
      "SELECT face_id AS faceId, photo_id AS photoId, confirmed FROM derived.members WHERE person_id = ? ORDER BY quality DESC, face_id LIMIT ?",
    )
    .all(rootPerson(store, personId), limit)
    .map((row) => ({ ...row, confirmed: row.confirmed === 1 }));
}

function faceViews(store: Store, rows: readonly FaceRow[]): readonly FaceView[] {
  const above = checkAbove(store);
  return rows.map((row) => faceView(row, above));
}
function faceView(row: FaceRow, above: number): FaceView {
  const points = pointsOf(row.points);
  return {
    id: row.id,
    photoId: row.photo_id,
    path: row.path,
    box: [row.x, row.y, row.w, row.h],
    landmarks: points,
    score: row.score,
    quality: row.quality,
    source: row.source,
    personId: row.person_id,
    name: row.name,
    personState: row.person_id === null ? null : (row.state ?? "unnamed"),
    state: row.confirmed === 1 ? "confirmed" : "proposed",
    sureness: row.band === null ? "guess" : bandName(row.band),
    toCheck: row.confirmed === 0 && row.far !== null && row.far > above,
    takenAt: row.taken_at,
    age: ageAt(row.birthday, row.taken_at),
    twice: row.twice === 1,
  };
}

/** Whole years from a birthday to a wall-clock time; negative before it; null where either is unknown. */
export function ageAt(birthday: string | null, takenAt: string | null): number | null {
  if (birthday === null || takenAt === null) return null;
  const years = Number(takenAt.slice(0, 4)) - Number(birthday.slice(0, 4));
  return takenAt.slice(5, 10) < birthday.slice(5, 10) ? years - 1 : years;
}
