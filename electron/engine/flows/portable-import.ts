import type { PortableDocument, PortablePhoto } from "../../contract/portable.ts";
import type { ImportResult } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import type { AppliedDecision } from "../3-keep/shapes.ts";
import { bringIn } from "../5-decide/bring-in.ts";
import type { Incoming, IncomingFace } from "../5-decide/incoming.ts";
import { asProblem } from "../errors.ts";
import { log } from "../log.ts";
import { embedDrawn, settle } from "./decisions.ts";
import type { House } from "./house.ts";
import { libraryId } from "./portable-export.ts";
import { findFaces, isSaid } from "./portable-faces.ts";
import { parsePortable } from "./portable-parse.ts";
import { counted } from "./words.ts";

/**
 * [Note: Import] A portable file comes in as one decision of kind `import`, whose payload keeps the file, who its people are here, and
 * the photos that have had their share. Photos that are read later get theirs then, as a `carry` that names the import; what was taken
 * back once is not given again. Taking back the import ends that.
 */
export async function importDecisions(house: House, given: unknown): Promise<ImportResult> {
  const document = parsePortable(given);
  const { keep } = house;
  keep.backup("before-import");
  const { applied, faces, ...counts } = keep.batch(() => takeIn(keep, document));
  await embedEach(house, faces);
  return { ...(await settle(house, "import", applied)), ...counts };
}

/** Gives photos that were read since an import their share of it. Answers the faces concerned. */
export async function giveLateShares(house: House): Promise<number> {
  const { keep } = house;
  let faces = 0;
  for (const { decisionId, people } of keep.reads.imports()) {
    const served = keep.reads.hashesServed(decisionId);
    const document = keep.reads.importedDocument(decisionId) as PortableDocument;
    const photos = document.photos.filter(({ hash }) => !served.has(hash) && keep.reads.photoByHash(hash) !== null);
    if (photos.length === 0) continue;
    const found = keep.batch(() => facesHere(keep, photos));
    const applied = keep.batch(() => {
      const known = document.people.map((person) => incomingPerson(person, people.get(person.id) ?? null, 0));
      const outcome = bringIn(keep.facts(), { people: known, faces: found.faces, apart: [], albums: [], ownAlbums: [] }, true);
      return keep.apply({ kind: "carry", payload: { import: decisionId, served: found.served }, ...outcome });
    });
    faces += applied.changed;
    await embedEach(house, found.faces);
    if (applied.decisionId > 0) house.emit("changed", { what: ["people", "photos", "history"], personIds: applied.personIds });
  }
  return faces;
}

function takeIn(
  keep: Keep,
  document: PortableDocument,
): Pick<ImportResult, "people" | "waiting" | "conflicts"> & {
  readonly applied: AppliedDecision;
  readonly faces: readonly IncomingFace[];
} {
  const { faces, served, waiting } = facesHere(keep, document.photos);
  const known = knownPeople(keep);
  const incoming: Incoming = {
    people: document.people.map((person) => incomingPerson(person, known(person.id), waiting.get(person.id) ?? 0)),
    faces,
    apart: document.apart,
    albums: document.albums,
    ownAlbums: keep.reads.portable().albums,
  };
  const outcome = bringIn(keep.facts(), incoming);
  const late = waiting.get("") ?? 0;
  const { learnt, conflicts, changes } = outcome;
  const standsAnyway = late > 0 && !isKept(keep, document);
  const sentence = sayIt(outcome.faces.length, learnt, late, conflicts, changes.length === 0 && !standsAnyway);
  const payload = { people: Object.fromEntries(outcome.people), served, document };
  const applied = keep.apply({ ...outcome, kind: "import", payload, sentence, standsAnyway });
  return { applied, faces, people: learnt, waiting: late, conflicts };
}

function incomingPerson(person: PortableDocument["people"][number], known: number | null, waiting: number): Incoming["people"][number] {
  const { id: ref, name, state, birthday = null } = person;
  return { ref, name, state, birthday, known, waiting };
}

/** Faces of the file that are here, photos that are here, and faces that wait: by person, all of them under "". */
function facesHere(
  keep: Keep,
  photos: readonly PortablePhoto[],
): { readonly faces: readonly IncomingFace[]; readonly served: readonly string[]; readonly waiting: ReadonlyMap<string, number> } {
  const facts = keep.facts();
  const faces: IncomingFace[] = [];
  const served: string[] = [];
  const waiting = new Map<string, number>();
  for (const photo of photos) {
    const here = keep.reads.photoByHash(photo.hash);
    if (here !== null) {
      served.push(photo.hash);
      faces.push(...findFaces(photo, here, () => facts.newFaceId()));
      continue;
    }
    for (const face of photo.faces.filter(isSaid))
      for (const of of face.is === undefined ? [""] : ["", face.is]) waiting.set(of, (waiting.get(of) ?? 0) + 1);
  }
  return { faces, served, waiting };
}

/** Who an id of a file is here by itself: made here, or come with an earlier file. */
function knownPeople(keep: Keep): (ref: string) => number | null {
  const own = `${libraryId(keep)}-`;
  const came = new Map<string, number>();
  for (const { people } of keep.reads.imports()) for (const [ref, personId] of people) if (personId !== null) came.set(ref, personId);
  return (ref) => {
    const id = ref.startsWith(own) ? Number(ref.slice(own.length)) : Number.NaN;
    return came.get(ref) ?? (Number.isSafeInteger(id) ? keep.reads.rootPerson(id) : null);
  };
}

/** The same photos were brought by an import that stands: nothing waits that is not kept already. */
function isKept(keep: Keep, document: PortableDocument): boolean {
  const photos = JSON.stringify(document.photos);
  return keep.reads.imports().some(({ decisionId }) => {
    const earlier = keep.reads.importedDocument(decisionId) as PortableDocument;
    return JSON.stringify(earlier.photos) === photos;
  });
}

function sayIt(faces: number, people: number, waiting: number, conflicts: number, nothing: boolean): string {
  const first = nothing
    ? "Everything in this file is known here already."
    : `Imported ${counted(faces, "face")} and ${counted(people, "person", "people")}.`;
  const wait = `${counted(waiting, "face")} ${waiting === 1 ? "waits" : "wait"} for photos that are not in this library yet.`;
  const differ = `${counted(conflicts, "thing")} in it ${conflicts === 1 ? "differs" : "differ"} from what was said here; what was said here stands.`;
  return [first, ...(waiting > 0 ? [wait] : []), ...(conflicts > 0 ? [differ] : [])].join(" ");
}

/** Drawn faces can be compared once they are embedded; a photo that cannot be opened now keeps its face without that. */
async function embedEach(house: House, faces: readonly IncomingFace[]): Promise<void> {
  for (const { faceId, draw } of faces) {
    if (draw === null) continue;
    try {
      await embedDrawn(house, [faceId]);
    } catch (thrown) {
      log("warn", `a drawn face was not embedded: ${asProblem(thrown).message}`);
    }
  }
}
