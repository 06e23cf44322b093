/** English words of the photo, photos, search, activity, history and settings screens. */
export const enPlaces = {};
/** What every language has to say on those screens. */
export type PlacesWords = typeof enPlaces;
