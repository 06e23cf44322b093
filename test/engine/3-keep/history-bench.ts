import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DecisionKind } from "../../../electron/contract/args.ts";
import { Keep } from "../../../electron/engine/3-keep/keep.ts";
import { openStore } from "../../../electron/engine/3-keep/open-store.ts";
import type { Store } from "../../../electron/engine/3-keep/store.ts";
import { decide } from "../../../electron/engine/5-decide/decide.ts";
import { Problem } from "../../../electron/engine/errors.ts";
import { noFacts, reading, seenFace } from "../../helpers/synthetic-library.ts";
import { checkStore, factsOf } from "./check-library.ts";
import type { Tally } from "./histories.ts";
import { payloadOf } from "./history-payloads.ts";

/** One step of a random history: numbers are turned into whatever stands at that moment, so most steps are possible. */
export interface Step {
  readonly verb:
    DecisionKind | "undo" | "undo-old" | "redo" | "back-and-forth" | "group" | "photo-goes" | "photo-returns" | "edit" | "read-again";
  readonly a: number;
  readonly b: number;
  readonly many: readonly number[];
  readonly name: string;
}
/** A library on disk with eight photos, that histories are played on one after the other. */
export interface Bench {
  play(steps: readonly Step[]): void;
  /** Takes back everything that stands, latest first where it can be: nothing is left then, and nothing may get stuck. */
  takeAllBack(): void;
  close(): void;
}

/** In memory where there is such a folder: thousands of histories need not wait for the disk, since nothing is cut off here. */
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const photoCount = 8;
const facesEach = 3;
/** Histories between two restarts: each takes a fifth of the time of a history. */
const restartEvery = 3;
/** Problems that a random step may well meet. */
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

/** Opens a bench. Every history starts where the last one ended, every third one after a restart. */
export function openBench(tally: Tally, between?: (libraryDir: string) => void): Bench {
  const libraryDir = mkdtempSync(join(place, "familiar-history-"));
  let bench = new Played(libraryDir, tally);
  bench.start();
  return {
    play(steps) {
      tally.histories++;
      for (const step of steps) bench.step(step);
      bench.check();
      if (between === undefined && tally.histories % restartEvery !== 0) return;
      bench.close();
      between?.(libraryDir);
      bench = new Played(libraryDir, tally);
      bench.check();
    },
    takeAllBack() {
      bench.takeAllBack();
    },
    close() {
      bench.close();
      rmSync(libraryDir, { recursive: true, force: true });
    },
  };
}

/** The library between two restarts. */
class Played {
  readonly #store: Store;
  readonly #keep: Keep;
  readonly #tally: Tally;

  constructor(libraryDir: string, tally: Tally) {
    this.#store = openStore({ libraryDir });
    this.#store.db.pragma("main.synchronous = OFF");
    this.#keep = new Keep(this.#store);
    this.#tally = tally;
  }

  check(): void {
    checkStore(this.#store);
  }

  start(): void {
    const folderId = this.#keep.addFolder("/photos");
    this.#see(
      folderId,
      Array.from({ length: photoCount }, (_, i) => ({ i, version: 0 })),
    );
    this.#group({ a: 1, b: 1 });
  }

