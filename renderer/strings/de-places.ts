import type { PlacesWords } from "./en-places.ts";

/** German words of the photo, photos, search, activity, history and settings screens. */
export const dePlaces: PlacesWords = {};
