import { turnedUnitBox, turnsOf, type Turns } from "../../lib/turns.ts";
import type { PersonState, UnitBox } from "../../types.ts";
import { foundOf } from "../face-rows.ts";
import { turnsOfPhoto } from "../turned-photos.ts";
import type { Store } from "../store.ts";
import { rootPerson } from "./root-person.ts";

/** Everything people said, as rows; faces by id with the content hash and box that name them outside this library. */
export interface PortableRows {
  readonly people: readonly {
    readonly id: number;
    readonly name: string | null;
    readonly state: PersonState;
    readonly birthday: string | null;
  }[];
  readonly neverMerge: readonly (readonly [a: number, b: number])[];
  /** Ordered by hash, then box. Of photos with a drawn face, all faces: without them a drawn one could be taken for its neighbour. */
  readonly faces: readonly PortableFaceRow[];
  readonly albums: readonly { readonly name: string; readonly query: string }[];
  /** Photos that somebody turned, by hash. */
  readonly turned: readonly { readonly hash: string; readonly path: string; readonly quarter: Turns }[];
}
export interface PortableFaceRow {
  readonly hash: string;
  readonly path: string;
  /** Of the photo as its file stands; likewise `was`, where the machine found it before somebody moved it. */
  readonly box: UnitBox;
  readonly was: UnitBox | null;
  readonly source: "detected" | "drawn" | "imported";
  readonly is: number | null;
  readonly isNot: readonly number[];
  readonly notAFace: boolean;
  readonly key: boolean;
}
/** An import that stands: what it made of the people of its file, and which photos have had their share. */
export interface StandingImport {
  readonly decisionId: number;
  readonly at: string;
  /** Id in the file to person here (following merges); null where nobody was made. */
  readonly people: ReadonlyMap<string, number | null>;
  /** SHA-256 of what its file said of photos. */
  readonly photos: string;
}

interface Stored {
  readonly hash: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly source: PortableFaceRow["source"];
  readonly is: number | null;
  readonly not_face: number | null;
  readonly is_not: string | null;
  readonly key: number;
  readonly found: string | null;
  readonly quarter: number | null;
}

/** See PortableRows. Photos whose files are away or gone are included. */
export function portableRows(store: Store): PortableRows {
  const live = "(SELECT id FROM main.people WHERE merged_into IS NULL)";
  const faces = store
    .sql<[], Stored>(
      `SELECT p.hash, p.path, f.x, f.y, f.w, f.h, f.source, f.found, t.quarter, c.person_id AS "is", n.face_id AS not_face,
         (SELECT json_group_array(r.person_id) FROM main.rejected r CROSS JOIN main.people o ON o.id = r.person_id
          WHERE r.face_id = f.id AND o.merged_into IS NULL) AS is_not,
         EXISTS (SELECT 1 FROM main.people WHERE id = c.person_id AND key_face_id = f.id) AS key
       FROM main.faces f JOIN main.photos p ON p.id = f.photo_id LEFT JOIN main.turned_photos t ON t.photo_id = p.id
       LEFT JOIN main.confirmed c ON c.face_id = f.id LEFT JOIN main.not_faces n ON n.face_id = f.id
       WHERE f.id IN (SELECT face_id FROM main.confirmed UNION SELECT face_id FROM main.rejected UNION SELECT face_id FROM main.not_faces
           UNION SELECT face_id FROM main.drawn_faces UNION SELECT face_id FROM main.adjusted_faces)
         OR (f.gone = 0 AND f.photo_id IN (SELECT photo_id FROM main.drawn_faces))
       ORDER BY p.hash, f.x, f.y, f.w, f.h, f.source, f.id`,
    )
    .all();
  return {
    people: store
      .sql<[], PortableRows["people"][number]>("SELECT id, name, state, birthday FROM main.people WHERE merged_into IS NULL ORDER BY id")
      .all(),
    neverMerge: store
      .sql<[], { a: number; b: number }>(`SELECT a, b FROM main.never_merge WHERE a IN ${live} AND b IN ${live} ORDER BY a, b`)
      .all()
      .map(({ a, b }) => [a, b]),
    faces: faces.map((row) => ({
      hash: row.hash,
      path: row.path,
      box: inFile([row.x, row.y, row.w, row.h], row.quarter),
      was: row.found === null ? null : inFile(foundOf(row.found).box, row.quarter),
      source: row.source,
      is: row.is,
      isNot: JSON.parse(row.is_not ?? "[]") as number[],
      notAFace: row.not_face !== null,
      key: row.key === 1,
    })),
    albums: savedQueries(store),
    turned: store
      .sql<[], { hash: string; path: string; quarter: number }>(
        "SELECT p.hash, p.path, t.quarter FROM main.turned_photos t JOIN main.photos p ON p.id = t.photo_id ORDER BY p.hash",
      )
      .all()
      .map((row) => ({ ...row, quarter: turnsOf(row.quarter) })),
  };
}

