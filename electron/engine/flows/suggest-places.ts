import type { PlaceView, SuggestView } from "../../contract/finding-views.ts";
import type { FoundPlace, Gazetteer } from "../1-read/gazetteer.ts";
import { placeWordsOf } from "../1-read/place-keys.ts";
import type { PhotoCell, PhotoPositions } from "../3-keep/reads/photo-positions.ts";
import { settings } from "../settings.ts";
import type { House } from "./house.ts";
import { knownPlaces, placeNameView } from "./place-names.ts";

/** Photos gathered around what the country there is called; `found` null far from any place. */
interface Area extends PhotoCell {
  readonly found: FoundPlace | null;
}
type Suggested = SuggestView["places"][number];

/** Folders and places for the search field. */
export function suggest(house: House, text: string, limit: number): SuggestView {
  return { folders: house.keep.reads.suggestFolders(text, limit), places: suggestPlaces(house.keep.reads.positions(), text, limit) };
}

/**
 * Places with photos whose name, region or country (English or German) begins with the words of `text`, those whose own name begins so
 * first, then by how many photos there are; with nothing written, the largest. Besides what the photos are called after, any place of the
 * gazetteer with photos around it is found by its name.
 */
function suggestPlaces(positions: PhotoPositions, text: string, limit: number): readonly Suggested[] {
  if (positions.cells.length === 0) return [];
  const known = knownPlaces();
  const areas = areasOf(positions, known);
  const words = placeWordsOf(text);
  if (words.length === 0) return text.trim() === "" ? areas.slice(0, limit).map((area) => told(positions, area.found, area)) : [];
  const offered = new Map<number, { readonly found: FoundPlace; readonly suggested: Suggested }>();
  for (const area of areas)
    if (area.found !== null && fits(area.found, words))
      offered.set(area.found.id, { found: area.found, suggested: told(positions, area.found, area) });
  if (known !== null) {
    const close = closeTo(positions.cells);
    for (const id of words.flatMap((word) => [...known.beginning(word)])) {
      if (offered.has(id)) continue;
      const found = { ...known.place(id), km: 0 };
      if (!close(found) || !fits(found, words)) continue;
      const suggested = told(positions, found, found);
      if (suggested.photos > 0) offered.set(id, { found, suggested });
    }
  }
  const wanted = words.join(" ");
  const begins = ({ name }: FoundPlace): boolean => placeWordsOf(name).join(" ").startsWith(wanted);
  return [...offered.values()]
    .sort((a, b) => Number(begins(b.found)) - Number(begins(a.found)) || b.suggested.photos - a.suggested.photos)
    .slice(0, limit)
    .map(({ suggested }) => suggested);
}

function told(positions: PhotoPositions, found: FoundPlace | null, at: Pick<PlaceView, "latitude" | "longitude">): Suggested {
  // Four digits are ten metres: more would only look exact.
  const [latitude = 0, longitude = 0] = [at.latitude, at.longitude].map((value) => Math.round(value * 1e4) / 1e4);
  const place = { latitude, longitude, km: settings.places.around };
  return { place, name: found === null ? null : placeNameView(found), photos: positions.count(place) };
}

const gathered = new WeakMap<PhotoPositions, readonly Area[]>();
/** Squares with photos by what they are called, most photos first; those of one name are one. */
function areasOf(positions: PhotoPositions, known: Gazetteer | null): readonly Area[] {
  const before = gathered.get(positions);
  if (before !== undefined) return before;
  const byName = new Map<string, Area>();
  for (const cell of positions.cells) {
    const found = known?.area(cell.latitude, cell.longitude) ?? null;
    const key = found === null ? `${cell.latitude} ${cell.longitude}` : String(found.id);
    const area = byName.get(key);
    byName.set(key, area === undefined ? { ...cell, found } : { ...together(area, cell), found });
  }
  const areas = [...byName.values()].sort((a, b) => b.photos - a.photos);
  gathered.set(positions, areas);
  return areas;
}

/** The middle of both, also where the date line lies between them. */
function together(a: PhotoCell, b: PhotoCell): PhotoCell {
  const photos = a.photos + b.photos;
  const share = b.photos / photos;
  const east = ((b.longitude - a.longitude + 540) % 360) - 180;
  const longitude = ((a.longitude + east * share + 540) % 360) - 180;
  return { latitude: a.latitude + (b.latitude - a.latitude) * share, longitude, photos };
}

/** Whether there may be photos around a place: asked of thousands, so by squares of a degree alone. */
function closeTo(cells: readonly PhotoCell[]): (at: Pick<PlaceView, "latitude" | "longitude">) => boolean {
  const key = (latitude: number, longitude: number): string => `${latitude} ${((longitude % 360) + 360) % 360}`;
  const taken = new Set(cells.map((cell) => key(Math.floor(cell.latitude), Math.floor(cell.longitude))));
  return ({ latitude, longitude }) => {
    const [row, column] = [Math.floor(latitude), Math.floor(longitude)];
    // Ten kilometres are less than a degree, but near the poles, where everything is looked at.
    if (Math.abs(latitude) > 80) return true;
    return [-1, 0, 1].some((down) => [-1, 0, 1].some((right) => taken.has(key(row + down, column + right))));
  };
}

function fits(found: FoundPlace, words: readonly string[]): boolean {
  const said = [found.name, found.region ?? "", ...countryNames(found.country)].flatMap(placeWordsOf);
  return words.every((word) => said.some((each) => each.startsWith(word)));
}

/** In the languages of the screens, long and short: "United States", "US", "Vereinigte Staaten", "USA". */
const inLanguages = ["en", "de"].flatMap((language) =>
  (["long", "short"] as const).map((style) => new Intl.DisplayNames(language, { type: "region", style, fallback: "none" })),
);
const names = new Map<string, readonly string[]>();
function countryNames(country: string): readonly string[] {
  const known = names.get(country) ?? [...new Set(inLanguages.flatMap((language) => language.of(country) ?? []))];
  names.set(country, known);
  return known;
}
