import type { PlaceView } from "../../../contract/finding-views.ts";
import { settings } from "../../settings.ts";
import type { Store } from "../store.ts";

/** Photos taken within one square of the earth (`settings.places.cell`). */
export interface PhotoCell {
  /** In the middle of the photos; degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  readonly photos: number;
}
export interface PhotoPositions {
  readonly cells: readonly PhotoCell[];
  /** How many photos a search around this place finds. */
  count(place: PlaceView): number;
}

/** Kilometres of one degree along a meridian. */
const kmPerDegree = 111.2;

/** The square around a place, in degrees; west and east may lie beyond 180. */
export function squareAround({ latitude, longitude, km }: PlaceView): Readonly<Record<"south" | "north" | "west" | "east", number>> {
  const high = km / kmPerDegree;
  const wide = Math.min(180, high / Math.max(0.01, Math.cos((latitude * Math.PI) / 180)));
  return { south: latitude - high, north: latitude + high, west: longitude - wide, east: longitude + wide };
}

/** See Reads.positions. */
export function photoPositions(store: Store): PhotoPositions {
  return store.remember("positions of photos", () => {
    type Row = { latitude: number; longitude: number };
    const rows = store
      .sql<[], Row>("SELECT latitude, longitude FROM main.photos WHERE visible = 1 AND latitude IS NOT NULL AND longitude IS NOT NULL")
      .all()
      .sort((a, b) => a.latitude - b.latitude);
    const latitudes = Float64Array.from(rows, (row) => row.latitude);
    const longitudes = Float64Array.from(rows, (row) => row.longitude);
    return { cells: cellsOf(rows), count: (place) => countIn(latitudes, longitudes, place) };
  });
}

function cellsOf(rows: readonly { readonly latitude: number; readonly longitude: number }[]): readonly PhotoCell[] {
  const sums = new Map<string, { latitude: number; longitude: number; photos: number }>();
  for (const { latitude, longitude } of rows) {
    const key = `${Math.round(latitude / settings.places.cell)} ${Math.round(longitude / settings.places.cell)}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { latitude, longitude, photos: 1 });
    else {
      sum.latitude += latitude;
      sum.longitude += longitude;
      sum.photos += 1;
    }
  }
  return [...sums.values()].map(({ latitude, longitude, photos }) => ({
    latitude: latitude / photos,
    longitude: longitude / photos,
    photos,
  }));
}

function countIn(latitudes: Float64Array, longitudes: Float64Array, place: PlaceView): number {
  const { south, north, west, east } = squareAround(place);
  let [low, high] = [0, latitudes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((latitudes[middle] ?? 0) < south) low = middle + 1;
    else high = middle;
  }
  let count = 0;
  for (let at = low; at < latitudes.length && (latitudes[at] ?? 0) <= north; at += 1) {
    const longitude = longitudes[at] ?? 0;
    // What lies beyond 180° is called by a number from the other side.
    if ([0, 360, -360].some((turn) => longitude >= west + turn && longitude <= east + turn)) count += 1;
  }
  return count;
}
