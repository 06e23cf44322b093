import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { thumbHashToAverageRGBA } from "thumbhash";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "../../../electron/engine/1-read/decode.ts";
import { encodeCrop } from "../../../electron/engine/1-read/encode-crop.ts";
import { fullPicture } from "../../../electron/engine/1-read/full-picture.ts";
import { isPlainSrgb } from "../../../electron/engine/1-read/plain-srgb.ts";
import { preview } from "../../../electron/engine/1-read/preview.ts";
import { regions } from "../../../electron/engine/1-read/regions.ts";
import { thumbhashOf } from "../../../electron/engine/1-read/thumbhash-of.ts";
import { asProblem } from "../../../electron/engine/errors.ts";
import type { Pixels } from "../../../electron/engine/types.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "familiar-pictures-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const whole = { longSide: 1280 };
async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no problem",
    (thrown: unknown) => asProblem(thrown).code,
  );
}
async function save(name: string, made: Sharp | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, "toBuffer" in made ? await made.toBuffer() : made);
  return path;
}
/** Red grows to the right, green downwards: every pixel says where it is. */
function places(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3, 40);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += 3) data.set([(x / width) * 255, (y / height) * 255], at);
  return sharp(data, { raw: { width, height, channels: 3 } });
}
function at(pixels: Pixels, x: number, y: number): readonly number[] {
  return [...pixels.data.subarray((y * pixels.width + x) * 3, (y * pixels.width + x) * 3 + 3)];
}
/** A bitmap as Windows writes it: bottom up, blue first, rows padded to four bytes. */
function bitmap(width: number, height: number, bits: 8 | 24 | 32, pixel: (x: number, y: number) => readonly number[]): Buffer {
  const stride = Math.ceil((width * bits) / 32) * 4;
  const palette = bits === 8 ? 1024 : 0;
  const file = Buffer.alloc(54 + palette + stride * height);
  file.write("BM");
  file.writeUInt32LE(54 + palette, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let i = 0; i < palette / 4; i++) file.set([255 - i, 0, i, 0], 54 + i * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) file.set(pixel(x, y), 54 + palette + (height - 1 - y) * stride + (x * bits) / 8);
  }
  return file;
}

