import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import type { DecisionKind, DecisionPayload } from "../../../electron/contract/args.ts";
import { Problem } from "../../../electron/engine/errors.ts";
import { factTables, factTable, rowText } from "../../../electron/engine/3-keep/fact-tables.ts";
import { openKeep, type Keep } from "../../../electron/engine/3-keep/keep.ts";
import { openStore, closeStore } from "../../../electron/engine/3-keep/open-store.ts";
import { replay } from "../../../electron/engine/3-keep/journal.ts";
import { rebuildMembers, freshCards } from "../../../electron/engine/3-keep/members.ts";
import type { Row } from "../../../electron/engine/types.ts";
import { addPhotos, seenFace } from "../../helpers/synthetic-library.ts";

/** One step of a random history: numbers are turned into whatever stands at that moment, so most steps are possible. */
interface Step {
  readonly verb: DecisionKind | "undo" | "undo-old" | "redo" | "group" | "photo-goes" | "photo-returns";
  readonly a: number;
  readonly b: number;
  readonly many: readonly number[];
  readonly name: string;
}
const verbs: readonly Step["verb"][] = [
  "name",
  "name",
  "rename",
  "merge",
  "merge",
  "merge",
  "split",
  "split",
  "move",
  "move",
  "confirm",
  "reject",
  "reject",
  "stranger",
  "hide",
  "restore",
  "not-a-face",
  "key-face",
  "draw",
  "never-merge",
  "birthday",
  "save-album",
  "remove-album",
  "undo",
  "undo",
  "undo-old",
  "undo-old",
  "redo",
  "redo",
  "group",
  "photo-goes",
  "photo-returns",
];
const names = ["Ana", " Ana ", "Ana  Maria", "Zoë", "Zoe\u0308", "李雷", "   ", "\t", "O’Brien"];

/** Random histories of all verbs with undo, redo, undo out of order, regrouping and photos that come and go. */
const histories = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom(...verbs),
    a: fc.nat(40),
    b: fc.nat(40),
    many: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
    name: fc.constantFrom(...names),
  }),
  { minLength: 10, maxLength: 40, size: "max" },
);

/** Steps of a history on average. */
const stepsEach = 25;
const photoCount = 8;
const facesEach = 3;

/** What a run of histories did, for the report. */
export interface Tally {
  steps: number;
  decided: number;
  refused: number;
  blocked: number;
  undone: number;
  redone: number;
}

/** Plays random histories of about `steps` steps in all; throws where the facts and the journal part. */
export function playHistories(steps: number): Tally {
  const tally: Tally = { steps: 0, decided: 0, refused: 0, blocked: 0, undone: 0, redone: 0 };
  // Twenty histories on one library, so that it grows as it does in life, then a new one, so that time does not grow with it.
  for (let left = Math.ceil(steps / stepsEach); left > 0; left -= 20) {
    const bench = openBench();
    try {
      fc.assert(
        fc.property(histories, (history) => bench.play(history, tally)),
        { numRuns: Math.min(20, left), endOnFailure: true },
      );
    } finally {
      bench.close();
    }
  }
  return tally;
}

/** A library on disk with 24 faces, that histories are played on one after the other. */
interface Bench {
  play(steps: readonly Step[], tally: Tally): void;
  close(): void;
}

/** Opens a bench. Every history starts where the last one ended, after a restart. */
function openBench(): Bench {
  const libraryDir = mkdtempSync(join(tmpdir(), "familiar-history-"));
  let keep = openKeep({ libraryDir });
  const photos = Array.from({ length: photoCount }, (_, i) => ({
    name: `${i}.jpg`,
    hash: `h${i}`,
    faces: Array.from({ length: facesEach }, (__, j) => seenFace([0.1 + 0.3 * j, 0.2, 0.2, 0.3], null, (i + j) / 12)),
  }));
  addPhotos(keep, "/photos", photos);
  group(keep, { verb: "group", a: 1, b: 1, many: [], name: "" });
  return {
    play(steps, tally) {
      for (const step of steps) playStep(keep, step, tally);
      keep.close();
      checkLibrary(libraryDir);
      keep = openKeep({ libraryDir });
    },
    close() {
      keep.close();
      rmSync(libraryDir, { recursive: true, force: true });
    },
  };
}

function playStep(keep: Keep, step: Step, tally: Tally): void {
  tally.steps++;
  try {
    if (step.verb === "undo") tally.undone += keep.undo().decisionId > 0 ? 1 : 0;
    else if (step.verb === "redo") tally.redone += keep.redo().decisionId > 0 ? 1 : 0;
    else if (step.verb === "undo-old") undoOld(keep, step, tally);
    else if (step.verb === "group") group(keep, step);
    else if (step.verb === "photo-goes" || step.verb === "photo-returns") walk(keep, step);
    else {
      const payload = payloadOf(keep, step.verb, step);
      const outcome = decide(keep.facts(), step.verb, payload);
      tally.decided += keep.apply({ kind: step.verb, payload, ...outcome }).decisionId > 0 ? 1 : 0;
    }
  } catch (thrown) {
    const known = [
      "never-merge",
      "name-empty",
      "person-not-found",
      "face-not-found",
      "nothing-to-undo",
      "nothing-to-redo",
      "bad-request",
      "not-found",
    ];
    if (!(thrown instanceof Problem)) throw thrown;
    if (thrown.code === "undo-blocked") tally.blocked++;
    else if (known.includes(thrown.code)) tally.refused++;
    else throw thrown;
  }
}

