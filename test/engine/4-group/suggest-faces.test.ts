import { describe, expect, it } from "vitest";
import { openSearcher } from "../../../electron/engine/4-group/neighbours.ts";
import { openRanker } from "../../../electron/engine/4-group/rank-faces.ts";
import {
  bandOfChance,
  chanceOf,
  suggestFaces,
  type SuggestedFace,
  type SuggestJob,
} from "../../../electron/engine/4-group/suggest-faces.ts";
import { usableRows } from "../../../electron/engine/4-group/vectors.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { planted } from "./planted.ts";

const library = planted(1500);
const d = library.dimensions;
const { calibration, vectors, person } = library;
const faceIds = Int32Array.from(person, (_, row) => row + 1);
const rowsOf = (who: number): number[] => [...person.keys()].filter((row) => person[row] === who && (library.norms[row] ?? 0) > 60);
const bySize = [...new Set(person)].sort((a, b) => rowsOf(b).length - rowsOf(a).length);
const [ana = 0] = bySize;

describe("suggestFaces", () => {
  const seeds = Uint8Array.from(library.norms, (norm) => (norm > calibration.poorNorm ? 1 : 0));
  const job = (spoken: readonly number[], change: Partial<SuggestJob> = {}): SuggestJob => {
    const skip = new Uint8Array(1500);
    for (const row of spoken) skip[row] = 1;
    const owner = new Int32Array(1500);
    return {
      members: spoken,
      spoken,
      faceIds,
      vectors,
      dimensions: d,
      owner,
      seeds,
      usable: usableRows(vectors, d),
      calibration,
      skip,
      open: (ids) => new Set(ids),
      ...change,
    };
  };
  const asked = async (one: SuggestJob): Promise<readonly SuggestedFace[]> => {
    const [ranker, searcher] = [await openRanker(), await openSearcher()];
    try {
      return await suggestFaces(ranker, searcher, one);
    } finally {
      await ranker.close();
      await searcher.close();
    }
  };

  it("gives faces that are the person first, each with its chance and the band of that", async () => {
    const spoken = rowsOf(ana).slice(0, 8);
    const found = await asked(job(spoken));
    const hers = found.filter(({ face }) => person[face - 1] === ana);
    expect(hers.length / (rowsOf(ana).length - 8)).toBeGreaterThan(0.9);
    expect(found.slice(0, hers.length - 2).every(({ face }) => person[face - 1] === ana)).toBe(true);
    expect(found.every(({ chance }, at) => chance >= settings.group.suggest.least && chance <= (found[at - 1]?.chance ?? 1))).toBe(true);
    for (const { chance, band } of found) expect(band).toBe(bandOfChance(chance));
    expect([0.95, 0.6, 0.3, 0.1].map(bandOfChance)).toEqual(["sure", "fairly-sure", "not-sure", "guess"]);
  });

  it("trusts a likeness less where strangers had more tries at it", () => {
    const chance = (among: number, exemplars: number): number => chanceOf(1e-5, 0.5, true, { among, exemplars });
    expect(chance(10_000, 8)).toBeGreaterThan(chance(100_000, 8));
    expect(chance(10_000, 3)).toBeGreaterThan(chance(10_000, 16));
    // Fewer than was measured promise no more.
    expect(chance(1, 1)).toBe(chance(300, 3));
  });

  it("leaves out what is more like another face of its own group, and what may not be suggested", async () => {
    const spoken = rowsOf(ana).slice(0, 8);
    const [one = 0, two = 0] = rowsOf(ana).slice(8);
    const all = await asked(job(spoken));
    expect(all.map(({ face }) => face)).toEqual(expect.arrayContaining([one + 1, two + 1]));
    const owner = new Int32Array(1500);
    owner[one] = owner[two] = 77;
    // The other one is the very same face: nobody is nearer.
    const twin = vectors.slice();
    twin.set(vectors.subarray(one * d, (one + 1) * d), two * d);
    const left = (await asked(job(spoken, { owner, vectors: twin }))).map(({ face }) => face);
    expect([left.includes(one + 1), left.includes(two + 1)]).toEqual([false, false]);
    const open = (ids: readonly number[]): ReadonlySet<number> => new Set(ids.filter((id) => id !== one + 1));
    expect((await asked(job(spoken, { open }))).map(({ face }) => face)).not.toContain(one + 1);
  });

  it("does not let poor faces speak for the person while there are good ones", async () => {
    const poor = [...person.keys()].filter((row) => seeds[row] === 0);
    const spoken = rowsOf(ana).slice(0, 8);
    const found = await asked(job([...spoken, ...poor.slice(0, 8)]));
    const without = await asked(job(spoken, { skip: job([...spoken, ...poor.slice(0, 8)]).skip }));
    const wrong = (some: readonly SuggestedFace[]): number => some.filter(({ face }) => person[face - 1] !== ana).length;
    expect(wrong(found)).toBeLessThanOrEqual(wrong(without) + 1);
  });

  it("has an answer for nobody, and for vectors that cannot be used", async () => {
    expect(await asked(job([]))).toEqual([]);
    const broken = vectors.slice().fill(NaN, 0, 20 * d);
    const usable = usableRows(broken, d);
    const found = await asked(
      job(rowsOf(ana).slice(0, 8), { vectors: broken, usable, seeds: seeds.map((seed, row) => seed & (usable[row] ?? 0)) }),
    );
    expect(found.every(({ chance, face }) => Number.isFinite(chance) && face > 20)).toBe(true);
  });
});
