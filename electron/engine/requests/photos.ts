import { exposure } from "../flows/exposure.ts";
import { exportPhotos } from "../flows/export-photos.ts";
import { alignedPicture } from "../flows/aligned-face.ts";
import { largeFace } from "../flows/large-face.ts";
import { facePicture, photoPicture } from "../flows/pictures.ts";
import { areaName, photoWithPlace } from "../flows/place-names.ts";
import { readAgain } from "../flows/read-again.ts";
import { suggest } from "../flows/suggest-places.ts";
import { Problem } from "../errors.ts";
import type { Handlers } from "./handlers.ts";

/** Photo, Photos, Search and albums, and the pictures themselves. */
export const photoHandlers = {
  "photo.get": (house, { photoId }) => photoWithPlace(house.keep, photoId),
  "photo.readAgain": (house, { photoId }) => readAgain(house, photoId),
  "photo.exposure": (house, { photoId }) => exposure(house.keep, photoId),
  "photos.months": (house) => house.keep.reads.months(),
  "photos.list": (house, page) => house.keep.reads.photos(page),
  "photos.ids"(house, args) {
    const { total, photoIds } = house.keep.reads.found(args);
    return { total, items: photoIds };
  },
  "photos.paths": (house, { photoIds }) => photoIds.flatMap((photoId) => house.keep.photoSpot(photoId)?.paths[0] ?? []),
  search: (house, args) => house.keep.reads.search(args),
  "search.suggest": (house, { text, limit }) => suggest(house, text, limit),
  "place.name": (_house, { latitude, longitude }) => areaName(latitude, longitude),
  "faces.get": (house, { faceIds }) => house.keep.reads.facesById(faceIds),
  "photos.export": (house, args) => exportPhotos(house, args),
  "albums.list": (house) => house.keep.reads.albums(),
  faces: (house, { path }) => house.keep.reads.faces(path),
  picture(house, { of, id, size }) {
    if (of === "face") {
      if (size === "eyes") return alignedPicture(house.keep, id);
      return size === "large" ? largeFace(house.keep, id) : facePicture(house.keep, id);
    }
    if (size !== "thumb" && size !== "screen" && size !== "full") throw new Problem("bad-request", `a photo has no size ${size}`);
    return photoPicture(house.keep, id, size);
  },
} satisfies Partial<Handlers>;