describe("decode", () => {
  it.each([
    ["24 bits", 24, [10, 20, 200], [200, 20, 10]],
    ["32 bits", 32, [10, 20, 200, 0], [200, 20, 10]],
    ["a palette", 8, [7], [7, 0, 248]],
  ] as const)("reads bitmaps of %s", async (_, bits, stored, shown) => {
    const path = await save(
      "x.bmp",
      bitmap(5, 3, bits, (x, y) => (x === 4 && y === 0 ? stored : stored.map(() => 0))),
    );
    const { pixels } = await decode(path, whole);
    expect([pixels.width, pixels.height, at(pixels, 4, 0)]).toEqual([5, 3, shown]);
    expect(at(pixels, 0, 2)).not.toEqual(shown);
  });
  it("says that a bitmap ends early, or is of a kind it does not read", async () => {
    const file = bitmap(5, 3, 24, () => [1, 2, 3]);
    expect(await codeOf(decode(await save("cut.bmp", file.subarray(0, 70)), whole))).toBe("file-cut-short");
    file.writeUInt32LE(1, 30);
    expect(await codeOf(decode(await save("rle.bmp", file), whole))).toBe("file-kind-unknown");
  });
  it("goes by the content, whatever the name says, and over empty lines before it", async () => {
    const jpeg = await places(30, 20).jpeg().toBuffer();
    for (const [name, file] of [
      ["jpeg.png", jpeg],
      ["jpeg.heic", jpeg],
      ["late.jpg", Buffer.concat([Buffer.from("\r\n\r\n"), jpeg])],
      ["webp.jpg", await places(30, 20).webp().toBuffer()],
      ["avif.jpg", await places(30, 20).avif().toBuffer()],
    ] as const) {
      const { pixels, damaged } = await decode(await save(name, file), whole);
      expect([name, pixels.width, pixels.height, damaged]).toEqual([name, 30, 20, false]);
    }
  });
  it("shows the first of several frames, and grey behind what is transparent", async () => {
    const frames = [places(20, 10), sharp({ create: { width: 20, height: 10, channels: 3, background: "#0ff" } })];
    const made = await sharp(await Promise.all(frames.map((frame) => frame.png().toBuffer())), { join: { animated: true } })
      .gif()
      .toBuffer();
    const { pixels } = await decode(await save("moving.gif", made), whole);
    expect([pixels.width, pixels.height]).toEqual([20, 10]);
    expect(at(pixels, 0, 0)).not.toEqual([0, 255, 255]);
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } });
    expect(at((await decode(await save("clear.png", clear.png()), whole)).pixels, 1, 1)).toEqual([128, 128, 128]);
  });
  it.each(["jpg", "png", "webp", "avif", "tif", "gif"] as const)("gives an answer for a %s cut off anywhere", async (ending) => {
    const noisy = sharp({
      create: { width: 160, height: 160, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
    });
    const formats = { jpg: "jpeg", png: "png", webp: "webp", avif: "avif", tif: "tiff", gif: "gif" } as const;
    const file = await noisy.toFormat(formats[ending]).toBuffer();
    for (const share of [0.001, 0.01, 0.05, 0.3, 0.7, 0.98]) {
      const path = await save(`cut.${ending}`, file.subarray(0, Math.max(1, Math.round(file.length * share))));
      const answer = await decode(path, whole).catch(asProblem);
      if ("pixels" in answer) expect([share, answer.damaged, answer.pixels.data.length]).toEqual([share, true, 160 * 160 * 3]);
      else expect([share, answer.code]).toEqual([share, expect.stringMatching(/^file-(cut-short|damaged|not-a-picture)$/u)]);
    }
  });
  it("calls a photo of which nothing arrived cut short", async () => {
    const file = await places(400, 400).jpeg().toBuffer();
    const scan = file.indexOf(Buffer.from([0xff, 0xda]));
    expect(await codeOf(decode(await save("header.jpg", file.subarray(0, scan + 14)), whole))).toBe("file-cut-short");
  });
  it.each([
    [1279, 1279],
    [2559, 2559],
    [2560, 1280],
    [3839, 1919],
    [3840, 1280],
    [6400, 1280],
    [11_519, 2303],
    [11_520, 1280],
    [40_000, 1920],
  ])("keeps the long side at the wanted one or more, and under twice that (%i)", async (full, working) => {
    const photo = await decode(
      await save("long.png", sharp({ create: { width: full, height: 8, channels: 3, background: "#579" } }).png()),
      whole,
    );
    expect([photo.width, photo.pixels.width]).toEqual([full, working]);
  });
  it("opens 300 megapixels at working size and refuses what no memory holds", async () => {
    const huge = sharp({ create: { width: 20_000, height: 15_000, channels: 3, background: "#357" }, limitInputPixels: false });
    const photo = await decode(await save("huge.jpg", huge.jpeg({ quality: 50 })), whole);
    expect([photo.width, photo.height, photo.pixels.width, photo.pixels.height]).toEqual([20_000, 15_000, 2222, 1666]);
    const claims = await places(16, 16).jpeg().toBuffer();
    const size = claims.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    claims.writeUInt16BE(65_000, size);
    claims.writeUInt16BE(65_000, size + 2);
    expect(await codeOf(decode(await save("claims.jpg", claims), whole))).toBe("file-too-large");
  });
  it("does not take a folder for a photo", async () => {
    await mkdir(join(folder, "folder.jpg"));
    expect(await codeOf(decode(join(folder, "folder.jpg"), whole))).toBe("file-not-a-picture");
  });
});

