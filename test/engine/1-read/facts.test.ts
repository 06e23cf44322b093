import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "../../../electron/engine/1-read/decode.ts";
import type { PhotoFacts } from "../../../electron/engine/types.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "familiar-facts-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Exif = NonNullable<Parameters<ReturnType<typeof sharp>["withExif"]>[0]>;
const plain = () => sharp({ create: { width: 8, height: 8, channels: 3, background: "#135" } });

async function factsOf(name: string, exif: Exif, xmp?: string): Promise<PhotoFacts> {
  const path = join(folder, name);
  let made = plain().withExif(exif);
  if (xmp)
    made = made.withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${xmp}</rdf:RDF></x:xmpmeta>`,
    );
  await made.jpeg().toFile(path);
  await utimes(path, new Date("2011-02-03T04:05:06Z"), new Date("2011-02-03T04:05:06Z"));
  return (await decode(path, { longSide: 100 })).facts;
}
const xmpOf = (attributes: string): string =>
  `<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${attributes}/>`;

describe("readFacts", () => {
  it("reads date, zone, camera and place", async () => {
    const facts = await factsOf("full.jpg", {
      IFD0: { Make: "NIKON CORPORATION", Model: "NIKON D70", DateTime: "2020:01:01 00:00:00" },
      IFD2: { DateTimeOriginal: "2019:07:04 12:34:56", OffsetTimeOriginal: "-03:30" },
      IFD3: { GPSLatitudeRef: "S", GPSLatitude: "33/1 51/1 3000/100", GPSLongitudeRef: "W", GPSLongitude: "70/1 30/1 0/1" },
    });
    expect(facts).toMatchObject({
      takenAt: "2019-07-04T12:34:56",
      takenZone: "-03:30",
      takenFrom: "exif",
      camera: "NIKON D70",
      hasOrientation: false,
    });
    expect(facts.latitude).toBeCloseTo(-33.8583, 3);
    expect(facts.longitude).toBeCloseTo(-70.5, 5);
  });
  it.each([
    "0000:00:00 00:00:00",
    "2003:02:30 10:00:00",
    "2019:13:01 00:00:00",
    "2999:12:31 23:59:59",
    "yesterday evening",
    "    :  :     :  :  ",
  ])("does not believe %s, and takes the file's own time", async (text) => {
    const facts = await factsOf("undated.jpg", { IFD0: { Model: "X" }, IFD2: { DateTimeOriginal: text } });
    expect(facts.takenFrom).toBe("file-time");
    expect(facts.takenAt).toMatch(/^2011-02-0[234]T/u);
  });
  it("prefers what the name says to when an editor saved the file", async () => {
    const exif = { IFD0: { DateTime: "2020:01:01 00:00:00" } };
    expect(await factsOf("IMG_20190704_123456.jpg", exif)).toMatchObject({ takenAt: "2019-07-04T12:34:56", takenFrom: "file-name" });
    expect(await factsOf("holiday.jpg", exif)).toMatchObject({ takenAt: "2020-01-01T00:00:00", takenFrom: "exif" });
  });
  it("reads XMP where there is no EXIF, and does not mix the two", async () => {
    const xmp = xmpOf(`photoshop:DateCreated="1987-06-05T10:00:00+02:00" exif:GPSLatitude="52,30.5N" exif:GPSLongitude="13,22,30W"`);
    const alone = await factsOf("scan.jpg", {}, xmp);
    expect(alone).toMatchObject({ takenAt: "1987-06-05T10:00:00", takenZone: "+02:00", takenFrom: "xmp" });
    expect(alone.latitude).toBeCloseTo(52.5083, 3);
    expect(alone.longitude).toBeCloseTo(-13.375, 5);
    const both = await factsOf("both.jpg", { IFD2: { DateTimeOriginal: "2001:02:03 04:05:06" } }, xmp);
    expect(both).toMatchObject({ takenAt: "2001-02-03T04:05:06", takenZone: null, takenFrom: "exif" });
  });
  it.each([
    ["out of range", "123/1 0/1 0/1", "400/1 0/1 0/1"],
    ["no fix", "0/1 0/1 0/1", "0/1 0/1 0/1"],
    ["divided by nothing", "0/0 0/0 0/0", "0/0 0/0 0/0"],
  ])("takes no place from a receiver's mistake: %s", async (_, GPSLatitude, GPSLongitude) => {
    const facts = await factsOf("lost.jpg", { IFD3: { GPSLatitudeRef: "N", GPSLatitude, GPSLongitudeRef: "E", GPSLongitude } });
    expect([facts.latitude, facts.longitude]).toEqual([null, null]);
  });
});

const library = "../shared/photos/library";
const odd = "../shared/photos/odd";
describe.skipIf(!existsSync(library))("facts of real photographs (skipped without them)", () => {
  it.each([
    [`${library}/Trips/HMD_Nokia_8.3_5G.jpg`, { takenFrom: "exif", takenZone: "+03:00", latitude: 60.1467, longitude: 24.9068 }],
    [`${library}/Formats/IMG_2682.heic`, { takenFrom: "exif", latitude: 41.2203, longitude: -96.0716 }],
    [`${odd}/immich/gps-datetime.jpg`, { takenFrom: "gps", takenAt: "2023-11-15T12:30:00", latitude: 37.7749, longitude: -122.4194 }],
    [`${odd}/exif/BlueSquare.jpg`, { takenFrom: "xmp", takenAt: "2005-09-07T15:07:40", takenZone: "-07:00", latitude: null }],
    [`${odd}/made/gps-out-of-range.jpg`, { latitude: null, longitude: null }],
    [`${odd}/made/date-future.jpg`, { takenFrom: "file-time" }],
  ])("%s", async (path, expected) => {
    const { facts } = await decode(path, { longSide: 320 });
    const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);
    expect({ ...facts, latitude: rounded(facts.latitude), longitude: rounded(facts.longitude) }).toMatchObject(expected);
  });
});
