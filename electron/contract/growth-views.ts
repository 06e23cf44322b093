/** One picture of somebody growing up. */
export interface GrowthFrame {
  readonly faceId: number;
  /** Wall-clock time `YYYY-MM-DDTHH:MM:SS` that the photo itself says. */
  readonly takenAt: string;
  /** Whole years since the birthday, where it is known. */
  readonly age: number | null;
}
/** Somebody through the years: at most one clear face a span of time, oldest first. */
export interface GrowthView {
  readonly personId: number;
  readonly name: string | null;
  readonly frames: readonly GrowthFrame[];
  /** The span that each frame stands for. */
  readonly each: "day" | "week" | "month" | "quarter" | "year";
  /** Faces with a date to choose from, and those without one. */
  readonly dated: number;
  readonly undated: number;
}
/** Where the pictures were written. */
export interface SavedGrowth {
  /** The new folder made for them. */
  readonly folder: string;
  readonly pictures: number;
  /** Those whose photo could not be opened. */
  readonly left: number;
}
