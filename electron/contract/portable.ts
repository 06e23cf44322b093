import * as v from "valibot";

/**
 * The portable file: every decision's outcome, for another computer or another library. Photos are named by the SHA-256 of their
 * content and faces by their box (`[x, y, width, height]`, fractions of the photo upright by its own tag), so it holds wherever the photos lie.
 * Described for people in build/decisions/portable-file.md. Fields that are not known are passed over, so a later Familiar of the
 * same version may add some.
 */
export const portableFormat = "familiar decisions";
/** Raised when an older Familiar would misread the file. */
export const portableVersion = 1;

const most = 10_000_000;
const ref = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const fraction = v.pipe(v.number(), v.finite(), v.minValue(-1), v.maxValue(2));
const side = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(2));
/** A face that shows: part of it lies in the photo. */
const box = v.pipe(
  v.tuple([fraction, fraction, side, side]),
  v.check(([x, y, w, h]) => x < 1 && y < 1 && x + w > 0 && y + h > 0, "the box lies outside the photo"),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const refs = v.optional(v.pipe(v.array(ref), v.maxLength(10_000)));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/u));

const person = v.object({
  /** The same in every file that speaks of this person, whichever computer wrote it. */
  id: ref,
  name: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(400))),
  state: v.picklist(["named", "unnamed", "stranger", "hidden"]),
  birthday: v.optional(day),
});
const face = v.object({
  box,
  source: v.picklist(["detected", "drawn", "imported"]),
  /** The person somebody said it is. */
  is: v.optional(ref),
  /** People somebody said it is not. */
  isNot: refs,
  notAFace: v.optional(v.literal(true)),
  /** Where it was found before somebody moved its box: by that it is found again. */
  was: v.optional(box),
  /** It was chosen to stand for that person. */
  key: v.optional(v.literal(true)),
});
const photo = v.object({
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)),
  /** The file's name when this was written: for people who read along, nothing goes by it. */
  file: v.optional(v.string()),
  /** What somebody turned it by, in quarters clockwise. Boxes are of the photo before that. */
  turn: v.optional(v.picklist([1, 2, 3])),
  faces: v.pipe(v.array(face), v.maxLength(100_000)),
});
/** Conditions of an album. One with others is left out and told: without them it would find too much. */
export const portableQuery = {
  all: refs,
  any: refs,
  none: refs,
  only: refs,
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  folder: v.optional(v.string()),
  faces: v.optional(count),
  facesAtLeast: v.optional(count),
  aged: v.optional(v.pipe(v.array(v.object({ person: ref, from: count, to: count })), v.maxLength(20))),
  near: v.optional(v.object({ latitude: v.number(), longitude: v.number(), km: v.number() })),
} as const;
const album = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
  query: v.looseObject(portableQuery),
});
export const portableSchema = v.object({
  format: v.literal(portableFormat),
  version: v.literal(portableVersion),
  /** ISO instant, UTC. */
  exported: v.optional(v.string()),
  from: v.optional(v.string()),
  people: v.pipe(v.array(person), v.maxLength(most)),
  /** Pairs of people who are two, whatever the machine thinks. */
  apart: v.pipe(v.array(v.tuple([ref, ref])), v.maxLength(most)),
  photos: v.pipe(v.array(photo), v.maxLength(most)),
  albums: v.pipe(v.array(album), v.maxLength(100_000)),
});

export type PortableDocument = v.InferOutput<typeof portableSchema>;
export type PortablePhoto = PortableDocument["photos"][number];
export type PortableFace = PortablePhoto["faces"][number];
export type PortableAlbum = PortableDocument["albums"][number];
