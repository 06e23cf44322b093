import { crc32 } from "node:zlib";
import { refuse } from "./refuse.ts";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;

/**
 * The files of a zip archive by name, as views of its bytes (PKWARE APPNOTE). PyTorch stores without compression; anything
 * compressed, encrypted, in several volumes or of another checksum is refused with `model-mismatch`.
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_SIZE;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end--;
  if (end < first) return refuse("the zip archive has no table of contents");

  const files = new Map<string, Uint8Array>();
  let total = 0;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== ENTRY) return refuse("the zip archive's table of contents is damaged");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [sum, packed, size] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (method !== 0 || packed !== size || (flags & 1) !== 0) return refuse(`"${name}" in the zip archive is not plainly stored`);
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL) return refuse(`"${name}" is not where the zip archive says`);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > bytes.length) throw new RangeError("file leaves the archive");
    const content = bytes.subarray(start, start + size);
    total += size;
    if (total > bytes.length) return refuse("the files in the zip archive lie over one another");
    if (crc32(content) !== sum) return refuse(`"${name}" in the zip archive has changed`);
    files.set(name, content);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
