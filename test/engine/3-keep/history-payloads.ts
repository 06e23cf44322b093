import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import type { Keep } from "../../../electron/engine/3-keep/keep.ts";
import type { Step } from "./history-bench.ts";

/** What somebody says at that moment: of people and faces that are there, and one in a dozen of somebody who is not. */
export function payloadOf(keep: Keep, verb: DecisionKind, step: Step): DecisionPayload<DecisionKind> {
  const people = keep.reads.people({ show: "all", sort: "faces", offset: 0, limit: 100 }).items.map((card) => card.id);
  // One in eight is somebody who is not there any more, or never was.
  const person = (n: number): number => (n % 12 === 11 ? (n % 2 === 0 ? 1 : 99_999) : (people[n % Math.max(1, people.length)] ?? 1));
  const shown = keep.reads.faces().map((face) => face.id);
  const faces = step.many.map((n) => shown[n % (shown.length + 2)] ?? 99_999);
  const [a, b] = [person(step.a), person(step.b)];
  const payloads: { readonly [K in DecisionKind]: () => DecisionPayload<K> } = {
    name: () => ({ personId: a, name: step.name }),
    rename: () => ({ personId: a, name: step.name }),
    merge: () => ({ into: a, from: [b, ...step.many.slice(3).map(person)], force: step.b % 3 === 0 }),
    split: () => ({
      personId: a,
      faceIds: ownFaces(keep, a, faces),
      ...(step.b % 3 === 0 ? { into: b } : step.b % 3 === 1 ? { name: step.name } : {}),
    }),
    move: () => ({ faceIds: faces, personId: a }),
    confirm: () => ({ faceIds: ownFaces(keep, a, faces), personId: a }),
    reject: () => ({ faceIds: ownFaces(keep, a, faces), personId: a }),
    stranger: () => ({ personId: a }),
    hide: () => ({ personId: a }),
    restore: () => ({ personId: a }),
    "not-a-face": () => ({ faceIds: faces.slice(0, 1) }),
    "key-face": () => ({ personId: a, faceId: ownFaces(keep, a, faces)[0] ?? 1 }),
    draw: () => ({
      photoId: 1 + (step.a % 8),
      box: [0.4, 0.6, 0.1, 0.1],
      ...(step.b % 2 === 0 ? { personId: b } : { name: step.name }),
    }),
    adjust: () => ({ faceId: faces[0] ?? 1, box: [0.1 + step.a / 200, 0.2, 0.15, 0.1 + step.b / 200] }),
    turn: () => ({ photoId: 1 + (step.a % 8), quarter: ([1, 2, 3] as const)[step.b % 3] ?? 1 }),
    "never-merge": () => ({ a, b }),
    birthday: () => ({ personId: a, date: step.b % 4 === 0 ? null : `19${10 + step.b}-02-${10 + (step.a % 20)}` }),
    "save-album": () => ({ name: step.name, query: { all: [a] }, ...(step.b % 3 === 0 && { albumId: 1 + (step.a % 4) }) }),
    "remove-album": () => ({ albumId: 1 + (step.a % 3) }),
  };
  return payloads[verb]();
}

function ownFaces(keep: Keep, personId: number, otherwise: readonly number[]): number[] {
  const own = keep.reads.members(personId).map((member) => member.faceId);
  return own.length === 0 ? [...otherwise] : own.slice(0, 1 + ((otherwise[0] ?? 0) % own.length));
}
