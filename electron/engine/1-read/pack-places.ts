import KDBush from "kdbush";
import { placeWordsOf, startsPerName } from "./place-keys.ts";

/** What the gazetteer's package says of one place; degrees WGS 84 in words. */
export interface SourcePlace {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly admin1: string;
  readonly admin2: string;
}
interface Division {
  readonly code: string;
  readonly name: string;
}
export interface PlaceSource {
  /** Name and version of the package. */
  readonly from: string;
  readonly places: readonly SourcePlace[];
  readonly regions: readonly Division[];
  readonly districts: readonly Division[];
}

/** What stands in front of the file, as JSON; offsets count from the first byte after it (see packPlaces). */
export interface PlaceFileHead {
  readonly format: number;
  readonly from: string;
  readonly places: number;
  /** Country, and name of the region or null. */
  readonly regions: readonly (readonly [string, string | null])[];
  readonly parts: Readonly<Record<PlacePart, readonly [offset: number, bytes: number]>>;
}
const partNames = ["index", "ends", "names", "region", "starts"] as const;
export type PlacePart = (typeof partNames)[number];
/** Raised whenever the layout changes, so that a file of before is made anew. */
export const placeFileFormat = 1;
/** Marks the seat of a region or district in the number of its region. */
export const seatBit = 0x8000;

/**
 * The gazetteer as one file: length of the head (4 bytes, little-endian), the head, then parts that begin at multiples of eight.
 * `index`: KDBush of 32-bit degrees (two metres), places in its order; `ends`: where each name ends in `names` (UTF-8); `region`: number
 * of the region, and `seatBit`; `starts`: place × 8 + word, in the order of the names from that word on, for looking up what is typed.
 */
export function packPlaces({ from, places, regions, districts }: PlaceSource): Uint8Array {
  const index = new KDBush(places.length, 64, Float32Array);
  for (const place of places) index.add(Number(place.lng), Number(place.lat));
  index.finish();
  const ordered = [...index.ids].flatMap((id) => places[id] ?? []);
  ordered.forEach((_, i) => (index.ids[i] = i));

  const named = new Map([...regions, ...districts].map(({ code, name }) => [code, name]));
  const table = new Map<string, number>();
  const rows: [string, string | null][] = [];
  const english = new Intl.DisplayNames("en", { type: "region" });
  const region = Uint16Array.from(ordered, (place) => {
    const code = `${place.country}.${place.admin1}`;
    let row = table.get(code);
    if (row === undefined) {
      row = rows.push([place.country, named.get(code) ?? null]) - 1;
      table.set(code, row);
    }
    const whole = [named.get(code), named.get(`${code}.${place.admin2}`), english.of(place.country)];
    const plain = plainName(place.name);
    return whole.some((name) => name !== undefined && plain !== "" && plainName(name) === plain) ? row | seatBit : row;
  });
  if (rows.length >= seatBit) throw new Error(`${rows.length} regions do not fit.`);

  const encoder = new TextEncoder();
  const written = ordered.map((place) => encoder.encode(place.name));
  let end = 0;
  const ends = Uint32Array.from(written, (bytes) => (end += bytes.length));
  const starts = ordered
    .flatMap(({ name }, id) => {
      const words = placeWordsOf(name);
      return words.slice(0, startsPerName).map((_, word) => ({ key: words.slice(word).join(" "), start: id * startsPerName + word }));
    })
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.start - b.start));
  const parts: Record<PlacePart, Uint8Array> = {
    index: new Uint8Array(index.data),
    ends: bytesOf(ends),
    names: Buffer.concat(written),
    region: bytesOf(region),
    starts: bytesOf(Uint32Array.from(starts, ({ start }) => start)),
  };
  return join(parts, { format: placeFileFormat, from, places: ordered.length, regions: rows });
}

function join(parts: Record<PlacePart, Uint8Array>, about: Omit<PlaceFileHead, "parts">): Uint8Array {
  const spans: Record<PlacePart, readonly [number, number]> = {
    index: [0, 0],
    ends: [0, 0],
    names: [0, 0],
    region: [0, 0],
    starts: [0, 0],
  };
  let offset = 0;
  for (const name of partNames) {
    spans[name] = [offset, parts[name].length];
    offset = toEight(offset + parts[name].length);
  }
  const head = new TextEncoder().encode(JSON.stringify({ ...about, parts: spans } satisfies PlaceFileHead));
  const base = toEight(4 + head.length);
  const file = new Uint8Array(base + offset);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, 4);
  for (const name of partNames) file.set(parts[name], base + spans[name][0]);
  return file;
}

/** The next multiple of eight, where numbers of any width can be read in place. */
export function toEight(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
function bytesOf(values: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Words that a region has in its name and its seat has not, or the other way round: "City of Sydney", "Los Angeles County". */
const kinds = new Set(
  "city of the county district municipality province prefecture metropolitan region greater governorate ku shi".split(" "),
);
function plainName(name: string): string {
  return placeWordsOf(name)
    .filter((word) => !kinds.has(word))
    .join(" ");
}
