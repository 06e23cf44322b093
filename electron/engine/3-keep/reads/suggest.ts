import { basename, dirname, sep } from "node:path";
import type { SuggestView } from "../../../contract/finding-views.ts";
import { foldName } from "../../../contract/name-match.ts";
import type { Store } from "../store.ts";
import { under } from "../folders.ts";
import { settings } from "../../settings.ts";

/**
 * See Reads.suggest. Folders whose name holds the words of `text`, and places where photos were taken that are called after such a
 * folder; most photos first. With nothing written, the largest of both.
 */
export function suggest(store: Store, text: string, limit: number): SuggestView {
  const words = foldName(text).split(/\s+/u).filter(Boolean);
  const fits = (name: string): boolean => words.every((word) => name.includes(word));
  return {
    folders: foldersOf(store)
      .filter((folder) => fits(folder.folded))
      .slice(0, limit)
      .map(({ path, photos }) => ({ path, photos })),
    places: placesOf(store)
      .filter((place) => fits(foldName(place.near)))
      .slice(0, limit),
  };
}

interface Folder {
  readonly path: string;
  readonly photos: number;
  /** The name as it is compared: without accents and case. */
  readonly folded: string;
}

/** Every folder that holds photos, itself or further in. */
function foldersOf(store: Store): readonly Folder[] {
  return store.remember("folders to suggest", () => {
    const counts = new Map<string, number>();
    const roots = store
      .sql<[], { path: string }>("SELECT path FROM main.folders")
      .all()
      .map((row) => row.path);
    for (const { path } of store.sql<[], { path: string }>("SELECT path FROM main.photos WHERE visible = 1").iterate()) {
      const root = roots.find((each) => path.startsWith(under(each)));
      if (root === undefined) continue;
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        counts.set(folder, (counts.get(folder) ?? 0) + 1);
        if (folder === root || !folder.startsWith(under(root))) break;
      }
    }
    return [...counts]
      .map(([path, photos]) => ({ path, photos, folded: foldName(basename(path)) }))
      .sort((a, b) => b.photos - a.photos || (a.path < b.path ? -1 : 1));
  });
}

/** Squares of the earth in which photos were taken, each called after the folder that most of them lie in. */
function placesOf(store: Store): SuggestView["places"] {
  return store.remember("places to suggest", () => {
    type Row = { path: string; latitude: number; longitude: number };
    const rows = store
      .sql<[], Row>(
        "SELECT path, latitude, longitude FROM main.photos WHERE visible = 1 AND latitude IS NOT NULL AND longitude IS NOT NULL",
      )
      .all();
    const cells = new Map<string, Row[]>();
    for (const row of rows) {
      const key = `${Math.round(row.latitude / settings.places.cell)} ${Math.round(row.longitude / settings.places.cell)}`;
      const list = cells.get(key);
      if (list === undefined) cells.set(key, [row]);
      else list.push(row);
    }
    return [...cells.values()]
      .map((list) => ({
        place: {
          latitude: mean(list.map((row) => row.latitude)),
          longitude: mean(list.map((row) => row.longitude)),
          km: settings.places.around,
        },
        near: mostly(list.map((row) => row.path.split(sep).at(-2) ?? "")),
        photos: list.length,
      }))
      .sort((a, b) => b.photos - a.photos);
  });
}

function mean(values: readonly number[]): number {
  // Four digits are ten metres: more would only look exact.
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 1e4) / 1e4;
}
function mostly(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
