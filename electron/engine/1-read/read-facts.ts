import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { settings } from "../settings.ts";
import type { PhotoFacts } from "../types.ts";
import { dateInName } from "./date-in-name.ts";
import { metadata, textOf, valueOf, type Block } from "./metadata.ts";
import { wallClock } from "./wall-clock.ts";

type When = Pick<PhotoFacts, "takenAt" | "takenZone" | "takenFrom">;
type Where = Pick<PhotoFacts, "latitude" | "longitude">;

/**
 * What a photo says of itself: when (and who says so), where, with what. `turned` is whether an orientation was applied while decoding.
 * Broken metadata is as good as none; never throws for it. The blocks are kept apart, because XMP spells the same names differently.
 */
export async function readFacts(file: Buffer, path: string, turned: boolean): Promise<PhotoFacts> {
  const { exif, xmp, gps } = metadata(file);
  const orientation = Number(valueOf(exif, "Orientation") ?? 1);
  return {
    ...(await dateOf(exif, xmp, path)),
    ...(placeOf(gps?.Latitude, gps?.Longitude) ?? placeOf(xmpDegrees(xmp, "GPSLatitude"), xmpDegrees(xmp, "GPSLongitude")) ?? nowhere),
    camera: cameraOf(exif) ?? cameraOf(xmp),
    // HEIC comes upright from its decoder, and still its tag shows that a camera knew which way was up.
    hasOrientation: turned || (orientation >= 2 && orientation <= 8),
  };
}

async function dateOf(exif: Block, xmp: Block, path: string): Promise<When> {
  const zone = textOf(exif, "OffsetTimeOriginal") ?? textOf(exif, "OffsetTime");
  const day = textOf(exif, "GPSDateStamp");
  return (
    said("exif", textOf(exif, "DateTimeOriginal"), zone) ??
    said("exif", textOf(exif, "DateTimeDigitized"), textOf(exif, "OffsetTimeDigitized") ?? zone) ??
    said("gps", day && `${day} ${textOf(exif, "GPSTimeStamp") ?? ""}`, "+00:00") ??
    said("gps", textOf(xmp, "GPSTimeStamp"), "+00:00") ??
    said("xmp", textOf(xmp, "DateTimeOriginal")) ??
    said("xmp", textOf(xmp, "DateCreated")) ??
    said("xmp", textOf(xmp, "CreateDate")) ??
    said("file-name", dateInName(basename(path)) ?? undefined) ??
    // When the file was last changed, which editors set too: less than what the name says.
    said("exif", textOf(exif, "DateTime"), zone) ??
    (await fileTime(path))
  );
}

/** A date as somebody gave it; null when it cannot be one, or has not come yet. */
function said(from: NonNullable<When["takenFrom"]>, text: string | undefined, zone?: string): When | null {
  const read = wallClock(text);
  if (!read || Date.parse(`${read.at}Z`) > Date.now() + settings.read.clockAhead) return null;
  return { takenAt: read.at, takenZone: read.zone ?? zoneOf(zone), takenFrom: from };
}

async function fileTime(path: string): Promise<When> {
  try {
    const changed = (await stat(path)).mtime;
    const local = new Date(changed.getTime() - changed.getTimezoneOffset() * 60_000);
    return { takenAt: local.toISOString().slice(0, 19), takenZone: null, takenFrom: "file-time" };
  } catch {
    return { takenAt: null, takenZone: null, takenFrom: null };
  }
}

const nowhere: Where = { latitude: null, longitude: null };

/** Null for what is no place on Earth, and for 0, 0, which is what receivers without a fix write. */
function placeOf(latitude: number | undefined, longitude: number | undefined): Where | null {
  if (latitude === undefined || longitude === undefined || !Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return null;
  return { latitude, longitude };
}

/** XMP writes `52,30.5N` or `52,30,30N`. */
function xmpDegrees(xmp: Block, name: string): number | undefined {
  const found = /^(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])$/iu.exec(String(valueOf(xmp, name) ?? "").trim());
  if (!found) return undefined;
  const size = Number(found[1]) + Number(found[2]) / 60 + Number(found[3] ?? 0) / 3600;
  return /[SW]/iu.test(found[4] ?? "") ? -size : size;
}

/** Make and model, the make said once. */
function cameraOf(block: Block): string | null {
  const make = textOf(block, "Make")?.trim() ?? "";
  const model = textOf(block, "Model")?.trim() ?? "";
  const first = make.split(" ")[0]?.toLowerCase() ?? "";
  const whole = first !== "" && model.toLowerCase().startsWith(first) ? model : `${make} ${model}`;
  return whole.trim().slice(0, 120) || null;
}

function zoneOf(text: string | undefined): string | null {
  return text && /^[+-]\d{2}:\d{2}$/u.test(text.trim()) ? text.trim() : null;
}
