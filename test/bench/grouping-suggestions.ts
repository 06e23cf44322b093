import { createHash } from "node:crypto";
import { groupFaces } from "../../electron/engine/4-group/group-faces.ts";
import { passGate } from "../../electron/engine/4-group/gate.ts";
import type { GroupResult } from "../../electron/engine/4-group/group-types.ts";
import { openSearcher, type Searcher } from "../../electron/engine/4-group/neighbours.ts";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { openRanker, type Ranker } from "../../electron/engine/4-group/rank-faces.ts";
import { suggestFaces } from "../../electron/engine/4-group/suggest-faces.ts";
import { bands } from "../../electron/engine/4-group/sureness.ts";
import { usableRows } from "../../electron/engine/4-group/vectors.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import { untouchedLibrary, type LabelledFaces } from "./grouping-library.ts";
import { pickRows } from "./grouping-planted.ts";

/** What is suggested in one band of sureness, and how much of it is right. */
export interface BandFigures {
  readonly shown: number;
  readonly right: number;
  /** Right ones that the chances promise. */
  readonly promised: number;
}
export interface SuggestionFigures {
  readonly all: BandFigures;
  readonly bands: Readonly<Record<string, BandFigures>>;
  /** People asked for. */
  readonly people: number;
  /** The same over many libraries of a random part of the faces each: what one library holds is too little to tell. */
  readonly drawn: { readonly libraries: number; readonly all: BandFigures; readonly bands: Readonly<Record<string, BandFigures>> };
}
interface Tally {
  shown: number;
  right: number;
  promised: number;
}
/** Shares of the faces that are drawn, and libraries of each. */
const shares = [0.5, 0.7, 0.85];
const librariesEach = 4;

/** The half of the people that the chance of a suggestion was not fitted on: every second one by the hash of the name. */
export function isHeldOut(name: string): boolean {
  return ((createHash("sha1").update(name).digest().at(-1) ?? 0) & 1) === 1;
}

/**
 * Names every group of three and more after whoever most of it is, one at a time, and looks at what is then suggested. Where names are
 * known only people whom the chance was not fitted on.
 */
export async function suggestionFigures(faces: LabelledFaces, calibration: Calibration, grouped: GroupResult): Promise<SuggestionFigures> {
  const ranker = await openRanker(1);
  const searcher = await openSearcher(1);
  try {
    const whole = emptyTally();
    const people = await look(faces, calibration, grouped, { ranker, searcher }, whole);
    const drawn = emptyTally();
    const random = seededRandom(faces.person.length);
    for (const share of shares) {
      for (let library = 0; library < librariesEach; library++) {
        const some = pickRows(
          faces,
          [...faces.person.keys()].filter(() => random() < share),
        );
        const its = await groupFaces(untouchedLibrary(some, calibration), { checkMixed: false, questions: 0, searcher });
        await look(some, calibration, its, { ranker, searcher }, drawn);
      }
    }
    return { people, ...summed(whole), drawn: { libraries: shares.length * librariesEach, ...summed(drawn) } };
  } finally {
    await ranker.close();
    await searcher.close();
  }
}

function emptyTally(): Map<string, Tally> {
  return new Map(bands.map((band) => [band, { shown: 0, right: 0, promised: 0 }]));
}

function summed(tally: ReadonlyMap<string, Tally>): { readonly all: BandFigures; readonly bands: Readonly<Record<string, BandFigures>> } {
  const all = { shown: 0, right: 0, promised: 0 };
  for (const one of tally.values()) {
    all.shown += one.shown;
    all.right += one.right;
    all.promised += one.promised;
  }
  return { all, bands: Object.fromEntries(tally) };
}

/** Counts what is suggested in one library; gives the number of people asked for. */
async function look(
  faces: LabelledFaces,
  calibration: Calibration,
  grouped: GroupResult,
  { ranker, searcher }: { readonly ranker: Ranker; readonly searcher: Searcher },
  tally: ReadonlyMap<string, Tally>,
): Promise<number> {
  const { vectors, dimensions, person } = faces;
  const { faceIds, norms, sizes, scores } = untouchedLibrary(faces, calibration);
  const usable = usableRows(vectors, dimensions);
  const seeds = passGate({ vectors, dimensions, norms, sizes, scores }, calibration).map((pass, row) => pass & (usable[row] ?? 0));
  const groups = new Map<number, number[]>();
  for (const [row, id] of grouped.personId.entries()) if (id !== 0) groups.set(id, [...(groups.get(id) ?? []), row]);
  let people = 0;
  for (const rows of groups.values()) {
    if (rows.length < 3) continue;
    const who = mainOf(rows.map((row) => person[row] ?? 0));
    const name = faces.names[who];
    if (name !== undefined && !isHeldOut(name)) continue;
    people++;
    const skip = new Uint8Array(person.length);
    for (const row of rows) skip[row] = 1;
    const open = (ids: readonly number[]): ReadonlySet<number> => new Set(ids);
    const shared = { faceIds, vectors, dimensions, owner: grouped.personId, seeds, usable, calibration, skip, open };
    for (const { face, band, chance } of await suggestFaces(ranker, searcher, { members: rows, spoken: rows, ...shared })) {
      const one = tally.get(band);
      if (!one) continue;
      one.shown++;
      one.promised += chance;
      if (person[face - 1] === who) one.right++;
    }
  }
  return people;
}

function mainOf(people: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const who of people) counts.set(who, (counts.get(who) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}
