import { stat } from "node:fs/promises";
import { basename } from "node:path";
import ExifReader from "exifreader";
import { settings } from "../settings.ts";
import type { PhotoFacts } from "../types.ts";
import { dateInName } from "./date-in-name.ts";
import { wallClock } from "./wall-clock.ts";

type Tags = Readonly<Record<string, { readonly value?: unknown; readonly description?: string } | undefined>>;

/** What a photo says of itself: when (and who says so), where, with what. Broken metadata is as good as none; never throws for it. */
export async function readFacts(file: Buffer, path: string, hasOrientation: boolean): Promise<PhotoFacts> {
  const head = load(file.subarray(0, settings.read.metadataHead));
  const tags = head.DateTimeOriginal || head.GPSLatitude || file.length <= settings.read.metadataHead ? head : { ...load(file), ...head };
  const place = placeOf(tags);
  return { ...(await dateOf(tags, path)), ...place, camera: cameraOf(tags), hasOrientation };
}

function load(bytes: Buffer): Tags {
  try {
    return ExifReader.load(bytes, { async: false }) as unknown as Tags;
  } catch {
    return {};
  }
}

async function dateOf(tags: Tags, path: string): Promise<Pick<PhotoFacts, "takenAt" | "takenZone" | "takenFrom">> {
  const exif = wallClock(textOf(tags, "DateTimeOriginal") ?? textOf(tags, "DateTimeDigitized") ?? textOf(tags, "CreateDate"));
  if (exif)
    return {
      takenAt: exif.at,
      takenZone: exif.zone ?? zoneOf(textOf(tags, "OffsetTimeOriginal") ?? textOf(tags, "OffsetTime")),
      takenFrom: "exif",
    };
  const gps = wallClock(`${textOf(tags, "GPSDateStamp") ?? ""} ${textOf(tags, "GPSTimeStamp") ?? ""}`);
  if (gps) return { takenAt: gps.at, takenZone: "+00:00", takenFrom: "gps" };
  const xmp = wallClock(textOf(tags, "DateCreated"));
  if (xmp) return { takenAt: xmp.at, takenZone: xmp.zone, takenFrom: "xmp" };
  const named = dateInName(basename(path));
  if (named) return { takenAt: named, takenZone: null, takenFrom: "file-name" };
  try {
    const changed = (await stat(path)).mtime;
    const local = new Date(changed.getTime() - changed.getTimezoneOffset() * 60_000);
    return { takenAt: local.toISOString().slice(0, 19), takenZone: null, takenFrom: "file-time" };
  } catch {
    return { takenAt: null, takenZone: null, takenFrom: null };
  }
}

function placeOf(tags: Tags): Pick<PhotoFacts, "latitude" | "longitude"> {
  const none = { latitude: null, longitude: null };
  const latitude = degrees(tags, "GPSLatitude", "S", 90);
  const longitude = degrees(tags, "GPSLongitude", "W", 180);
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return none;
  return { latitude, longitude };
}

function degrees(tags: Tags, name: string, negative: string, most: number): number | null {
  const given: unknown = tags[name]?.description;
  if (given === undefined) return null;
  const text = String(given);
  const ref = String(tags[`${name}Ref`]?.value ?? tags[`${name}Ref`]?.description ?? "").toUpperCase();
  const size = Math.abs(Number.parseFloat(text));
  if (!Number.isFinite(size) || size > most) return null;
  return ref.startsWith(negative) || text.trim().startsWith("-") ? -size : size;
}

function cameraOf(tags: Tags): string | null {
  const make = textOf(tags, "Make")?.trim() ?? "";
  const model = textOf(tags, "Model")?.trim() ?? "";
  const first = make.split(" ")[0]?.toLowerCase() ?? "";
  const whole = model.toLowerCase().startsWith(first) && first !== "" ? model : `${make} ${model}`;
  return whole.trim().slice(0, 120) || null;
}

function textOf(tags: Tags, name: string): string | undefined {
  const text: unknown = tags[name]?.description;
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}

function zoneOf(text: string | undefined): string | null {
  return text && /^[+-]\d{2}:\d{2}$/u.test(text.trim()) ? text.trim() : null;
}
