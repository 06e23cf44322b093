import type { ProblemView } from "../../contract/problems.ts";
import type { Turns } from "../lib/turns.ts";
import type { KnownBox } from "../2-see/known-faces.ts";
import type { Embedded } from "../2-see/open-embedder.ts";
import type { DetectorPack, EmbedderPack, PhotoFacts, SeenFace, UnitBox } from "../types.ts";

/** What a see-worker is started with. */
export interface SeeWorkerData {
  readonly modelsDir: string;
  readonly detector: DetectorPack;
  readonly embedder: EmbedderPack;
  readonly provider: string;
  readonly threads: number;
  /** Faces a call of the embedder; the CPU's unless given. */
  readonly batch?: number;
}

/**
 * Work for a see-worker: find out which photo a file is, look for faces in it, look at one box a person drew, embed faces that are known, or
 * say how many milliseconds a face takes. `turns`: see OpenPicture.
 */
export type SeeTask =
  | { readonly kind: "identify"; readonly path: string }
  | { readonly kind: "see"; readonly path: string; readonly smallFaces: boolean; readonly crops: boolean; readonly turns?: Turns }
  | { readonly kind: "drawn"; readonly path: string; readonly box: UnitBox; readonly turns?: Turns }
  | { readonly kind: "known"; readonly path: string; readonly faces: readonly KnownBox[]; readonly turns?: Turns }
  | { readonly kind: "time"; readonly path: ""; readonly faces: number };

export interface Identified {
  /** SHA-256 of the content, hex. */
  readonly hash: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Everything one photo gave. */
export interface SeenPhoto {
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly facts: PhotoFacts;
  readonly damaged: boolean;
  /** Base64. */
  readonly thumbhash: string | null;
  readonly faces: readonly SeenFace[];
  /** WebP bytes, one for each face; empty when crops were not asked for. */
  readonly crops: readonly Uint8Array[];
  /** WebP bytes of the whole photo, small: it can be browsed when its drive is away. Null when crops were not asked for. */
  readonly small: Uint8Array | null;
  /** Milliseconds spent. */
  readonly stages: { readonly decode: number; readonly detect: number; readonly embed: number };
}

export interface SeeAnswers {
  identify: Identified;
  see: SeenPhoto;
  drawn: SeenPhoto;
  /** One a face, in order. */
  known: readonly Embedded[];
  /** Milliseconds a face. */
  time: number;
}
export type SeeReply =
  | { readonly id: number; readonly ok: SeeAnswers[keyof SeeAnswers] }
  | { readonly id: number; readonly problem: ProblemView }
  | { readonly fellBack: string };
