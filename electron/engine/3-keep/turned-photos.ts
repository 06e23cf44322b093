import { turnsOf, type Turns } from "../lib/turns.ts";
import type { Store } from "./store.ts";

/** What a person turned a photo by, clockwise. */
export function turnsOfPhoto(store: Store, photoId: number): Turns {
  return quarter(store.sql<[number], { quarter: number }>("SELECT quarter FROM main.turned_photos WHERE photo_id = ?").get(photoId));
}

/** The same of a face's photo. */
export function turnsOfFace(store: Store, faceId: number): Turns {
  return quarter(
    store
      .sql<[number], { quarter: number }>(
        "SELECT t.quarter FROM main.faces f JOIN main.turned_photos t ON t.photo_id = f.photo_id WHERE f.id = ?",
      )
      .get(faceId),
  );
}

/** The same of the photo with this content; 0 where it is not known yet. */
export function turnsOfHash(store: Store, hash: string): Turns {
  return quarter(
    store
      .sql<[string], { quarter: number }>(
        "SELECT t.quarter FROM main.photos p JOIN main.turned_photos t ON t.photo_id = p.id WHERE p.hash = ?",
      )
      .get(hash),
  );
}

function quarter(row: { readonly quarter: number } | undefined): Turns {
  return turnsOf(row?.quarter ?? 0);
}
