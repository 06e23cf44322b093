import { Problem } from "../errors.ts";
import { settings } from "../settings.ts";

/** Uncompressed Windows bitmaps of 8, 24 and 32 bits (BITMAPINFOHEADER and later). Rows are stored bottom up unless the height is negative. */
export function decodeBmp(file: Buffer, path: string): { data: Uint8Array; width: number; height: number; channels: 3 } {
  if (file.length < 54) throw new Problem("file-cut-short", path);
  const start = file.readUInt32LE(10);
  const headerSize = file.readUInt32LE(14);
  const width = file.readInt32LE(18);
  const signedHeight = file.readInt32LE(22);
  const bits = file.readUInt16LE(28);
  const compression = file.readUInt32LE(30);
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw new Problem("file-damaged", path);
  if (width * height > settings.read.largestPixels) throw new Problem("file-too-large", path);
  if (![8, 24, 32].includes(bits) || (compression !== 0 && compression !== 3)) throw new Problem("file-kind-unknown", path);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start + stride * height > file.length) throw new Problem("file-cut-short", path);
  const palette = 14 + headerSize;
  const data = new Uint8Array(width * height * 3);
  const step = bits / 8;
  for (let row = 0; row < height; row++) {
    const from = start + (signedHeight > 0 ? height - 1 - row : row) * stride;
    for (let column = 0; column < width; column++) {
      const at = bits === 8 ? palette + (file[from + column] ?? 0) * 4 : from + column * step;
      const to = (row * width + column) * 3;
      data[to] = file[at + 2] ?? 0;
      data[to + 1] = file[at + 1] ?? 0;
      data[to + 2] = file[at] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}
