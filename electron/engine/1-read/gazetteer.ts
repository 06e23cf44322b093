import { around, distance } from "geokdbush";
import KDBush from "kdbush";
import { settings } from "../settings.ts";
import { seatBit, toEight, type PlaceFileHead, type PlacePart } from "./pack-places.ts";
import { readPlaceFile } from "./place-file.ts";
import { placeKey, startsPerName } from "./place-keys.ts";

/** A place of the gazetteer; `id` counts within one file. */
export interface GazetteerPlace {
  readonly id: number;
  readonly name: string;
  /** State, province or the like; null where the gazetteer knows none. */
  readonly region: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
}
export interface FoundPlace extends GazetteerPlace {
  /** From where was asked. */
  readonly km: number;
}
export interface Gazetteer {
  /** The nearest place within `settings.places.named`, or null: on the open sea there is none. */
  nearest(latitude: number, longitude: number): FoundPlace | null;
  /** What the country around is called after: a seat of the same region close by, else the nearest place. */
  area(latitude: number, longitude: number): FoundPlace | null;
  /** Ids of places whose name, or a later word of it, begins so (a key of place-keys.ts). */
  beginning(key: string): Iterable<number>;
  place(id: number): GazetteerPlace;
}

let opened: Gazetteer | null = null;
/** The gazetteer, read when it is first asked for and kept from then on (6 MB). Throws where its file cannot be read. */
export function gazetteer(): Gazetteer {
  opened ??= openGazetteer(readPlaceFile());
  return opened;
}

/** See pack-places.ts for the file. */
export function openGazetteer(file: ArrayBuffer): Gazetteer {
  const length = new DataView(file).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 4, length))) as PlaceFileHead;
  const base = toEight(4 + length);
  const part = (name: PlacePart): readonly [ArrayBuffer, number, number] => [file, base + head.parts[name][0], head.parts[name][1]];
  const [, indexAt, indexBytes] = part("index");
  const index = KDBush.from(file.slice(indexAt, indexAt + indexBytes));
  const coordinates = index.coords;
  const numbers = (name: PlacePart): Uint32Array => {
    const [buffer, offset, bytes] = part(name);
    return new Uint32Array(buffer, offset, bytes / 4);
  };
  const [ends, starts] = [numbers("ends"), numbers("starts")];
  const names = new Uint8Array(...part("names"));
  const [regionBuffer, regionAt, regionBytes] = part("region");
  const region = new Uint16Array(regionBuffer, regionAt, regionBytes / 2);
  const decoder = new TextDecoder();

  const nameOf = (id: number): string => decoder.decode(names.subarray(id === 0 ? 0 : ends[id - 1], ends[id]));
  const degrees = (value: number | undefined): number => Math.round((value ?? 0) * 1e4) / 1e4;
  function place(id: number): GazetteerPlace {
    const [country, inRegion] = head.regions[(region[id] ?? 0) & ~seatBit] ?? ["", null];
    const [longitude, latitude] = [degrees(coordinates[2 * id]), degrees(coordinates[2 * id + 1])];
    return { id, name: nameOf(id), region: inRegion, country, latitude, longitude };
  }
  function at(id: number, latitude: number, longitude: number): FoundPlace {
    const found = place(id);
    return { ...found, km: distance(longitude, latitude, found.longitude, found.latitude) };
  }
  function nearest(latitude: number, longitude: number): FoundPlace | null {
    const [id] = around(index, longitude, latitude, 1, settings.places.named);
    return id === undefined ? null : at(id, latitude, longitude);
  }
  /** The first start whose key is not before `key`. */
  function first(key: string): number {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = starts[middle] ?? 0;
      if (placeKey(nameOf(Math.floor(start / startsPerName)), start % startsPerName) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  return {
    nearest,
    area(latitude, longitude) {
      const here = nearest(latitude, longitude);
      // Exactly there: it is this place that was meant.
      if (here === null || here.km < settings.places.same) return here;
      const same = region[here.id] ?? 0;
      const wanted = same | seatBit;
      // Asked without a test of each: with one the library goes through the whole earth where none passes.
      const seat = around(index, longitude, latitude, Infinity, settings.places.seat).find((id) => region[id] === wanted);
      return seat === undefined ? here : at(seat, latitude, longitude);
    },
    beginning(key) {
      const found = new Set<number>();
      // The last character there is ends the range of everything that begins so.
      const end = first(`${key}\u{FFFF}`);
      for (let at = first(key); at < end; at += 1) found.add(Math.floor((starts[at] ?? 0) / startsPerName));
      return found;
    },
    place,
  };
}
