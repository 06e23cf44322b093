import { placeNameWords } from "../photo/place-name-words.ts";
import { placeWords as positionWords } from "../photo/place-words.ts";
import type { NamedPlace } from "./query.svelte.ts";

/** A place by its name, else by its position: `Cascais, Portugal`, `38.70° N, 9.42° W`. */
export function placeWords({ place, name }: NamedPlace): string {
  return name === null ? (positionWords(place.latitude, place.longitude) ?? "") : placeNameWords(name);
}
