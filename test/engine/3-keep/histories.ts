import fc from "fast-check";
import { openBench, type Step } from "./history-bench.ts";

export { checkLibrary } from "./check-library.ts";

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
  "adjust",
  "turn",
  "turn",
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
  "back-and-forth",
  "group",
  "photo-goes",
  "photo-returns",
  "edit",
  "read-again",
];
const names = ["Ana", " Ana ", "Ana  Maria", "Zoë", "Zoe\u0308", "李雷", "   ", "\t", "O’Brien"];

/** Random histories of all verbs with undo, redo, undo out of order, regrouping and photos that come and go. */
const randomHistories = fc.array(
  fc.record<Step>({
    verb: fc.constantFrom(...verbs),
    a: fc.nat(40),
    b: fc.nat(40),
    many: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
    name: fc.constantFrom(...names),
  }),
  { minLength: 10, maxLength: 40, size: "max" },
);

/** Histories played one after the other on one library, so that it grows as it does in life; then a new one, so that time does not grow with it. */
const onOne = 20;

/** What a run of histories did, for the report. */
export interface Tally {
  histories: number;
  steps: number;
  decided: number;
  refused: number;
  blocked: number;
  undone: number;
  redone: number;
  /** Of these, the ones that are easily got wrong. */
  readonly rare: Record<Rare, number>;
}
export type Rare =
  | "merge of merges"
  | "split after merge"
  | "name that exists"
  | "spaces around a name"
  | "undo while a photo is away"
  | "handed on"
  | "all taken back";

/** Which histories a run plays: the same seed gives the same ones. */
export interface Course {
  readonly seed?: number;
  /** Histories that an earlier run has played already; whole libraries of them are left out. */
  readonly from?: number;
  /** Told after every library: how many are behind, those left out included. */
  readonly onLibrary?: (done: number, tally: Tally) => void;
}

/**
 * Plays random histories; throws where the facts and the journal part, or anything promised does not hold. `between`: done to the closed
 * library after each.
 */
export function playHistories(histories: number, between?: (libraryDir: string) => void, course: Course = {}): Tally {
  const rare: Record<Rare, number> = {
    "merge of merges": 0,
    "split after merge": 0,
    "name that exists": 0,
    "spaces around a name": 0,
    "undo while a photo is away": 0,
    "handed on": 0,
    "all taken back": 0,
  };
  const tally: Tally = { histories: 0, steps: 0, decided: 0, refused: 0, blocked: 0, undone: 0, redone: 0, rare };
  const seed = course.seed ?? Date.now() % 1_000_000;
  const first = Math.floor((course.from ?? 0) / onOne) * onOne;
  for (let done = first; done < histories; done += onOne) {
    const bench = openBench(tally, between);
    try {
      fc.assert(
        fc.property(randomHistories, (history) => bench.play(history)),
        { numRuns: Math.min(onOne, histories - done), endOnFailure: true, seed: seed + done },
      );
      // What is forgotten for good cannot be taken back.
      if (between === undefined) bench.takeAllBack();
    } catch (thrown) {
      throw new Error(`SEED=${seed} FROM=${done} plays it again`, { cause: thrown });
    } finally {
      bench.close();
    }
    course.onLibrary?.(Math.min(done + onOne, histories), tally);
  }
  return tally;
}
