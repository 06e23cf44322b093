import type { Said } from "../../../contract/said.ts";
import type {
  AlbumView,
  FaceView,
  FailureView,
  HistoryEntry,
  LikelyPerson,
  MonthView,
  Page,
  PersonCard,
  PersonState,
  PersonView,
  PhotoTile,
  Question,
  SearchResult,
} from "../../../contract/views.ts";
import type { PairView, SuggestView } from "../../../contract/finding-views.ts";
import type { GrowthFace } from "../shapes.ts";
import type { Store } from "../store.ts";
import { nextRedo, nextUndo } from "../undo.ts";
import { listAlbums } from "./albums.ts";
import { cardOf, listPeople } from "./people-list.ts";
import { countAll, type Counts } from "./counts.ts";
import { facesOfPath, facesById, membersOf } from "./faces.ts";
import { failures } from "./failures.ts";
import { findPeople } from "./find-people.ts";
import { history } from "./history.ts";
import { growthFaces, personFaces, personPhotos } from "./person-pages.ts";
import { personView } from "./person-view.ts";
import { photoView, type KeptPhoto } from "./photo-view.ts";
import {
  importedDocument,
  photoByHash,
  photosLate,
  portableRows,
  savedQueries,
  standingImports,
  type PortableRows,
  type StandingImport,
} from "./portable.ts";
import { photoMonths, photosList } from "./photos-list.ts";
import { lookAlikePairs, lookedAt } from "./look-alike-pairs.ts";
import { questions, type QuestionsAbout } from "./questions.ts";
import { rootPerson } from "./root-person.ts";
import { foundPhotos, search, type SearchArgs } from "./search.ts";
import { saidOf } from "../said-of.ts";
import { photoPositions, type PhotoPositions } from "./photo-positions.ts";
import { suggestFolders } from "./suggest-folders.ts";
import { whyFacts, type WhyFacts } from "./why.ts";

export interface PageArgs {
  readonly offset: number;
  readonly limit: number;
}
/** Questions of the screens, each answered by a few indexed statements. */
export interface Reads {
  counts(): Counts;
  people(
    args: {
      readonly show: PersonState | "all";
      readonly sort: "faces" | "name" | "recent";
      readonly from?: string | undefined;
      readonly to?: string | undefined;
      readonly folder?: string | undefined;
    } & PageArgs,
  ): Page<PersonCard>;
  /** One card, following merges; null where nobody has that id. */
  card(personId: number): PersonCard | null;
  /** People whose name holds the words of `text`, best match first. */
  findPeople(text: string, limit: number): readonly LikelyPerson[];
  /** Throws `person-not-found`. */
  person(personId: number): PersonView;
  personFaces(
    args: {
      readonly personId: number;
      readonly show: "everything" | "confirmed" | "proposed" | "to-check";
      readonly sort: "date" | "sureness" | "quality";
      readonly with?: number | undefined;
    } & PageArgs,
  ): Page<FaceView>;
  personPhotos(args: { readonly personId: number; readonly with?: number | undefined } & PageArgs): Page<PhotoTile>;
  /** Dated, clear and certain faces of a person, oldest first. */
  growthFaces(personId: number): readonly GrowthFace[];
  /** Every face id of a person or group, best quality first, at most `limit`. */
  members(personId: number, limit?: number): readonly { readonly faceId: number; readonly photoId: number; readonly confirmed: boolean }[];
  /** Throws `photo-not-found`. */
  photo(photoId: number): KeptPhoto;
  /** The photo a path holds now, or null. */
  photoAt(path: string): number | null;
  months(): readonly MonthView[];
  photos(args: PageArgs): Page<PhotoTile>;
  search(args: SearchArgs): SearchResult;
  /** Ids of what a search finds, in its order. */
  found(args: SearchArgs): { readonly total: number; readonly photoIds: readonly number[] };
  /** Folders for the search field. */
  suggestFolders(text: string, limit: number): SuggestView["folders"];
  /** Where the photos were taken. */
  positions(): PhotoPositions;
  albums(): readonly AlbumView[];
  faces(path?: string): readonly FaceView[];
  facesById(faceIds: readonly number[]): readonly FaceView[];
  /** What is on record about why a face stands where it does. Throws `face-not-found`. */
  why(faceId: number): WhyFacts;
  questions(limit: number, about?: QuestionsAbout): { readonly questions: readonly Question[]; readonly left: number };
  /** Named people of whom somebody said that they are two; most faces first. */
  pairs(): readonly PairView[];
  /** Faces of the two that somebody has looked at to tell them apart. */
  lookedAt(a: number, b: number): ReadonlySet<number>;
  history(args: PageArgs): Page<HistoryEntry>;
  /** Sentence of what undo (redo) without an id would take back (do again), or null. */
  canUndo(): string | null;
  undoSaid(): Said | null;
  redoSaid(): Said | null;
  canRedo(): string | null;
  failures(args: PageArgs): Page<FailureView>;
  /** Everything people said, for the portable file. */
  portable(): PortableRows;
  /** Albums as they are kept, for telling a file's from these. */
  savedQueries(): PortableRows["albums"];
  /** Where a person stands after all merges; the same id where nobody has it. */
  rootPerson(personId: number): number;
  /** Imports of portable files that stand, oldest first; what each brought; and the photos here that have not had their share of it. */
  imports(): readonly StandingImport[];
  importedDocument(decisionId: number): unknown;
  photosLate(decisionId: number): ReadonlySet<string>;
  photoByHash(hash: string): ReturnType<typeof photoByHash>;
}

/** Binds the read functions to an open library. */
export function openReads(store: Store): Reads {
  return {
    counts: () => countAll(store),
    people: (args) => listPeople(store, args),
    card: (personId) => cardOf(store, personId),
    findPeople: (text, limit) => findPeople(store, text, limit),
    person: (personId) => personView(store, personId),
    personFaces: (args) => personFaces(store, args),
    personPhotos: (args) => personPhotos(store, args),
    growthFaces: (personId) => growthFaces(store, personId),
    members: (personId, limit) => membersOf(store, personId, limit),
    photo: (photoId) => photoView(store, photoId),
    photoAt: (path) => store.sql<[string], { id: number | null }>("SELECT photo_id AS id FROM files WHERE path = ?").get(path)?.id ?? null,
    months: () => photoMonths(store),
    photos: (args) => photosList(store, args),
    search: (args) => search(store, args),
    found: (args) => foundPhotos(store, args),
    suggestFolders: (text, limit) => suggestFolders(store, text, limit),
    positions: () => photoPositions(store),
    albums: () => listAlbums(store),
    faces: (path) => facesOfPath(store, path),
    facesById: (faceIds) => facesById(store, faceIds),
    why: (faceId) => whyFacts(store, faceId),
    questions: (limit, about) => questions(store, limit, about),
    pairs: () => lookAlikePairs(store),
    lookedAt: (a, b) => lookedAt(store, a, b),
    history: (args) => history(store, args),
    canUndo: () => nextUndo(store)?.sentence ?? null,
    undoSaid: () => saidOf(nextUndo(store)),
    redoSaid: () => saidOf(nextRedo(store)),
    canRedo: () => nextRedo(store)?.sentence ?? null,
    failures: (args) => failures(store, args),
    portable: () => portableRows(store),
    savedQueries: () => savedQueries(store),
    rootPerson: (personId) => rootPerson(store, personId),
    imports: () => standingImports(store),
    importedDocument: (decisionId) => importedDocument(store, decisionId),
    photosLate: (decisionId) => photosLate(store, decisionId),
    photoByHash: (hash) => photoByHash(store, hash),
  };
}
