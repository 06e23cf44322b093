import type { Facts } from "./facts.ts";
import type { InSteps } from "../lib/in-turns.ts";
import type { Incoming, IncomingPerson } from "./incoming.ts";

/**
 * [Note: The same person] Who the people of a portable file are here, by rules in this order; nobody here is two people of the file.
 * 1. The file says so. Its id came with an earlier file and one of them has no name, or it was made here; and the names are the same
 *    (none is one, too), or they share a face.
 * 2. They share a confirmed face and have the same name (case and accents aside).
 * 3. One of them has no name, and of the person's faces that somebody here has settled, more than half are the other's.
 * 4. The names differ, and more than half of all the person's faces in this library are the other's.
 * A name alone says nothing: two people may be called Ana. Everybody else is somebody new.
 */
export function* samePeople(facts: Facts, incoming: Incoming): InSteps<ReadonlyMap<string, number>> {
  const shared = yield* countShared(facts, incoming);
  const found = new Map<string, number>();
  const taken = new Set<number>();
  const take = (person: IncomingPerson, personId: number): void => {
    if (found.has(person.ref) || taken.has(personId)) return;
    found.set(person.ref, personId);
    taken.add(personId);
  };
  for (const person of incoming.people) {
    const known = person.known.personId === null ? null : facts.person(person.known.personId);
    if (known === null || known.mergedInto !== null) continue;
    const together = shared.get(person.ref)?.with.get(known.id) ?? 0;
    const [here, there] = [known.name, person.name];
    const fits = here === null || there === null ? person.known.sure || here === there : likeNames(here, there);
    if (together > 0 || fits) take(person, known.id);
  }
  const byRef = new Map(incoming.people.map((person) => [person.ref, person]));
  const pairs = [...shared].flatMap(([ref, { present, settled, with: counts }]) => {
    const person = byRef.get(ref);
    if (person === undefined) return [];
    return [...counts].flatMap(([personId, faces]) => {
      const name = facts.person(personId)?.name ?? null;
      const alike = name !== null && person.name !== null && likeNames(name, person.name);
      const nameless = name === null || person.name === null;
      const fits = alike || (nameless ? faces * 2 > settled : faces * 2 > present);
      return fits ? [{ person, personId, faces, alike }] : [];
    });
  });
  pairs.sort((a, b) => Number(b.alike) - Number(a.alike) || b.faces - a.faces || a.personId - b.personId);
  for (const { person, personId } of pairs) take(person, personId);
  return found;
}

interface Shared {
  /** Faces of theirs in this library; of those, how many somebody here confirmed as anybody. */
  present: number;
  settled: number;
  /** By person here. */
  readonly with: Map<number, number>;
}

function* countShared(facts: Facts, incoming: Incoming): InSteps<ReadonlyMap<string, Shared>> {
  const shared = new Map<string, Shared>();
  for (const [at, face] of incoming.faces.entries()) {
    yield at;
    if (face.is === null) continue;
    const of = shared.get(face.is) ?? { present: 0, settled: 0, with: new Map<number, number>() };
    shared.set(face.is, of);
    of.present++;
    const here = face.draw === null ? facts.confirmedPerson(face.faceId) : null;
    if (here === null) continue;
    of.settled++;
    of.with.set(here, (of.with.get(here) ?? 0) + 1);
  }
  return shared;
}

function likeNames(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").trim().toLowerCase();
  return plain(a) === plain(b);
}