/** History's promise is kept: what it says can be taken back can, and what it says cannot is refused with its words. */
function undoOld(keep: Keep, step: Step, tally: Tally): void {
  const page = keep.reads.history({ offset: 0, limit: 30 });
  const standing = page.items.filter((entry) => !entry.undone);
  const entry = standing[step.a % Math.max(1, standing.length)];
  if (entry === undefined) return;
  try {
    keep.undo(entry.decisionId);
    tally.undone++;
    if (!entry.canTakeBack) throw new Error(`taken back although blocked: ${entry.blockedBy}`);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "undo-blocked" && entry.canTakeBack)
      throw new Error("blocked although free", { cause: thrown });
    throw thrown;
  }
}

function group(keep: Keep, step: Step): void {
  const constraints = keep.constraints();
  const first = keep.reservePersonIds(4);
  const proposals = Array.from({ length: photoCount * facesEach }, (_, i) => i + 1)
    .filter((faceId) => !constraints.confirmed.has(faceId) && (faceId * step.a + step.b) % 5 !== 0)
    .map((faceId) => {
      const person = constraints.people[(faceId * step.b) % Math.max(1, constraints.people.length)];
      const personId = faceId % 3 === 0 && person !== undefined ? person.id : first + ((faceId + step.a) % 4);
      return { faceId, personId, similarity: 0.5, far: 1e-6, rule: "linked", band: "sure" } as const;
    });
  keep.keepGrouping({ proposals, groups: [], questions: [] });
}

function walk(keep: Keep, step: Step): void {
  const [folder] = keep.folders();
  if (folder === undefined) return;
  const here = Array.from({ length: photoCount }, (_, i) => i).filter((i) => step.verb === "photo-returns" || i !== step.a % photoCount);
  keep.filesSeen(
    folder.id,
    here.map((i) => ({ path: join("/photos", `${i}.jpg`), bytes: 1000 + i, mtimeMs: 1000, inode: i + 1 })),
  );
}

function payloadOf(keep: Keep, verb: DecisionKind, step: Step): DecisionPayload<DecisionKind> {
  const people = keep.reads.people({ show: "all", sort: "faces", offset: 0, limit: 100 }).items.map((card) => card.id);
  // One in eight is somebody who is not there any more, or never was.
  const person = (n: number): number => (n % 12 === 11 ? (n % 2 === 0 ? 1 : 99_999) : (people[n % Math.max(1, people.length)] ?? 1));
  const faces = step.many.map((n) => 1 + (n % (photoCount * facesEach + 2)));
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
      photoId: 1 + (step.a % photoCount),
      box: [0.4, 0.6, 0.1, 0.1],
      ...(step.b % 2 === 0 ? { personId: b } : { name: step.name }),
    }),
    "never-merge": () => ({ a, b }),
    birthday: () => ({ personId: a, date: step.b % 4 === 0 ? null : `19${10 + step.b}-02-${10 + (step.a % 20)}` }),
    "save-album": () => ({ name: step.name, query: { all: [a] } }),
    "remove-album": () => ({ albumId: 1 + (step.a % 3) }),
  };
  return payloads[verb]();
}

function ownFaces(keep: Keep, personId: number, otherwise: readonly number[]): number[] {
  const own = keep.reads.members(personId).map((member) => member.faceId);
  return own.length === 0 ? [...otherwise] : own.slice(0, 1 + ((otherwise[0] ?? 0) % own.length));
}

/** The facts are what the journal says, what follows from them is as if made anew, and SQLite finds nothing wrong. */
export function checkLibrary(libraryDir: string): void {
  const store = openStore({ libraryDir });
  try {
    const told = replay(store);
    for (const name of Object.keys(factTables)) {
      const table = factTable(name);
      const { columns, keys } = factTables[table];
      const rows = store.sql<[], Row>(`SELECT ${columns.join(", ")} FROM main.${table}`).all();
      const stored = new Map(rows.map((row) => [JSON.stringify(columns.slice(0, keys).map((column) => row[column])), rowText(table, row)]));
      const expected = told.get(table) ?? new Map<string, string>();
      const differ = [...new Set([...stored.keys(), ...expected.keys()])].filter((key) => stored.get(key) !== expected.get(key));
      if (differ.length > 0) throw new Error(`${table} differs from its journal at ${differ.join(" ")}`);
    }
    const broken = store.db.pragma("foreign_key_check");
    if (!Array.isArray(broken) || broken.length > 0) throw new Error(`foreign keys: ${JSON.stringify(broken)}`);
    const merged = store.sql("SELECT 1 FROM confirmed c JOIN people p ON p.id = c.person_id WHERE p.merged_into IS NOT NULL").get();
    if (merged !== undefined) throw new Error("a face is confirmed as somebody who was merged away");
    const clash = store.sql("SELECT 1 FROM confirmed c JOIN rejected r USING (face_id, person_id)").get();
    if (clash !== undefined) throw new Error("a face is confirmed as and rejected for one person");
    const both = store.sql("SELECT 1 FROM confirmed JOIN not_faces USING (face_id)").get();
    if (both !== undefined) throw new Error("what is not a face is confirmed as somebody");
    const dump = (): string => {
      freshCards(store);
      const members = store.sql("SELECT * FROM derived.members ORDER BY face_id").all();
      const cards = store.sql("SELECT * FROM derived.cards ORDER BY person_id").all();
      const counts = store.sql("SELECT id, face_count, shown FROM photos ORDER BY id").all();
      return JSON.stringify({ members, cards, counts });
    };
    const before = dump();
    store.db.transaction(() => rebuildMembers(store))();
    const after = dump();
    if (before !== after) throw new Error(`members or cards drifted:\n${before}\n${after}`);
  } finally {
    closeStore(store);
  }
}
