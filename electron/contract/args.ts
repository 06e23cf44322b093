import * as v from "valibot";
import { findingArgs, place } from "./finding-args.ts";
import { checkAbove, daring, groupingArgs } from "./grouping-args.ts";
import { safetyArgs } from "./safety-args.ts";
import { isFeedAddress } from "./update-views.ts";

/** Schemas of every request's arguments: the door parses with these, and the types below come from them, so the two cannot drift. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const ids = v.pipe(v.array(id), v.minLength(1), v.maxLength(1_000_000));
const text = v.pipe(v.string(), v.maxLength(4096));
const name = v.pipe(v.string(), v.maxLength(400));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const limit = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));
const fraction = v.pipe(v.number(), v.finite(), v.minValue(-1), v.maxValue(2));
const box = v.tuple([fraction, fraction, fraction, fraction]);
const day = v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/u));
const page = { offset: v.optional(count, 0), limit: v.optional(limit, 200) };
const age = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(130));
const none = v.strictObject({});

export const searchQuery = v.strictObject({
  all: v.optional(v.array(id)),
  any: v.optional(v.array(id)),
  none: v.optional(v.array(id)),
  only: v.optional(v.array(id)),
  from: v.optional(day),
  to: v.optional(day),
  folder: v.optional(text),
  faces: v.optional(count),
  facesAtLeast: v.optional(count),
  near: v.optional(place),
  /** Each in the photo at that age, in whole years. Somebody whose birthday is not known is found at none. */
  aged: v.optional(v.pipe(v.array(v.strictObject({ person: id, from: age, to: age })), v.maxLength(20))),
});

/** Payload of each kind of decision. */
export const decisionPayloads = {
  name: v.strictObject({ personId: id, name }),
  rename: v.strictObject({ personId: id, name }),
  /** `force` merges people that were said to be two. */
  merge: v.strictObject({ into: id, from: ids, force: v.optional(v.boolean()) }),
  split: v.strictObject({ personId: id, faceIds: ids, name: v.optional(name), into: v.optional(id), apart: v.optional(v.boolean()) }),
  /** To a person, or with `name` to somebody new. */
  move: v.strictObject({ faceIds: ids, personId: v.optional(id), name: v.optional(name) }),
  confirm: v.strictObject({ faceIds: ids, personId: id }),
  reject: v.strictObject({ faceIds: ids, personId: id }),
  stranger: v.strictObject({ personId: id }),
  hide: v.strictObject({ personId: id }),
  /** Brings a stranger or a hidden person back. */
  restore: v.strictObject({ personId: id }),
  "not-a-face": v.strictObject({ faceIds: ids }),
  "key-face": v.strictObject({ personId: id, faceId: id }),
  draw: v.strictObject({ photoId: v.optional(id), path: v.optional(text), box, personId: v.optional(id), name: v.optional(name) }),
  /** Moves the box of a face that was found or drawn; the face stays who it is. */
  adjust: v.strictObject({ faceId: id, box }),
  /** Turns a photo clockwise by so many quarters of how it is shown now. Its file is not touched. */
  turn: v.strictObject({ photoId: v.optional(id), path: v.optional(text), quarter: v.picklist([1, 2, 3]) }),
  "never-merge": v.strictObject({ a: id, b: id }),
  birthday: v.strictObject({ personId: id, date: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/u))) }),
  "save-album": v.strictObject({ name, query: searchQuery, albumId: v.optional(id) }),
  "remove-album": v.strictObject({ albumId: id }),
} as const;
export type DecisionKind = keyof typeof decisionPayloads;
export type DecisionPayload<K extends DecisionKind> = v.InferOutput<(typeof decisionPayloads)[K]>;

const decisionKinds = Object.keys(decisionPayloads) as [DecisionKind, ...DecisionKind[]];

