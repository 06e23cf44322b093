import type { ProblemView } from "./problems.ts";
import type { ProviderReason } from "./provider-reason.ts";

/** Shapes about the work and the house (folders, progress, packs, settings), apart from those about people and photos. */
export interface FolderView {
  readonly id: number;
  readonly path: string;
  readonly state: "present" | "gone" | "unreadable";
  readonly photos: number;
  readonly files: number;
  readonly failed: number;
  readonly lastReadAt: string | null;
}

export interface FailureView {
  readonly fileId: number;
  readonly path: string;
  readonly problem: ProblemView;
}

/** `changing`: faces that are known are read with another pack, while the one in use goes on serving. */
export type ScanPhase = "idle" | "looking" | "reading" | "changing" | "grouping" | "paused" | "stopped";

export interface ProgressView {
  readonly phase: ScanPhase;
  readonly done: number;
  readonly total: number;
  readonly faces: number;
  readonly failed: number;
  /** Seconds left, or null while it cannot be said. */
  readonly secondsLeft: number | null;
  readonly photosPerSecond: number | null;
  /** Path of the photo that was read last; null or absent while none is read. */
  readonly at?: string | null;
  /** Why it stopped, when something stopped it. */
  readonly problem: ProblemView | null;
  /** The status line, ready to show. */
  readonly words: string;
  /**
   * In a very large library faces are first compared roughly, and with all others while nothing else is done: how many have been. Null or
   * absent when there is nothing of the kind.
   */
  readonly closer?: { readonly done: number; readonly total: number } | null;
}

export interface ProviderView {
  /** ONNX Runtime's own name: cpu, dml, cuda, coreml, webgpu. */
  readonly name: string;
  readonly words: string;
  /** Why it was chosen, in English. */
  readonly why: string;
  /** The same as data. */
  readonly reasons: readonly ProviderReason[];
}

export interface PackView {
  readonly name: string;
  readonly title: string;
  readonly state: "ready" | "fetchable" | "fetching";
  readonly inUse: boolean;
  readonly dimensions: number;
  readonly calibrated: boolean;
  /** It can be put into use: it is ready, and it has a table or the library has enough photos to measure one on. */
  readonly usable: boolean;
  readonly licence: string;
  readonly credit: string;
  readonly bytes: number;
  /** 0..1 while fetching. */
  readonly fetched: number | null;
  /** It is to be used as soon as it knows all faces; the one in use serves until then. */
  readonly coming: boolean;
  /** Measured on this computer: milliseconds a face, and with what. */
  readonly speed: { readonly milliseconds: number; readonly provider: string } | null;
  /** Measured on the faces that somebody confirmed here; null before it was. */
  readonly accuracy: PackAccuracyView | null;
}

/** How well a pack tells the people of this library apart. */
export interface PackAccuracyView {
  /**
   * Share of the pairs of one person's faces that are more alike than all but one in a thousand pairs of different people; null where too
   * few faces are confirmed to say so.
   */
  readonly share: number | null;
  readonly people: number;
  readonly faces: number;
  /** Pairs of one person's faces, and of two people's. */
  readonly same: number;
  readonly different: number;
}

export interface SettingsView {
  readonly theme: "system" | "light" | "dark";
  readonly smallFaces: boolean;
  /** Expected false neighbours per face (alpha), the "how daring" slider. */
  readonly daring: number;
  /** False-accept rate above which a proposal is shown as "to check". */
  readonly checkAbove: number;
  /** Look-alikes are compared by what confirmed faces taught, where that helps. */
  readonly lookAlikes: boolean;
  readonly singleKeys: boolean;
  readonly pack: string;
  readonly provider: "auto" | "cpu" | "dml" | "cuda" | "coreml" | "webgpu";
  readonly language: "en" | "de";
  /** Of the desktop app: reading waits while the computer runs on its battery; a notification at the end of a long reading; the app starts
   * with the session; an icon beside the clock, with which it stays when its window is closed. */
  readonly pauseOnBattery: boolean;
  readonly notify: boolean;
  readonly openAtLogin: boolean;
  readonly tray: boolean;
  /** Whether one may ask for newer versions, and where the list of them is; nothing asks by itself. */
  readonly checkUpdates: boolean;
  readonly updateFeed: string;
}

export interface IndexResult {
  readonly photos: number;
  readonly read: number;
  readonly skipped: number;
  readonly faces: number;
  readonly failed: readonly { readonly path: string; readonly code: string; readonly sentence: string }[];
  readonly seconds: number;
  readonly stages: {
    readonly decode: number;
    readonly detect: number;
    readonly embed: number;
    readonly keep: number;
    readonly group: number;
  };
}

/** Bytes of a picture for the screen. */
export interface PictureView {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Folders one can choose from. */
export interface PlacesView {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
}
