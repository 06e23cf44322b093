import { describe, expect, it } from "vitest";
import { finishExactly } from "../../../electron/engine/4-group/finish-exactly.ts";
import { bringUpToDate, tableOf, type NeighbourJob, type NeighbourTable } from "../../../electron/engine/4-group/neighbour-table.ts";
import { openSearcher } from "../../../electron/engine/4-group/neighbours.ts";
import { step } from "../../../electron/engine/4-group/steps.ts";
import { dot } from "../../../electron/engine/4-group/vectors.ts";
import { planted } from "./planted.ts";

const faces = planted(1200);
const d = faces.dimensions;
const steps = step({}, "", 0, 1);

function job(rows: readonly number[], before: NeighbourTable | null, change: Partial<NeighbourJob> = {}): NeighbourJob {
  const vectors = new Float32Array(rows.length * d);
  for (const [place, row] of rows.entries()) vectors.set(faces.vectors.subarray(row * d, (row + 1) * d), place * d);
  const ones = new Uint8Array(rows.length).fill(1);
  return {
    key: "pack 1",
    faces: Int32Array.from(rows, (row) => row + 1),
    vectors,
    dimensions: d,
    usable: ones,
    seeds: ones,
    before,
    coarse: false,
    ...change,
  };
}
async function run(one: NeighbourJob): Promise<NeighbourTable> {
  const searcher = await openSearcher();
  try {
    return tableOf(one, await bringUpToDate(searcher, one, steps));
  } finally {
    await searcher.close();
  }
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe("neighbours", () => {
  it("are those that comparing every pair finds", async () => {
    const table = await run(job(range(0, 400), null));
    for (const row of [0, 17, 399]) {
      const all = range(0, 400)
        .filter((other) => other !== row)
        .map((other) => ({ other, cosine: dot(faces.vectors, row * d, faces.vectors, other * d, d) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, 16);
      expect([...table.neighbours.subarray(row * 16, row * 16 + 16)]).toEqual(all.map(({ other }) => other + 1));
      expect(table.similarity[row * 16]).toBeCloseTo(all[0]?.cosine ?? 0, 5);
    }
  });

  it("brought up to date equal those found from nothing, with faces added and taken away", async () => {
    const first = await run(job(range(0, 700), null));
    const rows = [...range(20, 700), ...range(700, 900)];
    const after = await run(job(rows, first));
    const anew = await run(job(rows, null));
    let same = 0;
    for (let i = 0; i < after.neighbours.length; i += 16) if (after.neighbours[i] === anew.neighbours[i]) same++;
    // The nearest is always right; further down a row may be one short for each face that was taken away.
    expect(same).toBe(rows.length);
    const more = await run(job(range(0, 900), first));
    const all = await run(job(range(0, 900), null));
    expect(more.neighbours).toEqual(all.neighbours);
  });

  it("of another pack are thrown away", async () => {
    const first = await run(job(range(0, 100), null));
    const wrong = { ...first, similarity: first.similarity.map(() => 0.99), key: "pack 2" };
    expect((await run(job(range(0, 100), wrong))).similarity).toEqual(first.similarity);
  });

  it("may be poor faces' but never are poor faces", async () => {
    const seeds = Uint8Array.from(range(0, 200), (row) => (row % 3 === 0 ? 0 : 1));
    const table = await run(job(range(0, 200), null, { seeds }));
    expect([...table.neighbours].some((face) => face > 0 && (face - 1) % 3 === 0)).toBe(false);
    expect(table.neighbours[0]).toBeGreaterThan(0);
  });

  it("from coarse lists find most, and are finished exactly afterwards", async () => {
    const exact = await run(job(range(0, 1200), null));
    const coarse = await run(job(range(0, 1200), null, { coarse: true, exactUpTo: 10 }));
    const shared = coarse.neighbours.filter((face, slot) => face === exact.neighbours[slot]).length / exact.neighbours.length;
    expect(shared).toBeGreaterThan(0.9);
    expect(coarse.exact.every((is) => is === 0)).toBe(true);
    const searcher = await openSearcher();
    const usable = new Uint8Array(1200).fill(1);
    const rest = { table: coarse, vectors: job(range(0, 1200), null).vectors, dimensions: d, usable };
    const untouched = coarse.neighbours.slice();
    const cancelled = finishExactly(searcher, rest, 500, step({ isCancelled: () => true }, "", 0, 1));
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(coarse.neighbours).toEqual(untouched);
    const part = await finishExactly(searcher, rest, 500, steps);
    expect([part.faces.length, part.left, part.all]).toEqual([500, 700, 1200]);
    expect(coarse.exact.reduce((sum, is) => sum + is, 0)).toBe(500);
    expect((await finishExactly(searcher, rest, 5000, steps)).left).toBe(0);
    await searcher.close();
    expect(coarse.neighbours).toEqual(exact.neighbours);
    for (const slot of [0, 16 * 600, 16 * 1200 - 1]) expect(coarse.similarity[slot]).toBeCloseTo(exact.similarity[slot] ?? 0, 5);
  });
});
