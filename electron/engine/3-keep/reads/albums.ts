import type { AlbumView, SearchQuery } from "../../../contract/views.ts";
import { freshCards } from "../members.ts";
import type { Store } from "../store.ts";
import { countFound } from "./search.ts";

/** See Reads.albums. By name. */
export function listAlbums(store: Store): readonly AlbumView[] {
  return store.remember("albums", () => {
    freshCards(store);
    return store
      .sql<[], { id: number; name: string; query: string }>("SELECT id, name, query FROM main.albums ORDER BY name, id")
      .all()
      .map((row) => {
        const query = JSON.parse(row.query) as SearchQuery;
        return { id: row.id, name: row.name, query, photos: countFound(store, query) };
      });
  });
}
