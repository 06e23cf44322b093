import type { ExposureView } from "../../contract/finding-views.ts";
import { strayHead } from "./kinds.ts";
import { metadata, textOf, valueOf, type Block } from "./metadata.ts";
import { readWhole } from "./read-whole.ts";

/** How a photo was taken, as its EXIF says (tags of EXIF 2.32, 4.6.5); null where it says nothing of it. Throws the problems of one file. */
export async function readExposure(path: string): Promise<ExposureView | null> {
  const file = await readWhole(path);
  const { exif } = metadata(file.subarray(strayHead(file)));
  const found: ExposureView = {
    lens: textOf(exif, "LensModel")?.trim().slice(0, 120) ?? null,
    aperture: numberOf(exif, "FNumber", 0.4, 200),
    seconds: numberOf(exif, "ExposureTime", 1e-7, 86_400),
    iso: numberOf(exif, "ISOSpeedRatings", 1, 1e8) ?? numberOf(exif, "PhotographicSensitivity", 1, 1e8),
    focalLength: numberOf(exif, "FocalLengthIn35mmFilm", 1, 20_000) ?? numberOf(exif, "FocalLength", 0.5, 20_000),
  };
  return Object.values(found).every((value) => value === null) ? null : found;
}

/** A number or a fraction; null for what no camera means: 0 and 0/0 are written for "unknown", 65535 for "more". */
function numberOf(block: Block, name: string, least: number, most: number): number | null {
  const stored = valueOf(block, name);
  const [over, under] = Array.isArray(stored) ? (stored as readonly unknown[]) : [stored];
  const value = typeof under === "number" ? Number(over) / under : Number(over);
  return Number.isFinite(value) && value >= least && value <= most && value !== 65_535 ? value : null;
}
