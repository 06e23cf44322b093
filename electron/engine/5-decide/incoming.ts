import type { PersonState, UnitBox } from "../types.ts";

/** Somebody of a portable file. */
export interface IncomingPerson {
  /** The file's id of them. */
  readonly ref: string;
  readonly name: string | null;
  readonly state: PersonState;
  readonly birthday: string | null;
  /** Who that is here by the id alone, null where it says nothing. `sure`: it came with an earlier file, else it was made here. */
  readonly known: { readonly personId: number | null; readonly sure: boolean };
  /** Faces of theirs on photos that are not in this library. */
  readonly waiting: number;
}
/** What a file says of one face that is in this library. */
export interface IncomingFace {
  readonly faceId: number;
  readonly is: string | null;
  readonly isNot: readonly string[];
  readonly notAFace: boolean;
  /** It was chosen to stand for that person. */
  readonly key: boolean;
  /** Where somebody moved its box to, in the photo as its file stands. */
  readonly move: { readonly photoId: number; readonly box: UnitBox } | null;
  /** Set where the face has to be drawn first, under this new `faceId`. */
  readonly draw: { readonly photoId: number; readonly box: UnitBox; readonly source: "drawn" | "imported" } | null;
}
/** A photo of the file that is in this library and that somebody turned. */
export interface IncomingTurn {
  readonly photoId: number;
  readonly quarter: 1 | 2 | 3;
}
/** A file as the verb takes it: faces already found here, people not yet. */
export interface Incoming {
  readonly people: readonly IncomingPerson[];
  readonly faces: readonly IncomingFace[];
  readonly turns: readonly IncomingTurn[];
  readonly apart: readonly (readonly [string, string])[];
  /** People in a query stand under their ids of the file; null where it asks for what this Familiar does not know. */
  readonly albums: readonly { readonly name: string; readonly query: IncomingQuery | null }[];
  /** Albums of this library, name and query as kept. */
  readonly ownAlbums: readonly { readonly name: string; readonly query: string }[];
}
/** Conditions of a search that are about people. */
export interface IncomingQuery {
  readonly all?: readonly string[] | undefined;
  readonly any?: readonly string[] | undefined;
  readonly none?: readonly string[] | undefined;
  readonly only?: readonly string[] | undefined;
  readonly aged?: readonly { readonly person: string; readonly from: number; readonly to: number }[] | undefined;
}
