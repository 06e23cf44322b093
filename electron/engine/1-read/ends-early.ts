import type { FileKind } from "./kinds.ts";

/** Whether a file says of itself that it is longer than it is. Only kinds that say so: WebP (RIFF), HEIC and AVIF (ISO 14496-12 boxes). */
export function endsEarly(kind: FileKind, file: Buffer): boolean {
  if (kind === "webp") return file.length < 12 || file.length < 8 + file.readUInt32LE(4);
  if (kind !== "heic" && kind !== "avif") return false;
  let at = 0;
  while (at + 16 <= file.length) {
    const short = file.readUInt32BE(at);
    // 0 means "to the end of the file", 1 that the size follows in 64 bits.
    const size = short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short;
    if (size < 8) return false;
    at += size;
  }
  return at > file.length;
}