  step(step: Step): void {
    const tally = this.#tally;
    tally.steps++;
    try {
      if (step.verb === "undo") this.#undo();
      else if (step.verb === "redo") tally.redone += Number(this.#keep.redo(this.#undone(step)).decisionId > 0);
      else if (step.verb === "undo-old") this.#undoOld(step.a);
      else if (step.verb === "back-and-forth") this.#backAndForth(1 + (step.a % 4));
      else if (step.verb === "group") this.#group(step);
      else if (step.verb === "photo-goes" || step.verb === "photo-returns") this.#walk(step);
      else if (step.verb === "edit" || step.verb === "read-again") this.#read(step);
      else this.#decide(step.verb, step);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      if (thrown.code === "undo-blocked" || thrown.code === "redo-blocked") tally.blocked++;
      else if (known.includes(thrown.code)) tally.refused++;
      else throw thrown;
    }
  }

  #decide(verb: DecisionKind, step: Step): void {
    const payload = payloadOf(this.#keep, verb, step);
    const before = this.#rareBefore(verb, payload);
    const outcome = decide(this.#keep.facts(), verb, payload);
    const applied = this.#keep.apply({ kind: verb, payload, ...outcome });
    if (applied.decisionId === 0) return;
    this.#tally.decided++;
    for (const name of before) this.#tally.rare[name]++;
  }

  /** What is worth counting of a step that is about to be taken. */
  #rareBefore(verb: DecisionKind, payload: unknown): readonly (keyof Tally["rare"])[] {
    const { personId, into, from, name } = payload as { personId?: number; into?: number; from?: number[]; name?: string };
    const merged = (id: number | undefined): boolean =>
      id !== undefined && this.#store.sql<[number]>("SELECT 1 FROM people WHERE merged_into = ?").get(id) !== undefined;
    const found: (keyof Tally["rare"])[] = [];
    if (verb === "merge" && [into, ...(from ?? [])].some(merged)) found.push("merge of merges");
    if (verb === "split" && merged(personId)) found.push("split after merge");
    if (name === undefined) return found;
    const tidy = name.normalize("NFC").trim().replace(/\s+/gu, " ");
    const taken = this.#store.sql<[string, number]>("SELECT 1 FROM people WHERE name = ? AND id <> ? AND merged_into IS NULL");
    if ((verb === "rename" || verb === "name") && taken.get(tidy, personId ?? 0) !== undefined) found.push("name that exists");
    if (name !== name.trim() && tidy !== "") found.push("spaces around a name");
    return found;
  }

  #undo(decisionId?: number): void {
    const away = this.#store.sql("SELECT 1 FROM photos WHERE visible = 0").get() !== undefined;
    if (this.#keep.undo(decisionId).decisionId === 0) return;
    this.#tally.undone++;
    if (away) this.#tally.rare["undo while a photo is away"]++;
  }

  /** History's promise is kept: what it says can be taken back can, and what it says cannot is refused with its words. */
  #undoOld(which: number): void {
    // A few at a time: each line of History looks at everything that came after it.
    const { items } = this.#keep.reads.history({ offset: which, limit: 4 });
    const entry = items.find((one) => !one.undone);
    if (entry === undefined) return;
    try {
      this.#undo(entry.decisionId);
      if (!entry.canTakeBack) throw new Error(`taken back although blocked: ${entry.blocked?.sentence}`);
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.code === "undo-blocked" && entry.canTakeBack)
        throw new Error("blocked although free", { cause: thrown });
      throw thrown;
    }
  }

  /** Every second time one that was taken back, as History shows it; else none by name. */
  #undone({ a, b }: Step): number | undefined {
    return this.#keep.reads.history({ offset: a, limit: b % 2 }).items.find((one) => one.undone)?.decisionId;
  }

  /** Some taken back and done again: the facts are what they were. */
  #backAndForth(times: number): void {
    const before = factsOf(this.#store);
    let back = 0;
    try {
      for (; back < times; back++) this.#undo();
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
    }
    for (let i = 0; i < back; i++) this.#keep.redo();
    this.#tally.redone += back;
    if (factsOf(this.#store) !== before) throw new Error(`${back} taken back and done again is not what it was`);
  }

  takeAllBack(): void {
    const standing = this.#store.sql<[], { id: number }>(
      "SELECT id FROM decisions WHERE standing > 0 AND undone_by IS NULL ORDER BY id DESC",
    );
    for (let before = -1; before !== this.#tally.rare["all taken back"];) {
      before = this.#tally.rare["all taken back"];
      for (const { id } of standing.all()) if (this.#takenBack(id)) this.#tally.rare["all taken back"]++;
    }
    const left = this.#keep.reads.history({ offset: 0, limit: 10_000 }).items.filter((entry) => !entry.undone);
    if (left.length > 0)
      throw new Error(
        `cannot be taken back at all: ${left.map((entry) => `${entry.decisionId} ${entry.sentence} (${entry.blocked?.sentence})`).join("; ")}`,
      );
    if (factsOf(this.#store) !== factsOf(null)) throw new Error("everything was taken back, and something is left");
  }

  /** False where something that came later is in the way, or it went along with another. */
  #takenBack(decisionId: number): boolean {
    try {
      return this.#keep.undo(decisionId).decisionId > 0;
    } catch (thrown) {
      if (thrown instanceof Problem && ["undo-blocked", "nothing-to-undo"].includes(thrown.code)) return false;
      throw thrown;
    }
  }

  #group(step: Pick<Step, "a" | "b">): void {
    const keep = this.#keep;
    const constraints = keep.constraints();
    const first = keep.reservePersonIds(4);
    const proposals = keep.reads
      .faces()
      .map((face) => face.id)
      .filter((faceId) => !constraints.confirmed.has(faceId) && (faceId * step.a + step.b) % 5 !== 0)
      .map((faceId) => {
        const person = constraints.people[(faceId * step.b) % Math.max(1, constraints.people.length)];
        const personId = faceId % 3 === 0 && person !== undefined ? person.id : first + ((faceId + step.a) % 4);
        return { faceId, personId, similarity: 0.5, far: 1e-6, rule: "linked", band: "sure" } as const;
      });
    keep.keepGrouping({ proposals, groups: [], questions: [] });
  }

  /** How the files are now: how often each was edited. */
  #files(): readonly { readonly i: number; readonly version: number }[] {
    return Array.from({ length: photoCount }, (_, i) => {
      const row = this.#store.sql<[string], { bytes: number }>("SELECT bytes FROM files WHERE path = ?").get(`/photos/${i}.jpg`);
      return { i, version: Math.floor(((row?.bytes ?? 1000) - 1000) / 100) };
    });
  }

  #walk(step: Step): void {
    const [folder] = this.#keep.folders();
    if (folder === undefined) return;
    const here = this.#files().filter(({ i }) => step.verb === "photo-returns" || i !== step.a % photoCount);
    this.#see(folder.id, here);
  }

  /** A file is edited, so that its decisions are handed on; or only read again, by a detector that finds fewer faces. */
  #read(step: Step): void {
    const [folder] = this.#keep.folders();
    if (folder === undefined) return;
    const chosen = step.a % photoCount;
    const files = this.#files();
    if (step.verb === "edit") {
      this.#see(
        folder.id,
        files.map((file) => (file.i === chosen ? { ...file, version: file.version + 1 } : file)),
        1 + (step.b % facesEach),
      );
      return;
    }
    const photoId = this.#keep.reads.photoAt(`/photos/${chosen}.jpg`);
    if (photoId === null) return;
    this.#keep.readAgain(photoId);
    this.#see(folder.id, files, step.b % (facesEach + 1));
  }

  /** A whole reading of the folder. `faces`: how many are found in whatever is read now. */
  #see(folderId: number, files: readonly { readonly i: number; readonly version: number }[], faces = facesEach): void {
    const keep = this.#keep;
    const found = files.map(({ i, version }) => ({
      path: `/photos/${i}.jpg`,
      bytes: 1000 + i + 100 * version,
      mtimeMs: 1000 + version,
      inode: i + 1,
    }));
    keep.filesSeen(folderId, found);
    const contentOf = (path: string): string => `h${found.find((file) => file.path === path)?.bytes ?? 0}`;
    for (const file of keep.filesToIdentify()) keep.fileIdentified(file.fileId, contentOf(file.path));
    for (const file of keep.filesToRead(reading)) {
      const i = Number(/(\d+)\.jpg/u.exec(file.path)?.[1]);
      const kept = keep.keepPhoto({
        fileId: file.fileId,
        hash: file.hash,
        bytes: file.bytes,
        width: 4000,
        height: 3000,
        facts: { ...noFacts, takenAt: `200${i}-01-01T00:00:00` },
        damaged: false,
        thumbhash: null,
        faces: Array.from({ length: faces }, (_, j) => seenFace([0.1 + 0.3 * j, 0.2, 0.2, 0.3], null, (i + j) / 12)),
        reading,
      });
      if ((kept.carried?.faces ?? 0) > 0) this.#tally.rare["handed on"]++;
    }
  }

  close(): void {
    this.#keep.close();
  }
}
