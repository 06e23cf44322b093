import { Problem } from "../errors.ts";
import type { Turns } from "../lib/turns.ts";
import type { PersonState, Row } from "../types.ts";
import { readRow } from "./fact-tables.ts";
import { turnsOfPhoto } from "./turned-photos.ts";
import { takeNumbers, type Store } from "./store.ts";

/** A row of `people`, as the verbs of 5-decide read it. */
export interface PersonFactRow {
  readonly id: number;
  readonly name: string | null;
  readonly state: PersonState;
  readonly keyFaceId: number | null;
  readonly birthday: string | null;
  readonly mergedInto: number | null;
}
/** What the verbs may know, answered from the catalogue; structurally the `Facts` of 5-decide. */
export interface KeepFacts {
  person(personId: number): PersonFactRow | null;
  confirmedFaces(personId: number): readonly number[];
  proposedFaces(personId: number): readonly number[];
  face(faceId: number): { readonly id: number; readonly photoId: number } | null;
  confirmedPerson(faceId: number): number | null;
  proposedPerson(faceId: number): number | null;
  isRejected(faceId: number, personId: number): boolean;
  rejectedFaces(personId: number): readonly number[];
  rejectedPeople(faceId: number): readonly number[];
  neverMergeOf(personId: number): readonly number[];
  isNotFace(faceId: number): boolean;
  hasPhoto(photoId: number): boolean;
  photoAt(path: string): number | null;
  turns(photoId: number): Turns;
  boxRow(faceId: number): { readonly table: "drawn_faces" | "adjusted_faces"; readonly row: Row | null } | null;
  album(albumId: number): { readonly id: number; readonly name: string; readonly query: string } | null;
  newPersonId(): number;
  newFaceId(): number;
  newAlbumId(): number;
}

/** Opens the read interface. New ids are taken at once and for good, whether or not the decision comes about: `block` of them at a time. */
export function openFacts(store: Store, block = 1): KeepFacts {
  const numbers = (text: string, ...params: number[]): readonly number[] =>
    store
      .sql<number[], { n: number }>(text)
      .all(...params)
      .map((row) => row.n);
  const number = (text: string, ...params: (number | string)[]): number | null =>
    store.sql<(number | string)[], { n: number | null }>(text).get(...params)?.n ?? null;
  return {
    person: (personId) =>
      store
        .sql<[number], PersonFactRow>(
          `SELECT id, name, state, key_face_id AS keyFaceId, birthday, merged_into AS mergedInto FROM main.people WHERE id = ?`,
        )
        .get(personId) ?? null,
    confirmedFaces: (personId) => numbers("SELECT face_id AS n FROM main.confirmed WHERE person_id = ? ORDER BY face_id", personId),
    proposedFaces: (personId) =>
      numbers("SELECT face_id AS n FROM derived.members WHERE person_id = ? AND confirmed = 0 ORDER BY quality DESC, face_id", personId),
    face: (faceId) =>
      store
        .sql<[number], { id: number; photoId: number }>(
          `SELECT id, photo_id AS photoId FROM main.faces WHERE id = ? AND (gone = 0 OR source = 'detected')`,
        )
        .get(faceId) ?? null,
    confirmedPerson: (faceId) => number("SELECT person_id AS n FROM main.confirmed WHERE face_id = ?", faceId),
    proposedPerson: (faceId) => number("SELECT person_id AS n FROM derived.members WHERE face_id = ? AND confirmed = 0", faceId),
    isRejected: (faceId, personId) =>
      number("SELECT 1 AS n FROM main.rejected WHERE face_id = ? AND person_id = ?", faceId, personId) !== null,
    rejectedFaces: (personId) => numbers("SELECT face_id AS n FROM main.rejected WHERE person_id = ? ORDER BY face_id", personId),
    rejectedPeople: (faceId) => numbers("SELECT person_id AS n FROM main.rejected WHERE face_id = ? ORDER BY person_id", faceId),
    neverMergeOf: (personId) =>
      numbers("SELECT b AS n FROM main.never_merge WHERE a = ? UNION SELECT a FROM main.never_merge WHERE b = ?", personId, personId),
    isNotFace: (faceId) => number("SELECT face_id AS n FROM main.not_faces WHERE face_id = ?", faceId) !== null,
    hasPhoto: (photoId) => number("SELECT id AS n FROM main.photos WHERE id = ?", photoId) !== null,
    turns: (photoId) => turnsOfPhoto(store, photoId),
    boxRow: (faceId) => {
      const source = store.sql<[number], { source: string }>("SELECT source FROM main.faces WHERE id = ?").get(faceId)?.source;
      if (source === undefined) return null;
      const table = source === "detected" ? "adjusted_faces" : "drawn_faces";
      return { table, row: readRow(store, table, [faceId]) };
    },
    photoAt: (path) => number("SELECT photo_id AS n FROM main.files WHERE path = ?", path),
    album: (albumId) =>
      store
        .sql<[number], { id: number; name: string; query: string }>("SELECT id, name, query FROM main.albums WHERE id = ?")
        .get(albumId) ?? null,
    newPersonId: taker(store, "next_person_id", block),
    newFaceId: taker(store, "next_face_id", block),
    newAlbumId: taker(store, "next_album_id", block),
  };
}

function taker(store: Store, counter: "next_person_id" | "next_face_id" | "next_album_id", block: number): () => number {
  let [next, end] = [0, 0];
  return () => {
    if (next === end) {
      next = store.write(() => takeNumbers(store, counter, block));
      end = next + block;
      if (next < 1) throw new Problem("internal", counter);
    }
    return next++;
  };
}
