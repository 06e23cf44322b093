import type { Draft } from "./draft.ts";
import type { Facts, PersonFact } from "./facts.ts";
import type { Incoming, IncomingFace, IncomingPerson } from "./incoming.ts";
import type { Outcome } from "./outcome.ts";
import { bringAlbum } from "./bring-album.ts";
import { startDraft } from "./draft.ts";
import { samePeople } from "./same-people.ts";
import { tidyName } from "./tidy-name.ts";
import { countOf } from "./words.ts";
import type { InSteps } from "../lib/in-turns.ts";

export interface BroughtIn extends Outcome {
  /** Id in the file to person here; null where nothing of them could be taken. */
  readonly people: ReadonlyMap<string, number | null>;
  /** People who came, or of whom something new was learnt. */
  readonly learnt: number;
  /** What the file says otherwise than what was said here: the word spoken here stands. */
  readonly conflicts: number;
}

/**
 * Takes in a portable file as one decision. What was said here always wins over what the file says; the file only adds. Who is who is
 * settled by [Note: The same person]. `late`: faces of photos read after their file came; what it says of people was taken in then.
 */
export function* bringIn(facts: Facts, incoming: Incoming, late = false): InSteps<BroughtIn> {
  const draft = startDraft(facts);
  const arrival: Arrival = { facts, draft, people: new Map(), learnt: new Set(), conflicts: 0 };
  for (const { draw, faceId } of incoming.faces) {
    if (draw === null) continue;
    const [x, y, w, h] = draw.box;
    draft.set("drawn_faces", [faceId], null, { face_id: faceId, photo_id: draw.photoId, x, y, w, h, source: draw.source });
    draft.touch(faceId);
  }
  for (const { photoId, quarter } of incoming.turns) {
    const own = facts.turns(photoId);
    if (own === 0) draft.set("turned_photos", [photoId], null, { photo_id: photoId, quarter });
    else if (own !== quarter) arrival.conflicts++;
  }
  for (const { faceId, move } of incoming.faces) if (move !== null) takeBox(arrival, faceId, move);
  if (late) for (const person of incoming.people) arrival.people.set(person.ref, standing(facts, person.known.personId));
  else yield* meetPeople(arrival, incoming);
  for (const [at, face] of incoming.faces.entries()) {
    takeFace(arrival, face);
    yield at;
  }
  for (const face of incoming.faces) if (face.key && face.is !== null) takeKey(arrival, face.faceId, face.is);
  if (!late) {
    for (const [a, b] of incoming.apart) partThem(arrival, a, b);
    for (const album of incoming.albums) if (!bringAlbum(facts, draft, album, incoming.ownAlbums, arrival.people)) arrival.conflicts++;
  }
  const { learnt, people, conflicts } = arrival;
  const said = { did: "shared", faces: 0, people: 0 } as const;
  const outcome = draft.finish("", null, said);
  const words = late ? "Gave a share of an earlier import to photos read since" : "Imported decisions";
  const counts = `${countOf(outcome.faces.length, "face")}, ${countOf(learnt.size, "person", "people")}`;
  return {
    ...outcome,
    sentence: `${words}: ${counts}.`,
    said: { ...said, faces: outcome.faces.length, people: learnt.size },
    people,
    learnt: learnt.size,
    conflicts,
  };
}

interface Arrival {
  readonly facts: Facts;
  readonly draft: Draft;
  readonly people: Map<string, number | null>;
  readonly learnt: Set<string>;
  conflicts: number;
}

function standing(facts: Facts, personId: number | null): number | null {
  const person = personId === null ? null : facts.person(personId);
  return person === null || person.mergedInto !== null ? null : person.id;
}

function* meetPeople(arrival: Arrival, incoming: Incoming): InSteps<void> {
  const { facts, draft } = arrival;
  const found = yield* samePeople(facts, incoming);
  const open = yield* openFaces(facts, incoming);
  for (const person of incoming.people) {
    const here = found.get(person.ref);
    const own = here === undefined ? null : facts.person(here);
    const faces = open.get(person.ref);
    if (own === null && faces === 0 && person.waiting === 0) {
      // Every face of theirs is somebody else's here: there is nobody left to make.
      arrival.people.set(person.ref, null);
      continue;
    }
    const next = own === null ? newcomer(facts, person) : joined(arrival, own, person);
    if (own === null || next.name !== own.name || next.state !== own.state || next.birthday !== own.birthday)
      arrival.learnt.add(person.ref);
    draft.setPerson(next);
    arrival.people.set(person.ref, next.id);
  }
}

