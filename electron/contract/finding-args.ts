import * as v from "valibot";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Somewhere on earth and around it: degrees (WGS 84) and kilometres. */
export const place = v.strictObject({
  latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  km: v.pipe(v.number(), v.minValue(0.01), v.maxValue(2000)),
});

/** Arguments of what helps to find and to tell apart: suggestions for the search field, look-alikes. */
export const findingArgs = {
  /** Folders and places that fit what is being typed; with nothing typed, the largest. */
  "search.suggest": v.strictObject({
    text: v.pipe(v.string(), v.maxLength(400)),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 6),
  }),
  /** What a place of a search is called. */
  "place.name": v.strictObject({ latitude: place.entries.latitude, longitude: place.entries.longitude }),
  /** These faces, in their order; ids that nobody has are left out. */
  "faces.get": v.strictObject({ faceIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(200)) }),
  /** Pairs of people who look so alike that their faces want a second look. */
  "review.pairs": v.strictObject({}),
  /** The faces of two people that are hardest to tell apart, and their clearest ones to compare with. */
  "review.lookAlikes": v.strictObject({ a: id, b: id }),
} as const;
