import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problems } from "../../../electron/contract/problems.ts";
import { dateInName } from "../../../electron/engine/1-read/date-in-name.ts";
import { decode } from "../../../electron/engine/1-read/decode.ts";
import { identify } from "../../../electron/engine/1-read/identify.ts";
import { regions } from "../../../electron/engine/1-read/regions.ts";
import { walk } from "../../../electron/engine/1-read/walk.ts";
import { wallClock } from "../../../electron/engine/1-read/wall-clock.ts";
import { asProblem, Problem } from "../../../electron/engine/errors.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "familiar-read-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Left half red, right half blue; 40 x 20 before any turn. */
async function twoHalves(): Promise<Sharp> {
  const red = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#f00" } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 40, height: 20, channels: 3, background: "#00f" } }).composite([{ input: red, left: 0, top: 0 }]);
}
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    return asProblem(thrown).code;
  }
  return "no problem";
}

describe("walk", () => {
  it("finds pictures only, in order, enters links once, and reports odd names", async () => {
    const top = join(folder, "walk");
    await mkdir(join(top, "b/@eaDir"), { recursive: true });
    for (const name of ["a.jpg", "._a.jpg", ".hidden.jpg", "Thumbs.db", "notes.txt", "b/ñ.JPG", "b/n\u0303.png", "b/@eaDir/x.jpg"])
      await writeFile(join(top, name), "x");
    await symlink(top, join(top, "b/loop"));
    await writeFile(Buffer.concat([Buffer.from(`${top}/`), Buffer.from([0xff, 0xfe]), Buffer.from(".jpg")]), "x");
    const odd: string[] = [];
    const found: string[] = [];
    for await (const file of walk(top, { onProblem: (problem) => odd.push(problem.code) })) found.push(file.path.slice(top.length + 1));
    expect(found).toEqual(["a.jpg", "b/n\u0303.png", "b/ñ.JPG"]);
    expect(odd).toEqual(["file-name-odd"]);
  });
  it("says what is wrong with the folder itself", async () => {
    const drain = async (path: string): Promise<void> => {
      for await (const _ of walk(path, { onProblem: () => undefined }));
    };
    await writeFile(join(folder, "file"), "x");
    expect(await codeOf(drain(join(folder, "nowhere")))).toBe("folder-gone");
    expect(await codeOf(drain(join(folder, "file")))).toBe("folder-not-a-folder");
  });
});

describe("decode", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("stands orientation %i upright", async (orientation) => {
    const path = join(folder, `o${orientation}.png`);
    await (await twoHalves()).withMetadata({ orientation }).png().toFile(path);
    const photo = await decode(path, { longSide: 1280 });
    const turned = orientation >= 5;
    expect([photo.width, photo.height]).toEqual(turned ? [20, 40] : [40, 20]);
    const first = [photo.pixels.data[0], photo.pixels.data[2]];
    const redFirst = [1, 4, 5, 6].includes(orientation);
    expect(first).toEqual(redFirst ? [255, 0] : [0, 255]);
    expect(photo.facts.hasOrientation).toBe(orientation > 1);
  });
  it("decodes no more than is needed", async () => {
    const path = join(folder, "large.jpg");
    await sharp({ create: { width: 6000, height: 4000, channels: 3, background: "#678" } })
      .jpeg()
      .toFile(path);
    const photo = await decode(path, { longSide: 1280 });
    expect([photo.width, photo.height, photo.pixels.width, photo.pixels.height]).toEqual([6000, 4000, 2000, 1333]);
    const [region] = await regions(path, [[0.5, 0.5, 0.01, 0.01]]);
    expect(region?.pixels.width).toBeGreaterThan(100);
    expect(region?.box[0]).toBeCloseTo(2955, -1);
  });
  it("reads CMYK, 16 bit, grey and alpha as sRGB", async () => {
    const shapes = {
      "cmyk.jpg": (await twoHalves()).toColourspace("cmyk").jpeg(),
      "deep.png": (await twoHalves()).toColourspace("rgb16").png(),
      "grey.png": (await twoHalves()).toColourspace("b-w").png(),
      "alpha.webp": (await twoHalves()).ensureAlpha(0.5).webp({ lossless: true }),
    };
    for (const [name, shape] of Object.entries(shapes)) {
      await shape.toFile(join(folder, name));
      const { pixels } = await decode(join(folder, name), { longSide: 1280 });
      expect([name, pixels.data.length]).toEqual([name, 40 * 20 * 3]);
    }
  });
  it("keeps what a cut-off JPEG still shows and marks it damaged", async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251));
    const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const path = join(folder, "half.jpg");
    await writeFile(path, whole.subarray(0, whole.length / 2));
    expect((await decode(path, { longSide: 1280 })).damaged).toBe(true);
  });
  it("names each kind of broken file", async () => {
    const files: Record<string, [Buffer | string, string]> = {
      "empty.jpg": ["", "file-empty"],
      "text.jpg": ["this is no picture at all, whatever its name says", "file-not-a-picture"],
      "shot.cr2": ["II*\0 raw", "file-kind-unknown"],
      "head.png": [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "file-"],
    };
    for (const [name, [content, code]] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
      expect([name, await codeOf(decode(join(folder, name), { longSide: 1280 }))]).toEqual([name, expect.stringContaining(code)]);
    }
    expect(await codeOf(decode(join(folder, "never.jpg"), { longSide: 1280 }))).toBe("file-vanished");
    expect(await codeOf(identify(join(folder, "empty.jpg")))).toBe("file-empty");
  });
});

describe("dates", () => {
  it("reads what cameras write and refuses what cannot be", () => {
    expect(wallClock("2019:07:04 12:34:56")).toEqual({ at: "2019-07-04T12:34:56", zone: null });
    expect(wallClock("2019-07-04T12:34:56.123+02:00")).toEqual({ at: "2019-07-04T12:34:56", zone: "+02:00" });
    for (const text of ["0000:00:00 00:00:00", "    :  :     :  :  ", "2019:13:01 00:00:00", "2019:02:30 00:00:00", undefined])
      expect(wallClock(text)).toBeNull();
  });
  it("reads names of phones and messengers", () => {
    expect(dateInName("IMG_20190704_123456.jpg")).toBe("2019-07-04T12:34:56");
    expect(dateInName("IMG-20190704-WA0001.jpg")).toBe("2019-07-04T12:00:00");
    expect(dateInName("2019-07-04 12.34.56.png")).toBe("2019-07-04T12:34:56");
    expect(dateInName("P1234567890.jpg")).toBeNull();
  });
});

const odd = "../shared/photos/odd";
describe.skipIf(!existsSync(odd))("odd files (skipped without the real photographs)", () => {
  it("either show something or are named by the closed list, and never end the scan", async () => {
    const told: Record<string, number> = {};
    for await (const file of walk(odd, { onProblem: () => undefined })) {
      try {
        const { pixels } = await decode(file.path, { longSide: 1280 });
        expect(pixels.data.length).toBe(pixels.width * pixels.height * 3);
        told.shown = (told.shown ?? 0) + 1;
      } catch (thrown) {
        expect(thrown, file.path).toBeInstanceOf(Problem);
        const { code } = thrown as Problem;
        expect(problems).toHaveProperty([code]);
        expect(code, file.path).not.toBe("internal");
        told[code] = (told[code] ?? 0) + 1;
      }
    }
    expect(told.shown).toBeGreaterThan(90);
  });
});
