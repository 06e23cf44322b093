import type { PlaceView } from "../contract/finding-views.ts";
import { DoorProblem, type EngineDoor } from "./engine-door.ts";

/** Kilometres around a position that are looked through, as around a named place. */
const around = 10;

/** A place as it is written: `38.7,-9.42` (degrees, WGS 84), or a name of a place, region or country with photos. Throws `bad-request`, `not-found`. */
export async function placeOf(engine: EngineDoor, word: string | undefined): Promise<PlaceView | undefined> {
  if (word === undefined) return undefined;
  const degrees = /^\s*(?<latitude>[-+]?\d+(?:\.\d+)?)\s*,\s*(?<longitude>[-+]?\d+(?:\.\d+)?)\s*$/u.exec(word)?.groups;
  if (degrees !== undefined) {
    const [latitude, longitude] = [Number(degrees["latitude"]), Number(degrees["longitude"])];
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
      throw new DoorProblem("bad-request", word, "Degrees go from -90 to 90 (latitude) and from -180 to 180 (longitude).");
    return { latitude, longitude, km: around };
  }
  const [found] = word.trim() === "" ? [] : (await engine.request("search.suggest", { text: word, limit: 1 })).places;
  if (found === undefined) throw new DoorProblem("not-found", word, `No photo was taken around a place called ${word}.`);
  return found.place;
}
