import type { FaceView, Page, PhotoTile } from "../../../contract/views.ts";
import { checkAbove } from "../settings-table.ts";
import type { GrowthFace } from "../shapes.ts";
import type { Store } from "../store.ts";
import { facesById } from "./faces.ts";
import { rootPerson } from "./root-person.ts";
import { tilesOf } from "./tiles.ts";

const orders = {
  date: "taken_at DESC, photo_id DESC, face_id DESC",
  sureness: "band, similarity DESC, face_id",
  quality: "quality DESC, face_id",
} as const;
const shows = {
  everything: "",
  confirmed: " AND confirmed = 1",
  proposed: " AND confirmed = 0",
  "to-check": " AND confirmed = 0 AND far > @above",
} as const;

/** Only photos that show somebody else too. */
const withOther = " AND photo_id IN (SELECT photo_id FROM derived.members WHERE person_id = @other)";

/** See Reads.personFaces. By date: newest first, undated last. */
export function personFaces(
  store: Store,
  args: {
    readonly personId: number;
    readonly show: keyof typeof shows;
    readonly sort: keyof typeof orders;
    readonly with?: number | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Page<FaceView> {
  const { show, sort, limit, offset } = args;
  const other = args.with === undefined ? {} : { other: rootPerson(store, args.with) };
  const params = { person: rootPerson(store, args.personId), above: checkAbove(store), limit, offset, ...other };
  const where = `FROM derived.members WHERE person_id = @person${shows[show]}${args.with === undefined ? "" : withOther}`;
  const total = store.sql<[object], { n: number }>(`SELECT count(*) AS n ${where}`).get(params)?.n ?? 0;
  const ids = store
    .sql<[object], { id: number }>(`SELECT face_id AS id ${where} ORDER BY ${orders[sort]} LIMIT @limit OFFSET @offset`)
    .all(params)
    .map((row) => row.id);
  return { total, items: facesById(store, ids) };
}

/** See Reads.personPhotos. Newest first, undated last. */
export function personPhotos(
  store: Store,
  args: { readonly personId: number; readonly with?: number | undefined; readonly offset: number; readonly limit: number },
): Page<PhotoTile> {
  const { limit, offset } = args;
  const other = args.with === undefined ? {} : { other: rootPerson(store, args.with) };
  const params = { person: rootPerson(store, args.personId), limit, offset, ...other };
  const where = `FROM derived.members WHERE person_id = @person${args.with === undefined ? "" : withOther}`;
  const total = store.sql<[object], { n: number }>(`SELECT count(DISTINCT photo_id) AS n ${where}`).get(params)?.n ?? 0;
  const ids = store
    .sql<[object], { id: number }>(
      `SELECT photo_id AS id ${where} GROUP BY taken_at, photo_id ORDER BY taken_at DESC, photo_id DESC LIMIT @limit OFFSET @offset`,
    )
    .all(params)
    .map((row) => row.id);
  return { total, items: tilesOf(store, ids) };
}

/** See Reads.growthFaces. */
export function growthFaces(store: Store, personId: number): readonly GrowthFace[] {
  return store
    .sql<[object], GrowthFace>(
      `SELECT m.face_id AS faceId, m.taken_at AS takenAt, f.quality, f.yaw, f.pixels FROM derived.members m
       CROSS JOIN main.faces f ON f.id = m.face_id
       WHERE m.person_id = @person AND m.taken_at IS NOT NULL AND f.points IS NOT NULL AND (m.confirmed = 1 OR m.far <= @above)
       ORDER BY m.taken_at, m.face_id`,
    )
    .all({ person: rootPerson(store, personId), above: checkAbove(store) });
}