describe("colour", () => {
  it.each(["srgb", "p3"] as const)("is what a colour-managed program shows (profile %s)", async (profile) => {
    const path = await save(`${profile}.png`, places(64, 64).withIccProfile(profile).png());
    const { icc } = await sharp(path).metadata();
    expect(isPlainSrgb(icc)).toBe(profile === "srgb");
    const managed = await sharp(path).toColourspace("srgb").raw().toBuffer();
    const { pixels } = await decode(path, whole);
    expect(Math.max(...managed.map((value, i) => Math.abs(value - (pixels.data[i] ?? 0))))).toBeLessThanOrEqual(1);
  });
  it("does not take a profile at its word, nor a broken one for any", async () => {
    const icc = (await sharp(await places(4, 4).withIccProfile("srgb").png().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
    expect(isPlainSrgb(icc)).toBe(true);
    for (const cut of [0, 100, 131, 140, 200]) expect(isPlainSrgb(icc.subarray(0, cut))).toBe(false);
    const other = Buffer.from(icc);
    const red = other.readUInt32BE(other.indexOf("rXYZ") + 4);
    other.writeInt32BE(Math.round(0.515 * 65_536), red + 8);
    expect(isPlainSrgb(other)).toBe(false);
  });
});

describe("regions", () => {
  it.each([1, 3, 6, 8])("are cut from the full photo where it stands upright (orientation %i)", async (orientation) => {
    const path = await save(`turned${orientation}.png`, places(900, 600).withMetadata({ orientation }).png());
    const { pixels } = await decode(path, whole);
    const found = await regions(path, [
      [0.1, 0.2, 0.05, 0.05],
      [0.9, 0.9, 0.1, 0.1],
      [0.5, 0.5, 0, 0],
    ]);
    for (const region of found) {
      const [left, top, width, height] = region.box;
      expect([region.pixels.width, region.pixels.height]).toEqual([width, height]);
      expect(left + width <= pixels.width && top + height <= pixels.height).toBe(true);
      expect(at(region.pixels, 0, 0)).toEqual(at(pixels, left, top));
      expect(at(region.pixels, width - 1, height - 1)).toEqual(at(pixels, left + width - 1, top + height - 1));
    }
    expect(await regions(path, [])).toEqual([]);
  });
});

describe("pictures for the screen", () => {
  it("makes previews upright and never larger than the photo", async () => {
    const path = await save("six.jpg", places(900, 600).withMetadata({ orientation: 6 }).jpeg());
    const small = await sharp((await preview(path, { longSide: 400, quality: 80 })).webp).metadata();
    expect([small.format, small.width, small.height]).toEqual(["webp", 267, 400]);
    const large = await sharp((await preview(path, { longSide: 4000, quality: 80 })).webp).metadata();
    expect([large.width, large.height]).toEqual([600, 900]);
  });
  it("hands a photo on as it is where a browser shows it upright, and as a JPEG otherwise", async () => {
    const jpeg = await save("own.jpg", places(30, 20).withMetadata({ orientation: 6 }).jpeg());
    expect(await fullPicture(jpeg)).toEqual({ bytes: await readFile(jpeg), type: "image/jpeg" });
    expect((await fullPicture(await save("own.webp", places(30, 20).webp()))).type).toBe("image/webp");
    for (const path of [
      await save("scan.tif", places(30, 20).withMetadata({ orientation: 6 }).tiff()),
      await save("turned.png", places(30, 20).withMetadata({ orientation: 6 }).png()),
    ]) {
      const { bytes, type } = await fullPicture(path);
      const facts = await sharp(bytes).metadata();
      expect([type, facts.format, facts.width, facts.height, facts.orientation ?? 1]).toEqual(["image/jpeg", "jpeg", 20, 30, 1]);
    }
  });
  it("cuts a square around a face, also at the photo's edge", async () => {
    const { pixels } = await decode(await save("crop.png", places(300, 200).png()), whole);
    for (const box of [
      [140, 90, 20, 30],
      [-5, -5, 40, 40],
      [280, 180, 40, 40],
      [0, 0, 300, 200],
    ] as const) {
      const crop = await sharp(await encodeCrop(pixels, box, { side: 256, margin: 1.6, quality: 80 })).metadata();
      expect([crop.format, crop.width, crop.height]).toEqual(["webp", 256, 256]);
    }
    const middle = await sharp(await encodeCrop(pixels, [140, 90, 20, 20], { side: 64, margin: 1, quality: 100 }))
      .raw()
      .toBuffer();
    expect(Math.abs((middle[(32 * 64 + 32) * 3] ?? 0) - 127)).toBeLessThan(6);
  });
  it("keeps the photo's colour in its blur", async () => {
    const flat = sharp({ create: { width: 300, height: 200, channels: 3, background: { r: 200, g: 100, b: 50 } } });
    const { pixels } = await decode(await save("flat.png", flat.png()), whole);
    const { r, g, b } = thumbHashToAverageRGBA(Buffer.from(await thumbhashOf(pixels), "base64"));
    expect([r * 255, g * 255, b * 255].map((value, i) => Math.abs(value - ([200, 100, 50][i] ?? 0)) < 12)).toEqual([true, true, true]);
  });
});

const formats = "../shared/photos/library/Formats";
describe.skipIf(!existsSync(formats))("HEIC (skipped without the real photographs)", () => {
  const path = `${formats}/IMG_2682.heic`;
  it("is decoded upright on a thread of its own, also several at once", async () => {
    const [one, two] = await Promise.all([decode(path, whole), decode(path, whole)]);
    expect(Buffer.compare(one.pixels.data, two.pixels.data)).toBe(0);
    expect(Math.max(one.pixels.width, one.pixels.height)).toBeGreaterThanOrEqual(1280);
    const shown = await sharp((await fullPicture(path)).bytes).metadata();
    expect([shown.format, shown.width, shown.height]).toEqual(["jpeg", one.width, one.height]);
  });
  it("shows what has arrived of one that was cut off, says so, and goes on with the next", async () => {
    const file = await readFile(path);
    const half = await decode(await save("half.heic", file.subarray(0, file.length / 2)), whole);
    expect([half.width, half.height, half.damaged]).toEqual([4032, 3024, true]);
    expect(await codeOf(decode(await save("head.heic", file.subarray(0, 4000)), whole))).toBe("file-cut-short");
    file.fill(0, 40, 2000);
    expect(await codeOf(decode(await save("broken.heic", file), whole))).toBe("file-damaged");
    expect((await decode(path, whole)).damaged).toBe(false);
  });
});
