import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";

/** A small photograph of nobody: noise, so that nothing of it is one colour. `seed` makes another one. */
export function photograph(seed = 1, width = 96, height = 64): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = seed;
  for (let i = 0; i < data.length; i++) data[i] = (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A folder with `count` photographs called 1.jpg and so on. */
export async function photographs(folder: string, count: number, from = 1): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let i = from; i < from + count; i++) writeFileSync(join(folder, `${i}.jpg`), await photograph(i).jpeg().toBuffer());
}

const jpeg = (): Promise<Buffer> => photograph(2).jpeg().toBuffer();
const png = (): Promise<Buffer> => photograph(3).png().toBuffer();

/** The same bytes with some of them changed from a place on. */
function spoiled(file: Buffer, at: number, count: number): Buffer {
  const copy = Buffer.from(file);
  for (let i = at; i < Math.min(copy.length, at + count); i++) copy[i] = (copy[i] ?? 0) ^ 0x5a;
  return copy;
}
/** A JPEG that says it has so many pixels. */
async function claiming(width: number, height: number): Promise<Buffer> {
  const file = await jpeg();
  const frame = file.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  file.writeUInt16BE(height, frame);
  file.writeUInt16BE(width, frame + 2);
  return file;
}
async function moving(format: "gif" | "webp"): Promise<Buffer> {
  const frames = await Promise.all([4, 5, 6].map((seed) => photograph(seed).png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}
async function deep(): Promise<Buffer> {
  return photograph(7).toColourspace("rgb16").png().toBuffer();
}

/** What Familiar cannot read, by file name: its bytes, and the problem it gets. */
export const unreadable: readonly (readonly [name: string, bytes: () => Promise<Buffer> | Buffer, code: string])[] = [
  ["corrupt.jpg", async () => spoiled(await jpeg(), 4, 400), "file-damaged"],
  ["corrupt.png", async () => spoiled(await png(), 8, 40), "file-damaged"],
  ["truncated.jpg", async () => (await jpeg()).subarray(0, 200), "file-cut-short"],
  ["truncated.avif", async () => (await photograph(2).avif().toBuffer()).subarray(0, 150), "file-cut-short"],
  ["zero-byte.jpg", () => Buffer.alloc(0), "file-empty"],
  ["zero-byte.heic", () => Buffer.alloc(0), "file-empty"],
  ["text.jpg", () => Buffer.from("Dear diary, today I renamed a letter.\n"), "file-not-a-picture"],
  [
    "archive.heic",
    () => Buffer.from("PK\u0003\u0004 not a photo at all, but long enough to look like something else entirely"),
    "file-not-a-picture",
  ],
  ["layers.psd", () => Buffer.concat([Buffer.from("8BPS\0\u0001"), Buffer.alloc(200)]), "file-kind-unknown"],
  ["camera.nef", async () => photograph(8).tiff().toBuffer(), "file-kind-unknown"],
  ["claims-4-gigapixels.jpg", () => claiming(65_000, 65_000), "file-too-large"],
];

/** What looks odd and is read all the same. */
export const odd: readonly (readonly [name: string, bytes: () => Promise<Buffer>])[] = [
  ["good.jpg", () => photograph(9).jpeg().toBuffer()],
  [
    "half.jpg",
    async () => {
      const file = await photograph(10, 400, 400).jpeg().toBuffer();
      return file.subarray(0, Math.round(file.length * 0.7));
    },
  ],
  ["png-named.jpg", () => photograph(11).png().toBuffer()],
  ["jpeg-named.heic", () => photograph(12).jpeg().toBuffer()],
  ["webp-named.PNG", () => photograph(13).webp().toBuffer()],
  ["moving.gif", () => moving("gif")],
  ["moving.webp", () => moving("webp")],
  ["cmyk.jpg", () => photograph(14).toColourspace("cmyk").jpeg().toBuffer()],
  ["cmyk.tif", () => photograph(15).toColourspace("cmyk").tiff().toBuffer()],
  ["16-bit.png", deep],
  [
    "16-bit.tif",
    async () =>
      sharp(await deep())
        .toColourspace("rgb16")
        .tiff()
        .toBuffer(),
  ],
  ["grey.jpg", () => photograph(16).greyscale().jpeg().toBuffer()],
  ["one-pixel.png", () => photograph(17, 1, 1).png().toBuffer()],
  [
    "300-megapixels.jpg",
    () =>
      sharp({ create: { width: 20_000, height: 15_000, channels: 3, background: "#357" }, limitInputPixels: false })
        .jpeg({ quality: 50 })
        .toBuffer(),
  ],
];
