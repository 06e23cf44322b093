import { createHash } from "node:crypto";
import { portableQuery, type PortableAlbum, type PortableDocument, type PortablePhoto } from "../../contract/portable.ts";
import type { ImportResult, SearchQuery } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import type { AppliedDecision } from "../3-keep/shapes.ts";
import { bringIn } from "../5-decide/bring-in.ts";
import type { Incoming, IncomingFace, IncomingPerson, IncomingTurn } from "../5-decide/incoming.ts";
import { cameWith, libraryId, withPeople } from "./portable-export.ts";
import { findFaces, isSaid } from "./portable-faces.ts";
import { counted } from "./words.ts";
import type { InSteps } from "../lib/in-turns.ts";

export interface Taken {
  readonly applied: AppliedDecision;
  /** Those of the file that are in this library. */
  readonly faces: readonly IncomingFace[];
}

/** What a file would do, found out without changing anything but for ids that are taken; holds as long as nobody decides anything. */
export interface Prepared<T> {
  /** Makes it so. Inside a batch. */
  write(): T;
}
export type TakenIn = Taken & Pick<ImportResult, "people" | "waiting" | "conflicts">;

/** Finds out what a file says that is not known here, in steps that count its photos; written, it is one decision. See [Note: Import]. */
export function* prepareFile(keep: Keep, document: PortableDocument): InSteps<Prepared<TakenIn>> {
  const { faces, turns, served, waiting } = yield* facesHere(keep, document.photos);
  const known = knownPeople(keep);
  const incoming: Incoming = {
    people: document.people.map((person) => incomingPerson(person, known(person.id), waiting.get(person.id) ?? 0)),
    faces,
    turns,
    apart: document.apart,
    albums: document.albums.map(incomingAlbum),
    ownAlbums: ownAlbums(keep),
  };
  const outcome = yield* counting(bringIn(keep.facts(idsAtOnce), incoming), document.photos.length);
  const late = waiting.get("") ?? 0;
  const { learnt, conflicts, changes } = outcome;
  const photos = yield* hashOf(document.photos);
  // Nothing waits that is not kept already where an import that stands brought the same photos.
  const standsAnyway = late > 0 && !keep.reads.imports().some((earlier) => earlier.photos === photos);
  const sentence = sayIt(outcome.faces.length, learnt, late, conflicts, changes.length === 0 && !standsAnyway);
  const said = {
    did: "imported",
    faces: outcome.faces.length,
    people: learnt,
    waiting: late,
    conflicts,
    nothing: changes.length === 0 && !standsAnyway,
  } as const;
  const payload = { people: Object.fromEntries(outcome.people), served, photos, document };
  return {
    write() {
      const applied = keep.apply({ ...outcome, kind: "import", payload, sentence, said, standsAnyway });
      return { applied, faces, people: learnt, waiting: late, conflicts };
    },
  };
}

/** What an import says of photos that were read since, found out in steps as `prepareFile`; null where there are none. */
export function* prepareShare(keep: Keep, decisionId: number, people: ReadonlyMap<string, number | null>): InSteps<Prepared<Taken> | null> {
  const late = keep.reads.photosLate(decisionId);
  if (late.size === 0) return null;
  const document = keep.reads.importedDocument(decisionId) as PortableDocument;
  const { faces, turns, served } = yield* facesHere(
    keep,
    document.photos.filter(({ hash }) => late.has(hash)),
  );
  const known = document.people.map((person) => incomingPerson(person, { personId: people.get(person.id) ?? null, sure: true }, 0));
  const all = { people: known, faces, turns, apart: [], albums: [], ownAlbums: [] };
  const outcome = yield* counting(bringIn(keep.facts(idsAtOnce), all, true), late.size);
  return {
    write: () => ({
      applied: keep.apply({ kind: "carry", payload: { import: decisionId, served }, ...outcome }),
      faces,
    }),
  };
}

