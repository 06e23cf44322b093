import type { RequestName } from "../contract/args.ts";

/** What a guest may ask: all of it only looks. Whatever is new in the contract is not among it until somebody says so here. */
const forGuests: ReadonlySet<RequestName> = new Set<RequestName>([
  "status",
  "people.list",
  "people.find",
  "person.get",
  "person.faces",
  "person.photos",
  "photo.get",
  "photo.exposure",
  "photos.months",
  "photos.list",
  "photos.ids",
  "search",
  "albums.list",
  "face.why",
  "history",
  "settings.get",
  "packs.list",
]);

export function guestsMay(name: RequestName): boolean {
  return forGuests.has(name);
}
