import sharp, { type Metadata, type Sharp } from "sharp";
import { Problem } from "../errors.ts";
import type { Turns } from "../lib/turns.ts";
import { settings } from "../settings.ts";
import { decodeBmp } from "./decode-bmp.ts";
import { decodeHeic } from "./decode-heic.ts";
import { endsEarly } from "./ends-early.ts";
import { kindOf, strayHead, type FileKind } from "./kinds.ts";
import { isPlainSrgb } from "./plain-srgb.ts";
import { readWhole } from "./read-whole.ts";

// The cache would keep whole pictures; one thread a job, because the jobs already fill the cores.
sharp.cache(false);
sharp.concurrency(1);

/** A picture file opened and ready to be decoded at any size. */
export interface OpenPicture {
  readonly kind: FileKind;
  readonly file: Buffer;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1..8, which `pipeline` applies. */
  readonly orientation: number;
  /** Quarter turns clockwise that a person gave it besides, which `pipeline` applies too. */
  readonly turns: Turns;
  /** It is known to be incomplete before it is decoded (libheif leaves out what is missing, and does not say so). */
  readonly damaged: boolean;
  /** A fresh pipeline, upright. Lenient ones show what there is of a broken file. */
  pipeline(lenient: boolean): Sharp;
}

/** Reads a file and finds out what it is. `turns`: what a person turned it by. Throws the problems of one file. */
export async function openPicture(path: string, turns: Turns = 0): Promise<OpenPicture> {
  const picture = await openAsIs(path);
  if (turns === 0) return picture;
  const [width, height] = turns === 2 ? [picture.width, picture.height] : [picture.height, picture.width];
  return { ...picture, width, height, turns, pipeline: (lenient) => picture.pipeline(lenient).rotate(turns * 90) };
}

async function openAsIs(path: string): Promise<OpenPicture> {
  const whole = await readWhole(path);
  if (whole.length === 0) throw new Problem("file-empty", path);
  const file = whole.subarray(strayHead(whole));
  const kind = kindOf(file.subarray(0, 64), path.slice(path.lastIndexOf(".") + 1).toLowerCase());
  if (kind === "raw" || kind === "other-picture") throw new Problem("file-kind-unknown", path);
  if (kind === "unknown") throw new Problem("file-not-a-picture", path);
  if (kind === "heic") {
    const pixels = await decodeHeic(file, path).catch((thrown: unknown) => {
      throw endsEarly(kind, file) ? new Problem("file-cut-short", path, { cause: thrown }) : thrown;
    });
    return raw(kind, file, pixels);
  }
  if (kind === "bmp") return raw(kind, file, decodeBmp(file, path));
  const make = (lenient: boolean, ignoreIcc = false): Sharp =>
    sharp(file, { failOn: lenient ? "none" : "error", limitInputPixels: settings.read.largestPixels, pages: 1, ignoreIcc }).timeout({
      seconds: Math.ceil(settings.read.longestRead / 1000),
    });
  let facts: Metadata;
  try {
    facts = await make(true).metadata();
  } catch (thrown) {
    if (endsEarly(kind, file)) throw new Problem("file-cut-short", path, { cause: thrown });
    throw fileProblem(thrown, path);
  }
  const plain = isPlainSrgb(facts.icc);
  const given = facts.orientation ?? 1;
  const orientation = given >= 1 && given <= 8 ? given : 1;
  const [width, height] = orientation >= 5 ? [facts.height, facts.width] : [facts.width, facts.height];
  return { kind, file, width, height, orientation, turns: 0, damaged: false, pipeline: (lenient) => make(lenient, plain).autoOrient() };
}

function raw(kind: FileKind, file: Buffer, pixels: { data: Uint8Array; width: number; height: number; channels: 3 | 4 }): OpenPicture {
  const { data, width, height, channels } = pixels;
  const make = (): Sharp => sharp(data, { raw: { width, height, channels }, limitInputPixels: settings.read.largestPixels });
  return { kind, file, width, height, orientation: 1, turns: 0, damaged: endsEarly(kind, file), pipeline: make };
}

/** libvips' complaint as a problem of one file. */
export function fileProblem(thrown: unknown, path: string): Problem {
  if (thrown instanceof Problem) return thrown;
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  // libvips repeats itself a line a try.
  const detail = `${path}: ${words.split("\n")[0] ?? ""}`;
  if (/pixel limit|too large|dimensions exceed/iu.test(words)) return new Problem("file-too-large", detail, { cause: thrown });
  if (/timeout/iu.test(words)) return new Problem("file-too-slow", path, { cause: thrown });
  if (/premature end of JPEG|truncated|unexpected end|end of file|out of data|not enough data/iu.test(words)) {
    return new Problem("file-cut-short", detail, { cause: thrown });
  }
  if (/unsupported image format/iu.test(words)) return new Problem("file-not-a-picture", detail, { cause: thrown });
  return new Problem("file-damaged", detail, { cause: thrown });
}

/** Does `work` strictly and, where that fails, leniently. Throws what the strict try said when nothing can be shown. */
export async function strictThenLenient<T>(
  picture: OpenPicture,
  path: string,
  work: (lenient: boolean) => Promise<T>,
): Promise<{ made: T; damaged: boolean }> {
  if (picture.damaged) return { made: await work(true), damaged: true };
  try {
    return { made: await work(false), damaged: false };
  } catch (strict) {
    const problem = fileProblem(strict, path);
    if (problem.code === "file-too-large" || problem.code === "file-too-slow") throw problem;
    try {
      return { made: await work(true), damaged: true };
    } catch {
      throw problem;
    }
  }
}
