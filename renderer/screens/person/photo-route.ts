import type { Route } from "../../state/router.svelte.ts";
import type { PersonItems } from "./person-items.svelte.ts";
import type { PersonState } from "./person-state.svelte.ts";

/** Where the item at a position leads: to its photo, among all of this person's, or among those shown in their order where that is another. */
export function photoRoute(shown: PersonState, items: PersonItems, index: number): Route | null {
  const id = items.ids[index];
  if (id === undefined) return null;
  const photos = shown.view === "photos";
  const [face] = items.facesOf([id]);
  const photoId = photos ? id : face?.photoId;
  if (photoId === undefined) return null;
  const usual = shown.show === "everything" && shown.order === "newest" && shown.filter.count === 0;
  const list = usual ? shown.photos.map((photo) => photo.id) : photos ? items.ids : photosOf(items);
  const at = list.indexOf(photoId);
  return {
    screen: "photo",
    photoId,
    source: usual ? { from: "person", personId: shown.id } : { from: "list", photoIds: list },
    ...(face === undefined ? {} : { faceId: face.id }),
    ...(at < 0 ? {} : { index: at }),
  };
}

function photosOf(items: PersonItems): readonly number[] {
  return [...new Set(items.facesOf(items.ids).map((face) => face.photoId))];
}
