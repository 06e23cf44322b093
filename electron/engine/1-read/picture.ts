import { readFile } from "node:fs/promises";
import sharp, { type Metadata, type Sharp } from "sharp";
import { asProblem, Problem } from "../errors.ts";
import { settings } from "../settings.ts";
import { decodeBmp } from "./decode-bmp.ts";
import { decodeHeic } from "./decode-heic.ts";
import { kindOf, type FileKind } from "./kinds.ts";

sharp.cache(false);
sharp.concurrency(1);

/** A picture file opened and ready to be decoded at any size, upright once `turn()` was applied. */
export interface OpenPicture {
  readonly kind: FileKind;
  readonly file: Buffer;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1..8 that still has to be applied. */
  readonly orientation: number;
  /** A fresh pipeline, not yet turned. Lenient ones show what there is of a broken file. */
  pipeline(lenient: boolean): Sharp;
}

/** Reads a file and finds out what it is. Throws the problems of one file. */
export async function openPicture(path: string): Promise<OpenPicture> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (thrown) {
    throw asProblem(thrown, path);
  }
  if (file.length === 0) throw new Problem("file-empty", path);
  const kind = kindOf(file.subarray(0, 64), path.slice(path.lastIndexOf(".") + 1).toLowerCase());
  if (kind === "raw" || kind === "other-picture") throw new Problem("file-kind-unknown", path);
  if (kind === "unknown") throw new Problem("file-not-a-picture", path);
  if (kind === "heic") return raw(kind, file, await decodeHeic(file, path));
  if (kind === "bmp") return raw(kind, file, decodeBmp(file, path));
  const make = (lenient: boolean): Sharp =>
    sharp(file, { failOn: lenient ? "none" : "truncated", limitInputPixels: settings.read.largestPixels, pages: 1, unlimited: false });
  let facts: Metadata;
  try {
    facts = await make(true).metadata();
  } catch (thrown) {
    throw fileProblem(thrown, path);
  }
  if (facts.width * facts.height > settings.read.largestPixels) throw new Problem("file-too-large", path);
  const orientation = facts.orientation ?? 1;
  const [width, height] = orientation >= 5 ? [facts.height, facts.width] : [facts.width, facts.height];
  return { kind, file, width, height, orientation, pipeline: make };
}

function raw(kind: FileKind, file: Buffer, pixels: { data: Uint8Array; width: number; height: number; channels: 3 | 4 }): OpenPicture {
  const { data, width, height, channels } = pixels;
  return { kind, file, width, height, orientation: 1, pipeline: () => sharp(data, { raw: { width, height, channels } }) };
}

/** libvips' complaint as a problem of one file. */
export function fileProblem(thrown: unknown, path: string): Problem {
  if (thrown instanceof Problem) return thrown;
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (/pixel limit|too large|dimensions exceed/iu.test(words)) return new Problem("file-too-large", `${path}: ${words}`, { cause: thrown });
  if (/timeout/iu.test(words)) return new Problem("file-too-slow", path, { cause: thrown });
  if (/premature end|truncated|unexpected end|end of file|out of data|not enough data/iu.test(words)) {
    return new Problem("file-cut-short", `${path}: ${words}`, { cause: thrown });
  }
  if (/unsupported image format/iu.test(words)) return new Problem("file-not-a-picture", `${path}: ${words}`, { cause: thrown });
  return new Problem("file-damaged", `${path}: ${words}`, { cause: thrown });
}
