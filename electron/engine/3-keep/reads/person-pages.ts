import type { FaceView, Page, PhotoTile } from "../../../contract/views.ts";
import { checkAbove } from "../members.ts";
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

/** See Reads.personFaces. By date: newest first, undated last. */
export function personFaces(
  store: Store,
  args: {
    readonly personId: number;
    readonly show: keyof typeof shows;
    readonly sort: keyof typeof orders;
    readonly offset: number;
    readonly limit: number;
  },
): Page<FaceView> {
  const params = { person: rootPerson(store, args.personId), above: checkAbove(store), limit: args.limit, offset: args.offset };
  const where = `FROM derived.members WHERE person_id = @person${shows[args.show]}`;
  const total = store.sql<[object], { n: number }>(`SELECT count(*) AS n ${where}`).get(params)?.n ?? 0;
  const ids = store
    .sql<[object], { id: number }>(`SELECT face_id AS id ${where} ORDER BY ${orders[args.sort]} LIMIT @limit OFFSET @offset`)
    .all(params)
    .map((row) => row.id);
  return { total, items: facesById(store, ids) };
}

/** See Reads.personPhotos. Newest first, undated last. */
export function personPhotos(
  store: Store,
  args: { readonly personId: number; readonly offset: number; readonly limit: number },
): Page<PhotoTile> {
  const personId = rootPerson(store, args.personId);
  const total =
    store.sql<[number], { n: number }>("SELECT count(DISTINCT photo_id) AS n FROM derived.members WHERE person_id = ?").get(personId)?.n ??
    0;
  const ids = store
    .sql<number[], { id: number }>(
      `SELECT photo_id AS id FROM derived.members WHERE person_id = ? GROUP BY taken_at, photo_id
       ORDER BY taken_at DESC, photo_id DESC LIMIT ? OFFSET ?`,
    )
    .all(personId, args.limit, args.offset)
    .map((row) => row.id);
  return { total, items: tilesOf(store, ids) };
}