export const requestArgs = {
  status: none,
  /** Folders inside a folder, for choosing one where there is no native dialog; without a path: the places people start from. */
  "places.list": v.strictObject({ path: v.optional(text) }),
  "folders.add": v.strictObject({ paths: v.pipe(v.array(text), v.minLength(1)) }),
  "folders.remove": v.strictObject({ folderId: id }),
  "scan.start": v.strictObject({ folderIds: v.optional(v.array(id)) }),
  "scan.pause": none,
  "scan.resume": none,
  "scan.cancel": none,
  /** Adds the folders, reads them and groups; answers when done. For the command line. */
  index: v.strictObject({ folders: v.pipe(v.array(text), v.minLength(1)), pack: v.optional(text) }),
  "people.list": v.strictObject({
    show: v.optional(v.picklist(["named", "unnamed", "stranger", "hidden", "all"]), "named"),
    sort: v.optional(v.picklist(["faces", "name", "recent"]), "faces"),
    /** Only those with a photo from then, or in a folder or file whose path holds this. */
    from: v.optional(day),
    to: v.optional(day),
    folder: v.optional(text),
    ...page,
  }),
  /** Names as they are typed: likeness before spelling. `personId` or `faceIds`: who is being named. */
  "people.find": v.strictObject({ text: name, personId: v.optional(id), faceIds: v.optional(v.array(id)), limit: v.optional(limit, 8) }),
  "person.get": v.strictObject({ personId: id }),
  "person.faces": v.strictObject({
    personId: id,
    show: v.optional(v.picklist(["everything", "confirmed", "proposed", "to-check"]), "everything"),
    sort: v.optional(v.picklist(["date", "sureness", "quality"]), "date"),
    /** Only in photos that show this person too. */
    with: v.optional(id),
    ...page,
  }),
  "person.photos": v.strictObject({ personId: id, with: v.optional(id), ...page }),
  /** Somebody through the years; `frames`: at most so many. */
  "person.growth": v.strictObject({ personId: id, frames: v.optional(limit, 60) }),
  /** Writes faces aligned on the eyes, and one picture of them all, into a new folder inside `folder`. Never over a file. */
  "person.saveGrowth": v.strictObject({ personId: id, faceIds: v.pipe(ids, v.maxLength(1000)), folder: text }),
  "person.split": v.strictObject({ personId: id, parts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4))) }),
  "photo.get": v.strictObject({ photoId: id }),
  "photo.readAgain": v.strictObject({ photoId: id }),
  /** How it was taken, read from its file now. */
  "photo.exposure": v.strictObject({ photoId: id }),
  "photos.months": none,
  "photos.list": v.strictObject({ ...page }),
  /** Ids alone, in the order of a search; without conditions: in that of Photos. For selecting what has not been fetched. */
  "photos.ids": v.strictObject({
    query: v.optional(searchQuery, {}),
    sort: v.optional(v.picklist(["newest", "oldest"]), "newest"),
    ...page,
  }),
  /** Where these photos are, one path of each, of a file that is there if any is; one that is gone is left out. */
  "photos.paths": v.strictObject({ photoIds: ids }),
  search: v.strictObject({ query: searchQuery, sort: v.optional(v.picklist(["newest", "oldest"]), "newest"), ...page }),
  /** Copies of the photos found or chosen, or links to them, into a folder of one's own choice: a page at a time, so that it can be watched and stopped. */
  "photos.export": v.strictObject({
    query: v.optional(searchQuery, {}),
    /** Only these, in this order, whatever a search would find. */
    photoIds: v.optional(ids),
    into: text,
    /** Name of a folder inside it, made where it is missing. */
    newFolder: v.optional(name),
    how: v.picklist(["copy", "link"]),
    sort: v.optional(v.picklist(["newest", "oldest"]), "newest"),
    ...page,
  }),
  ...findingArgs,
  "albums.list": none,
  "face.why": v.strictObject({ faceId: id }),
  /** `personId`: only about that person. `unnamed`: only about groups without a name. */
  "review.next": v.strictObject({ limit: v.optional(limit, 10), personId: v.optional(id), unnamed: v.optional(v.boolean()) }),
  /** `again`: it may be asked after all. */
  "review.skip": v.strictObject({ questionId: text, again: v.optional(v.boolean()) }),
  decide: v.strictObject({ kind: v.picklist(decisionKinds), payload: v.unknown() }),
  undo: v.strictObject({ decisionId: v.optional(id) }),
  redo: v.strictObject({ decisionId: v.optional(id) }),
  history: v.strictObject({ ...page }),
  /** Every decision's outcome as one portable document; see portable.ts. */
  export: none,
  /** Takes such a document in, as one decision that can be taken back. */
  import: v.strictObject({ document: v.unknown() }),
  failures: v.strictObject({ ...page }),
  "failures.retry": v.strictObject({ fileIds: v.optional(v.array(id)) }),
  ...safetyArgs,
  ...groupingArgs,
  "settings.get": none,
  "settings.set": v.strictObject({
    theme: v.optional(v.picklist(["system", "light", "dark"])),
    smallFaces: v.optional(v.boolean()),
    daring: v.optional(daring),
    checkAbove: v.optional(checkAbove),
    lookAlikes: v.optional(v.boolean()),
    singleKeys: v.optional(v.boolean()),
    provider: v.optional(v.picklist(["auto", "cpu", "dml", "cuda", "coreml", "webgpu"])),
    language: v.optional(v.picklist(["en", "de"])),
    pauseOnBattery: v.optional(v.boolean()),
    notify: v.optional(v.boolean()),
    openAtLogin: v.optional(v.boolean()),
    tray: v.optional(v.boolean()),
    checkUpdates: v.optional(v.boolean()),
    updateFeed: v.optional(
      v.pipe(v.string(), v.trim(), v.maxLength(500), v.check(isFeedAddress, "an https address, or http on this computer")),
    ),
  }),
  /** Asks the list of versions, once. Refused while `checkUpdates` is off. */
  "updates.check": none,
  "packs.list": none,
  /** Fetches a pack by its pinned address; answers when it is ready. */
  "packs.fetch": v.strictObject({ name: text }),
  /** Stops fetching; what has come is gone on with the next time. */
  "packs.cancel": v.strictObject({ name: text }),
  /** Takes a pack's weights from a file that somebody has; which pack it is tells its hash. */
  "packs.import": v.strictObject({ file: text }),
  /** Reads the faces that are known with another pack, in the background, and then uses it; of the one in use: stops that. */
  "packs.use": v.strictObject({ name: text }),
  /** Measures how quick a pack is here and how well it tells confirmed people apart. */
  "packs.measure": v.strictObject({ name: text }),
  verify: v.strictObject({ a: text, b: text }),
  who: v.strictObject({ path: text }),
  detect: v.strictObject({ paths: v.pipe(v.array(text), v.minLength(1)) }),
  faces: v.strictObject({ path: v.optional(text) }),
  /** Bytes of a picture: a face crop, a small or screen-size photo, or the full photo as a JPEG/WebP a browser can show. */
  picture: v.strictObject({
    of: v.picklist(["face", "photo"]),
    id,
    size: v.optional(v.picklist(["128", "256", "large", "eyes", "thumb", "screen", "full"]), "256"),
  }),
} as const;
export type RequestName = keyof typeof requestArgs;
/** Requests that are answered also while the library cannot be opened. */
export type ClosedRequest = "backups.list" | "backups.preview" | "backups.restore" | "library.startEmpty";
export type RequestArgs<N extends RequestName> = v.InferInput<(typeof requestArgs)[N]>;
export type ParsedArgs<N extends RequestName> = v.InferOutput<(typeof requestArgs)[N]>;
