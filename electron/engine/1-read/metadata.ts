import ExifReader, { type ExpandedTags } from "exifreader";
import { settings } from "../settings.ts";

/** One block of a file's metadata. */
export type Block = object | undefined;

/** What a file says of itself, its blocks apart. Most keep it in the head; one without EXIF there is looked through. Broken metadata is as good as none; never throws. */
export function metadata(file: Buffer): ExpandedTags {
  const head = parse(file.subarray(0, settings.read.metadataHead));
  return head.exif || file.length <= settings.read.metadataHead ? head : parse(file);
}

function parse(bytes: Buffer): ExpandedTags {
  try {
    return ExifReader.load(bytes, { expanded: true, async: false, includeTags: { exif: true, xmp: true, gps: true } });
  } catch {
    return {};
  }
}

function field(block: Block, name: string, part: "value" | "description"): unknown {
  const tag = (block as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof tag === "object" && tag !== null ? (tag as Readonly<Record<string, unknown>>)[part] : undefined;
}

/** A tag as it is stored. */
export function valueOf(block: Block, name: string): unknown {
  return field(block, name, "value");
}

/** A tag as text, unless it is empty. */
export function textOf(block: Block, name: string): string | undefined {
  const text = field(block, name, "description");
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}
