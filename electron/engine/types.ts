/** Shapes that more than one room speaks. Data only. */
declare const space: unique symbol;

/** `[x, y, width, height]` in pixels of a named picture, origin top left. */
export type PixelBox = readonly [number, number, number, number] & { readonly [space]?: "pixel" };
/** `[x, y, width, height]` as fractions (0..1) of the upright photo. */
export type UnitBox = readonly [number, number, number, number] & { readonly [space]?: "unit" };
export type Point = readonly [number, number];
/** Left eye, right eye, nose, left mouth corner, right mouth corner ("left" is left in the picture). */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

/** Interleaved 8-bit sRGB, `data.length === width * height * 3`, row-major. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a photo says of itself. */
export interface PhotoFacts {
  /** Wall-clock time `YYYY-MM-DDTHH:MM:SS`, or null. */
  readonly takenAt: string | null;
  /** `+HH:MM` or null. */
  readonly takenZone: string | null;
  readonly takenFrom: "exif" | "gps" | "xmp" | "file-name" | "file-time" | null;
  /** Degrees, WGS 84. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly camera: string | null;
  /** The file carried an orientation of its own (tag 2..8): do not try it turned. */
  readonly hasOrientation: boolean;
}

/** A photo decoded for detection: upright pixels at working size. */
export interface DecodedPhoto {
  readonly pixels: Pixels;
  /** Size of the full upright photo in pixels; `pixels` may be smaller by one common factor. */
  readonly width: number;
  readonly height: number;
  readonly facts: PhotoFacts;
  /** It opened only leniently: part of the picture is missing. */
  readonly damaged: boolean;
}

export interface DetectedFace {
  /** In pixels of the picture given to the detector. */
  readonly box: PixelBox;
  readonly points: FivePoints;
  /** O-Net's probability, 0..1. */
  readonly score: number;
}

/** A face with everything the models can say about it; box and points as fractions of the upright photo. */
export interface SeenFace {
  readonly box: UnitBox;
  readonly points: FivePoints;
  readonly score: number;
  /** Unit length, or null where the landmarks were degenerate. */
  readonly embedding: Float32Array | null;
  /** Length of the raw embedding (the best single quality figure), 0 where there is none. */
  readonly norm: number;
  readonly quality: FaceQuality;
  /** Quarter turns clockwise that the photo needed before the face was found, 0..3. */
  readonly turned: number;
}
export interface FaceQuality {
  /** 0..1 for sorting and the screen; see 2-see/quality. */
  readonly overall: number;
  /** Face width in pixels of the full photo. */
  readonly pixels: number;
  /** Variance of the Laplacian of the aligned crop. */
  readonly sharpness: number;
  /** Rough yaw, -1 (looking left) .. 1. */
  readonly yaw: number;
}

/** Who says so: `detected` by a model, `drawn` by a person, `imported` from metadata. */
export type FaceSource = "detected" | "drawn" | "imported";
export type PersonState = "named" | "unnamed" | "stranger" | "hidden";
export type Sureness = "sure" | "fairly-sure" | "not-sure" | "guess";

/** How an embedder pack's similarities behave, measured once on labelled pairs. See [Note: z-link]. */
export interface Calibration {
  /** Mean cosine of different people. */
  readonly mu: number;
  /** Standard deviations of its identity part, face part and rest. */
  readonly sId: number;
  readonly sF: number;
  readonly sE: number;
  /** True tail over Gaussian tail at a false-accept rate of 1e-5. */
  readonly kappa: number;
  /** [false-accept rate, cosine], from 1e-1 down. */
  readonly farTable: readonly (readonly [number, number])[];
  /** Gate: raw embedding lengths under this are poor (5 % of clean faces). */
  readonly poorNorm: number;
  /** Raw embedding lengths at 1, 5, 50 and 95 % of clean faces. */
  readonly normQuantiles: readonly [number, number, number, number];
  /** Unit mean of degraded faces' embeddings, or null where not measured. */
  readonly junkDirection: readonly number[] | null;
  readonly junkCut: number | null;
  readonly measuredOn: string;
}

/** An embedder pack, ready to use. */
export interface EmbedderPack {
  readonly kind: "embedder";
  readonly name: string;
  readonly title: string;
  readonly version: number;
  /** ONNX file's name inside the models folder, or the whole path of a fetched pack's. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly licence: string;
  readonly credit: string;
  /** Side of the square input in pixels. */
  readonly input: number;
  readonly channels: "rgb";
  /** (value - mean) / scale. */
  readonly mean: number;
  readonly scale: number;
  readonly dimensions: number;
  /** Five template points in input pixels (pixel centres at integers), or a margin crop of the detector's box. */
  readonly template: { readonly kind: "points"; readonly points: FivePoints } | { readonly kind: "margin"; readonly margin: number };
  readonly calibration: Calibration | null;
}
export interface DetectorPack {
  readonly kind: "detector";
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly files: { readonly pnet: string; readonly rnet: string; readonly onet: string };
  readonly sha256: { readonly pnet: string; readonly rnet: string; readonly onet: string };
  readonly bytes: number;
  readonly licence: string;
  readonly credit: string;
}
/** `models/onnx/manifest.json`, written by the exporter, read by the engine. */
export interface PackManifest {
  readonly version: 1;
  readonly detectors: readonly DetectorPack[];
  readonly embedders: readonly EmbedderPack[];
}

/** One row of a fact table before and after a decision; `null` means it was not there. */
export interface RowChange {
  readonly table: FactTable;
  readonly key: readonly (string | number)[];
  readonly before: Row | null;
  readonly after: Row | null;
}
export type Row = Readonly<Record<string, string | number | null>>;
/** Tables that only decisions write. See 3-keep/schema. */
export type FactTable =
  "people" | "confirmed" | "rejected" | "never_merge" | "not_faces" | "drawn_faces" | "adjusted_faces" | "turned_photos" | "albums";