/** Of the people with faces in this library: how many of those nobody here has settled. */
function* openFaces(facts: Facts, incoming: Incoming): InSteps<ReadonlyMap<string, number>> {
  const open = new Map<string, number>();
  for (const [at, { is, faceId, draw }] of incoming.faces.entries()) {
    yield at;
    if (is === null) continue;
    const free = draw !== null || (facts.confirmedPerson(faceId) === null && !facts.isNotFace(faceId));
    open.set(is, (open.get(is) ?? 0) + (free ? 1 : 0));
  }
  return open;
}

function newcomer(facts: Facts, person: IncomingPerson): PersonFact {
  const name = person.name === null ? null : tidyName(person.name);
  const state =
    name === null && person.state === "named" ? "unnamed" : name !== null && person.state === "unnamed" ? "named" : person.state;
  return { id: facts.newPersonId(), name, state, keyFaceId: null, birthday: person.birthday, mergedInto: null };
}

/** Somebody here with what the file knows besides. */
function joined(arrival: Arrival, own: PersonFact, person: IncomingPerson): PersonFact {
  const theirs = person.name === null ? null : tidyName(person.name);
  if (theirs !== null && own.name !== null && theirs !== own.name) arrival.conflicts++;
  if (person.birthday !== null && own.birthday !== null && person.birthday !== own.birthday) arrival.conflicts++;
  const name = own.name ?? theirs;
  // Nameless and among people is how everybody begins: nobody said so.
  const said = own.name !== null || own.state !== "unnamed";
  if (said && person.state !== "unnamed" && person.state !== own.state && !(own.name === null && person.state === "named"))
    arrival.conflicts++;
  const state = said ? own.state : person.state;
  return { ...own, name, state: name !== null && state === "unnamed" ? "named" : state, birthday: own.birthday ?? person.birthday };
}

function takeFace(arrival: Arrival, face: IncomingFace): void {
  const { facts, draft, people } = arrival;
  const { faceId } = face;
  const own = draft.confirmedPerson(faceId);
  const noFace = facts.isNotFace(faceId);
  if (face.notAFace && !noFace) {
    if (own !== null) arrival.conflicts++;
    else {
      draft.setNotFace(faceId, true);
      draft.touch(faceId);
    }
  }
  if (face.is !== null) {
    const personId = people.get(face.is) ?? null;
    if (personId === null || noFace || (own !== null && own !== personId) || (own === null && draft.isRejected(faceId, personId)))
      arrival.conflicts++;
    else if (own === null) {
      draft.confirm(faceId, personId);
      draft.touch(faceId);
      arrival.learnt.add(face.is);
    }
  }
  for (const ref of face.isNot) {
    const personId = people.get(ref) ?? null;
    if (personId === null || draft.isRejected(faceId, personId)) continue;
    if (draft.confirmedPerson(faceId) === personId) arrival.conflicts++;
    else if (!noFace) {
      draft.reject(faceId, personId);
      draft.touch(faceId);
    }
  }
}

/** Where somebody moved the box of a face to; a box that was moved here stays where it is. */
function takeBox({ facts, draft }: Arrival, faceId: number, { photoId, box: [x, y, w, h] }: NonNullable<IncomingFace["move"]>): void {
  const own = facts.boxRow(faceId);
  if (own === null || own.table !== "adjusted_faces" || own.row !== null) return;
  draft.set("adjusted_faces", [faceId], null, { face_id: faceId, photo_id: photoId, x, y, w, h });
  draft.touch(faceId);
}

function takeKey(arrival: Arrival, faceId: number, ref: string): void {
  const { draft } = arrival;
  const personId = arrival.people.get(ref) ?? null;
  const person = personId === null ? null : draft.person(personId);
  if (person === null || person.keyFaceId === faceId || draft.confirmedPerson(faceId) !== person.id) return;
  if (person.keyFaceId === null) draft.setPerson({ ...person, keyFaceId: faceId });
  else arrival.conflicts++;
}

function partThem(arrival: Arrival, refA: string, refB: string): void {
  const [a, b] = [arrival.people.get(refA) ?? null, arrival.people.get(refB) ?? null];
  if (a !== null && b !== null && a !== b) arrival.draft.keepApart(a, b);
}