/** SHA-256 of what they are as JSON: tens of megabytes, so a piece at a time. */
function* hashOf(photos: readonly PortablePhoto[]): InSteps<string> {
  const hash = createHash("sha256").update("[");
  for (let at = 0; at < photos.length; at += 200) {
    hash.update((at === 0 ? "" : ",") + JSON.stringify(photos.slice(at, at + 200)).slice(1, -1));
    yield photos.length;
  }
  return hash.update("]").digest("hex");
}

/** New ids are taken so many at a time: each taking is a write of its own. */
const idsAtOnce = 500;

/** Steps that count something else, told as all photos looked at. */
function* counting<T>(steps: InSteps<T>, photos: number): InSteps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield photos;
  }
}

type Known = IncomingPerson["known"];

function incomingPerson(person: PortableDocument["people"][number], known: Known, waiting: number): IncomingPerson {
  const { id: ref, name, state, birthday = null } = person;
  return { ref, name, state, birthday, known, waiting };
}

function incomingAlbum({ name, query }: PortableAlbum): Incoming["albums"][number] {
  return { name, query: Object.keys(query).every((condition) => Object.hasOwn(portableQuery, condition)) ? query : null };
}

/** Albums of this library; whoever was merged away stands as who they are now, as in a file. */
function ownAlbums(keep: Keep): Incoming["ownAlbums"] {
  return keep.reads.savedQueries().map(({ name, query }) => {
    const now = withPeople(JSON.parse(query) as SearchQuery, (personId) => keep.reads.rootPerson(personId));
    return { name, query: JSON.stringify(now) };
  });
}

/** Faces of the file that are here and photos of it that were turned, photos that are here, and faces that wait: by person, all of them under "". */
function* facesHere(
  keep: Keep,
  photos: readonly PortablePhoto[],
): InSteps<{
  readonly faces: readonly IncomingFace[];
  readonly turns: readonly IncomingTurn[];
  readonly served: readonly string[];
  readonly waiting: ReadonlyMap<string, number>;
}> {
  const facts = keep.facts(idsAtOnce);
  const faces: IncomingFace[] = [];
  const turns: IncomingTurn[] = [];
  const served: string[] = [];
  const waiting = new Map<string, number>();
  for (const [at, photo] of photos.entries()) {
    if (at % 20 === 0) yield at;
    const here = keep.reads.photoByHash(photo.hash);
    if (here !== null) {
      served.push(photo.hash);
      if (photo.turn !== undefined) turns.push({ photoId: here.photoId, quarter: photo.turn });
      faces.push(...findFaces(photo, here, () => facts.newFaceId()));
      continue;
    }
    for (const face of photo.faces.filter(isSaid))
      for (const of of face.is === undefined ? [""] : ["", face.is]) waiting.set(of, (waiting.get(of) ?? 0) + 1);
  }
  return { faces, turns, served, waiting };
}

/**
 * Who an id of a file is here by itself: come with an earlier file, which is sure, or made here. The latter is only likely: a library
 * that was copied, or put back from a copy of its past, gives its numbers again.
 */
function knownPeople(keep: Keep): (ref: string) => Known {
  const own = `${libraryId(keep)}-`;
  const came = cameWith(keep);
  return (ref) => {
    const personId = came.get(ref);
    if (personId !== undefined) return { personId, sure: true };
    const number = ref.startsWith(own) ? ref.slice(own.length) : "";
    return { personId: /^[1-9]\d{0,14}$/u.test(number) ? keep.reads.rootPerson(Number(number)) : null, sure: false };
  };
}

function sayIt(faces: number, people: number, waiting: number, conflicts: number, nothing: boolean): string {
  const first = nothing
    ? "Everything in this file is known here already."
    : `Imported ${counted(faces, "face")} and ${counted(people, "person", "people")}.`;
  const wait = `${counted(waiting, "face")} ${waiting === 1 ? "waits" : "wait"} for photos that are not in this library yet.`;
  const differ = `${counted(conflicts, "thing")} in it ${conflicts === 1 ? "differs" : "differ"} from what was said here; what was said here stands.`;
  return [first, ...(waiting > 0 ? [wait] : []), ...(conflicts > 0 ? [differ] : [])].join(" ");
}
