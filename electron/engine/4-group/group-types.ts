import type { Calibration, PersonState } from "../types.ts";
import type { NeighbourTable } from "./neighbour-table.ts";
import type { Searcher } from "./neighbours.ts";
import type { GroupQuestion } from "./questions.ts";

/** A person or group that somebody acted on, as grouping needs it. */
export interface GroupPerson {
  readonly id: number;
  readonly state: PersonState;
  /** Day of birth in days since 1970, NaN unknown. */
  readonly birthday: number;
}

/** Everything grouping needs to know; one entry a face in every array, in any order. Days count from 1970. */
export interface GroupInput {
  readonly faceIds: Int32Array;
  /** Unit vectors, row-major, one pack's only. Rows that are not unit vectors are set aside. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly norms: Float32Array;
  readonly sizes: Float32Array;
  readonly scores: Float32Array;
  /** 0: not known. */
  readonly photoIds: Int32Array;
  readonly takenAt: Float64Array;
  /** Person or group of the last run, 0 none. */
  readonly previous: Int32Array;
  /** Person that somebody said it is, 0 none. */
  readonly confirmed: Int32Array;
  readonly rejected: readonly (readonly [face: number, person: number])[];
  /** Pairs of person or group ids. */
  readonly neverMerge: readonly (readonly [number, number])[];
  readonly people: readonly GroupPerson[];
  /** A new id, never given before. Called in an order that depends only on the faces. */
  readonly nextId: () => number;
  readonly calibration: Calibration | null;
  /** Expected false neighbours a face: `settings.group.alpha` unless the person moved the slider. */
  readonly alpha: number;
  /** Neighbours kept from the last run, or null. */
  readonly neighbours?: NeighbourTable | null;
  /** Pack and version of the vectors: kept neighbours of another key are not used. */
  readonly packKey?: string;
}

export interface GroupOptions {
  readonly threads?: number;
  /** An open search to use, and to leave open; without it one is opened for this run (a quarter of a second of warming up). */
  readonly searcher?: Searcher;
  /** `grow`: groups of the last run grow and may join. `anew`: everything that nobody acted on is grouped from nothing (ids are still kept). */
  readonly mode?: "grow" | "anew";
  /** Only pairs with a face that the last run did not know are looked at: for the cheap run where nothing else is different. */
  readonly onlyNew?: boolean;
  /** False turns the quality gate off (for measuring). */
  readonly gate?: boolean;
  /** False leaves same-photo pairs alone (for measuring). */
  readonly samePhoto?: boolean;
  /** Look through groups that changed for mixed ones. Default true. */
  readonly checkMixed?: boolean;
  /** What was found of groups before; still holds for those that have not changed. */
  readonly mixedBefore?: ReadonlyMap<number, boolean>;
  /** Most questions given. */
  readonly questions?: number;
  /** Keys of questions never to ask again. */
  readonly skip?: ReadonlySet<string>;
  /** z under which nothing is asked. */
  readonly askFloor?: number;
  /** Coarse neighbour lists above this many faces. */
  readonly exactUpTo?: number;
  readonly onProgress?: (share: number, step: string) => void;
  readonly isCancelled?: () => boolean;
}

/** How a face came to its person. The number in `GroupResult.rule` is the place in `groupRules`. */
export type GroupRule = "none" | "linked" | "attached" | "confirmed";
export const groupRules: readonly GroupRule[] = ["none", "linked", "attached", "confirmed"];

/** A group id of the last run that is no more, and where most of its faces went (0: nowhere). */
export interface Retired {
  readonly from: number;
  readonly into: number;
  readonly faces: number;
  /** Both were unconfirmed groups that grew together: shown, and can be taken back. */
  readonly grewTogether: boolean;
}

/** A face that may belong to a person, not surely enough to be put there. */
export interface AskFace {
  readonly face: number;
  readonly personId: number;
  readonly similarity: number;
  readonly far: number;
}

/** The outcome, in the order of the input's faces. */
export interface GroupResult {
  /** Person or group, 0 none. A face with a confirmed person always has that person. */
  readonly personId: Int32Array;
  readonly rule: Uint8Array;
  /** Mean cosine of the up to three most alike faces of the person, NaN where there is none. */
  readonly similarity: Float32Array;
  /** False-accept rate of that, NaN where there is none. */
  readonly far: Float64Array;
  /** Place in `bands` of sureness.ts. */
  readonly band: Uint8Array;
  /** 1: good enough to seed a person. */
  readonly passed: Uint8Array;
  /** Ids made in this run, ascending. */
  readonly created: readonly number[];
  readonly retired: readonly Retired[];
  /** Groups looked through in this run, and before where they have not changed since: id -> more than one person in it. */
  readonly mixed: ReadonlyMap<number, boolean>;
  readonly ask: readonly AskFace[];
  /** Most informative first. */
  readonly questions: readonly GroupQuestion[];
  /** Questions worth asking in all. */
  readonly questionsLeft: number;
  /** Faces whose vector could not be used. */
  readonly setAside: number;
  readonly neighbours: NeighbourTable;
  readonly seconds: { readonly neighbours: number; readonly link: number; readonly rest: number };
}
