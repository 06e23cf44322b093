import type { ExposureView } from "../../contract/finding-views.ts";
import { settings } from "../settings.ts";
import { strayHead } from "./kinds.ts";
import { metadata, textOf, valueOf, type Block } from "./metadata.ts";
import { readWhole } from "./read-whole.ts";

const { exposure: range, metadataHead } = settings.read;

/** How a photo was taken, as its EXIF says (tags of EXIF 2.32, 4.6.5); null where it says nothing of it. Throws the problems of one file. */
export async function readExposure(path: string): Promise<ExposureView | null> {
  // A panorama may be a gigabyte, and nearly every file says it in its head.
  const exif = (await exifOf(path, metadataHead)) ?? (await exifOf(path));
  const found: ExposureView = {
    lens: textOf(exif, "LensModel")?.trim().slice(0, 120) ?? null,
    aperture: numberOf(exif, "FNumber", range.aperture),
    seconds: numberOf(exif, "ExposureTime", range.seconds),
    iso: numberOf(exif, "ISOSpeedRatings", range.iso) ?? numberOf(exif, "PhotographicSensitivity", range.iso),
    focalLength: numberOf(exif, "FocalLengthIn35mmFilm", range.focalLength) ?? numberOf(exif, "FocalLength", range.focalLength),
  };
  return Object.values(found).every((value) => value === null) ? null : found;
}

async function exifOf(path: string, first?: number): Promise<Block> {
  const file = await readWhole(path, first);
  return metadata(file.subarray(strayHead(file))).exif;
}

/** A number or a fraction; null for what no camera means: 0 and 0/0 are written for "unknown", 65535 for "more". */
function numberOf(block: Block, name: string, [least, most]: readonly [number, number]): number | null {
  const stored = valueOf(block, name);
  const [over, under] = Array.isArray(stored) ? (stored as readonly unknown[]) : [stored];
  const value = typeof under === "number" ? Number(over) / under : Number(over);
  return Number.isFinite(value) && value >= least && value <= most && value !== 65_535 ? value : null;
}
