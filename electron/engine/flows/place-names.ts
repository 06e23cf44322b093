import type { PlaceNameView } from "../../contract/finding-views.ts";
import type { PhotoView } from "../../contract/views.ts";
import { gazetteer, type FoundPlace, type Gazetteer } from "../1-read/gazetteer.ts";
import type { Keep } from "../3-keep/keep.ts";
import { log } from "../log.ts";
import { settings } from "../settings.ts";

let missing = false;
/** The gazetteer, or null where it did not come along: then places are told by their position, and the log says why. */
export function knownPlaces(): Gazetteer | null {
  if (missing) return null;
  try {
    return gazetteer();
  } catch (thrown) {
    missing = true;
    log("warn", `Places have no names: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return null;
  }
}

/** How a place of the gazetteer is told. */
export function placeNameView(found: FoundPlace): PlaceNameView {
  return { name: found.name, region: found.region, country: found.country, near: found.km > settings.places.near };
}

/** What the country around a position is called; null far from any place. */
export function areaName(latitude: number, longitude: number): PlaceNameView | null {
  const found = knownPlaces()?.area(latitude, longitude) ?? null;
  return found === null ? null : placeNameView(found);
}

/** A photo with what its place is called. Throws `photo-not-found`. */
export function photoWithPlace(keep: Keep, photoId: number): PhotoView {
  const photo = keep.reads.photo(photoId);
  const { latitude, longitude } = photo;
  // Photos that do not say where they were taken do not open the gazetteer.
  const found = latitude === null || longitude === null ? null : (knownPlaces()?.nearest(latitude, longitude) ?? null);
  return { ...photo, place: found === null ? null : placeNameView(found) };
}
