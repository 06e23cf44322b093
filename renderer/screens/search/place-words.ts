import { t } from "../../strings/words.svelte.ts";
import { placeWords as positionWords } from "../photo/place-words.ts";
import type { NamedPlace } from "./query.svelte.ts";

/** A place by the name of the folder its photos lie in, else by its position: `around Trips`, `38.70° N, 9.42° W`. */
export function placeWords({ place, near }: NamedPlace): string {
  return near === "" ? (positionWords(place.latitude, place.longitude) ?? "") : t().finding.near(near);
}
