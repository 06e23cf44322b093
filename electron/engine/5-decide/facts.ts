import type { Turns } from "../lib/turns.ts";
import type { PersonState, Row } from "../types.ts";

/** A row of `people`. */
export interface PersonFact {
  readonly id: number;
  readonly name: string | null;
  readonly state: PersonState;
  readonly keyFaceId: number | null;
  /** `YYYY-MM-DD` */
  readonly birthday: string | null;
  readonly mergedInto: number | null;
}

/** All that a verb may know. 3-keep answers it from the catalogue; tests may answer it from memory. */
export interface Facts {
  /** Null for a group that nobody has acted on. */
  person(personId: number): PersonFact | null;
  /** Faces that somebody said are this person, by id. */
  confirmedFaces(personId: number): readonly number[];
  /** Faces that the machine says are this person and nobody has settled, best first. */
  proposedFaces(personId: number): readonly number[];
  face(faceId: number): { readonly id: number; readonly photoId: number } | null;
  /** The person somebody said this face is, or null. */
  confirmedPerson(faceId: number): number | null;
  /** The person or group the machine proposes for it, or null. */
  proposedPerson(faceId: number): number | null;
  isRejected(faceId: number, personId: number): boolean;
  /** Faces of which somebody said they are not this person. */
  rejectedFaces(personId: number): readonly number[];
  /** People of whom somebody said the face is not theirs. */
  rejectedPeople(faceId: number): readonly number[];
  /** The other halves of this person's never-merge pairs. */
  neverMergeOf(personId: number): readonly number[];
  isNotFace(faceId: number): boolean;
  hasPhoto(photoId: number): boolean;
  /** The photo that a path holds now, or null. */
  photoAt(path: string): number | null;
  /** What somebody turned the photo by, clockwise. */
  turns(photoId: number): Turns;
  /** What somebody said of where a face is, in the photo as its file stands; and where that is kept. Null where there is no such face. */
  boxRow(faceId: number): { readonly table: "drawn_faces" | "adjusted_faces"; readonly row: Row | null } | null;
  album(albumId: number): { readonly id: number; readonly name: string; readonly query: string } | null;
  /** An id never used before, for a new person; ids of machine groups come from the same row of numbers. */
  newPersonId(): number;
  newFaceId(): number;
  newAlbumId(): number;
}
