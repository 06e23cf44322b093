import { degrees } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";

/** A place on earth as `38.70° N, 9.42° W`, to about a kilometre; null where the photo does not say or says nonsense. */
export function placeWords(latitude: number | null, longitude: number | null): string | null {
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  const [north, south, east, west] = t().sides;
  const side = (value: number, plus: string, minus: string): string => `${degrees(Math.abs(value))}° ${value < 0 ? minus : plus}`;
  return `${side(latitude, north, south)}, ${side(longitude, east, west)}`;
}