/** Albums as they are kept. */
export function savedQueries(store: Store): PortableRows["albums"] {
  return store.sql<[], { name: string; query: string }>("SELECT name, query FROM main.albums ORDER BY name, query").all();
}

function inFile(box: UnitBox, quarter: number | null): UnitBox {
  return turnedUnitBox(box, turnsOf(-(quarter ?? 0)));
}

/** Imports that stand, oldest first. */
export function standingImports(store: Store): readonly StandingImport[] {
  return store
    .sql<[], { id: number; at: string; people: string | null; photos: string | null }>(
      `SELECT id, at, json_extract(payload, '$.people') AS people, json_extract(payload, '$.photos') AS photos FROM main.decisions
       WHERE kind = 'import' AND undone_by IS NULL ORDER BY id`,
    )
    .all()
    .map(({ id, at, people, photos }) => {
      const entries = Object.entries(JSON.parse(people ?? "{}") as Record<string, number | null>);
      const roots = entries.map(([ref, personId]) => [ref, personId === null ? null : rootPerson(store, personId)] as const);
      return { decisionId: id, at, people: new Map(roots), photos: photos ?? "" };
    });
}

/** The file that an import brought, as it came; null for any other decision. */
export function importedDocument(store: Store, decisionId: number): unknown {
  const row = store
    .sql<[number], { document: string | null }>(
      "SELECT json_extract(payload, '$.document') AS document FROM main.decisions WHERE id = ? AND kind = 'import'",
    )
    .get(decisionId);
  return row === undefined || row.document === null ? null : (JSON.parse(row.document) as unknown);
}

/** Content hashes of photos that an import's file speaks of, that are here, and that have not had their share, with it or later. */
export function photosLate(store: Store, decisionId: number): ReadonlySet<string> {
  const rows = store
    .sql<[number, number, number], { hash: string }>(
      `SELECT hash FROM (
         SELECT j.value ->> '$.hash' AS hash FROM main.decisions d, json_each(d.payload, '$.document.photos') j
         WHERE d.id = ? AND d.kind = 'import')
       WHERE hash IN (SELECT hash FROM main.photos) AND hash NOT IN (
         SELECT j.value FROM main.decisions d, json_each(d.payload, '$.served') j
         WHERE (d.id = ? AND d.kind = 'import') OR (d.kind = 'carry' AND json_extract(d.payload, '$.import') = ?))`,
    )
    .all(decisionId, decisionId, decisionId);
  return new Set(rows.map((row) => row.hash));
}

/** The photo with this content and its faces (where a reading finds them, in the photo as its file stands), those that were drawn and taken back left out; null where the content is not known. */
export function photoByHash(
  store: Store,
  hash: string,
): { readonly photoId: number; readonly faces: readonly { readonly id: number; readonly box: UnitBox; readonly drawn: boolean }[] } | null {
  const photo = store.sql<[string], { id: number }>("SELECT id FROM main.photos WHERE hash = ?").get(hash);
  if (photo === undefined) return null;
  const faces = store
    .sql<[number], { id: number; x: number; y: number; w: number; h: number; source: string; found: string | null }>(
      "SELECT id, x, y, w, h, source, found FROM main.faces WHERE photo_id = ? AND (gone = 0 OR source = 'detected') ORDER BY id",
    )
    .all(photo.id)
    .map((row) => ({
      id: row.id,
      box: inFile(row.found === null ? [row.x, row.y, row.w, row.h] : foundOf(row.found).box, turnsOfPhoto(store, photo.id)),
      drawn: row.source !== "detected",
    }));
  return { photoId: photo.id, faces };
}
