/** What a file holds, told from its first bytes; names lie. */
export type FileKind = "jpeg" | "png" | "webp" | "gif" | "tiff" | "avif" | "heic" | "bmp" | "raw" | "other-picture" | "unknown";

/** Endings that Familiar looks into, without the dot, lower case. */
export const pictureEndings: ReadonlySet<string> = new Set(
  "jpg jpeg jpe jfif png webp avif tif tiff gif heic heif hif bmp jxl jp2 psd cr2 cr3 crw nef nrw arw srf sr2 dng raf rw2 orf pef srw x3f 3fr".split(
    " ",
  ),
);
/** Endings of camera raw files: TIFF inside, but what opens easily is only a tiny preview. */
export const rawEndings: ReadonlySet<string> = new Set("cr2 cr3 crw nef nrw arw srf sr2 dng raf rw2 orf pef srw x3f 3fr".split(" "));

/** Photoshop, JPEG XL, JPEG 2000. */
const otherPictures: readonly string[] = ["8BPS", "\xff\x0a", "\xff\x4f\xff\x51"];

/** Bytes before the picture: some mail programs and web servers put empty lines before a file. Only JPEG begins so that this is sure. */
export function strayHead(file: Uint8Array): number {
  let at = 0;
  while (at < 32 && (file[at] === 0x0a || file[at] === 0x0d || file[at] === 0x20)) at++;
  return file[at] === 0xff && file[at + 1] === 0xd8 && file[at + 2] === 0xff ? at : 0;
}

/** Tells the kind from the first 32 bytes and, for raw files alone, the ending. */
export function kindOf(head: Uint8Array, ending: string): FileKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  if (rawEndings.has(ending)) return "raw";
  if (text.startsWith("\xff\xd8\xff") || text === "\xff\xd8") return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  if (text.startsWith("II*\0") && text.slice(8, 10) === "CR") return "raw";
  if (text.startsWith("II*\0") || text.startsWith("MM\0*") || text.startsWith("II+\0") || text.startsWith("MM\0+")) return "tiff";
  if (text.startsWith("BM")) return "bmp";
  if (text.slice(4, 8) === "ftyp") return brandKind(text.slice(8));
  if (otherPictures.some((sign) => text.startsWith(sign)) || ["JXL ", "jP  "].includes(text.slice(4, 8))) return "other-picture";
  return "unknown";
}

function brandKind(brands: string): FileKind {
  if (/avi[fs]/u.test(brands)) return "avif";
  if (/hei[cxms]|hev[cxms]|mif1|msf1/u.test(brands)) return "heic";
  return "unknown";
}
