import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readExposure } from "../../../electron/engine/1-read/read-exposure.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { exposure } from "../../../electron/engine/flows/exposure.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { addPhotos, noFacts } from "../../helpers/synthetic-library.ts";

const dir = mkdtempSync(join(tmpdir(), "familiar-exposure-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const nothing = { lens: null, aperture: null, seconds: null, iso: null, focalLength: null };

async function written(name: string, IFD2: Readonly<Record<string, string>>, kind: "jpeg" | "webp" = "jpeg"): Promise<string> {
  const path = join(dir, name);
  const plain = sharp({ create: { width: 8, height: 8, channels: 3, background: "#135" } });
  await plain.withExif({ IFD2 })[kind]().toFile(path);
  return path;
}

describe("readExposure", () => {
  it.each(["jpeg", "webp"] as const)("reads lens, aperture, time, speed and focal length of %s", async (kind) => {
    const exif = {
      LensModel: "EF50mm f/1.8 STM",
      FNumber: "18/10",
      ExposureTime: "1/120",
      ISOSpeedRatings: "64",
      FocalLength: "50/1",
    };
    const found = await readExposure(await written(`one.${kind}`, exif, kind));
    expect(found).toEqual({ lens: "EF50mm f/1.8 STM", aperture: 1.8, seconds: 1 / 120, iso: 64, focalLength: 50 });
  });
  it("tells the focal length as on film where the file says it", async () => {
    const found = await readExposure(await written("phone.jpg", { FocalLength: "425/100", FocalLengthIn35mmFilm: "26" }));
    expect(found).toEqual({ ...nothing, focalLength: 26 });
  });
  it("finds it where it lies behind more than is read of a head", async () => {
    const path = await written("late.webp", { FNumber: "4/1" }, "webp");
    const file = readFileSync(path);
    // A chunk of nothing before the one of EXIF.
    const [at, size] = [file.indexOf("EXIF"), settings.read.metadataHead + 1000];
    const chunk = Buffer.alloc(8 + size);
    chunk.write("JUNK");
    chunk.writeUInt32LE(size, 4);
    const longer = Buffer.concat([file.subarray(0, at), chunk, file.subarray(at)]);
    longer.writeUInt32LE(longer.length - 8, 4);
    writeFileSync(path, longer);
    expect(await readExposure(path)).toEqual({ ...nothing, aperture: 4 });
  });
  it.each([
    ["unknown", { FNumber: "0/1", ExposureTime: "0/0", FocalLength: "0/10", ISOSpeedRatings: "0", FocalLengthIn35mmFilm: "0" }],
    ["more than the field holds", { ISOSpeedRatings: "65535" }],
    ["an empty lens", { LensModel: "   " }],
    ["nothing", {}],
  ])("says nothing of what a camera writes for %s", async (name, exif) => {
    expect(await readExposure(await written(`${name}.jpg`, exif))).toBeNull();
  });
  it("says nothing of broken metadata, and what is wrong with a file that cannot be read", async () => {
    const path = join(dir, "broken.jpg");
    writeFileSync(path, Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x20, ...Buffer.from("Exif\0\0MM\0*\xff\xff\xff\xff", "latin1")]));
    expect(await readExposure(path)).toBeNull();
    await expect(readExposure(join(dir, "nowhere.jpg"))).rejects.toMatchObject({ code: "file-vanished" });
  });
});

describe("of a photo in the library", () => {
  let keep: Keep;
  beforeAll(() => {
    keep = openKeep({ libraryDir: join(dir, "library") });
  });
  afterAll(() => keep.close());
  it("is read from a file that opens, is null without one, and of no photo a problem", async () => {
    await written("kept.jpg", { FNumber: "4/1" });
    const kept = addPhotos(
      keep,
      dir,
      ["kept.jpg", "lost.jpg"].map((name) => ({ name, hash: name, size: [8, 8] as const, facts: noFacts, faces: [] })),
    );
    const [here, lost] = kept.map((one) => one.photoId);
    expect(await exposure(keep, here ?? 0)).toEqual({ ...nothing, aperture: 4 });
    expect(await exposure(keep, lost ?? 0)).toBeNull();
    await expect(exposure(keep, 9999)).rejects.toMatchObject({ code: "photo-not-found" });
  });
});
