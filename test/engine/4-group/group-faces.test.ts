import { describe, expect, it } from "vitest";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import { groupRules, type GroupInput, type GroupResult } from "../../../electron/engine/4-group/group-types.ts";
import { openSearcher, type Searcher } from "../../../electron/engine/4-group/neighbours.ts";
import { Problem } from "../../../electron/engine/errors.ts";
import { settings } from "../../../electron/engine/settings.ts";
import { labelledVectorsFolder, readLabelledVectors, readPackCalibration, untouchedLibrary } from "../../bench/grouping-library.ts";
import { adjustedRand, scoreGrouping } from "../../bench/grouping-scores.ts";
import { questionsExperiment } from "../../bench/grouping-experiments.ts";
import { incremental } from "../../bench/grouping-incremental.ts";
import { lookAlikes } from "../../bench/grouping-planted.ts";
import { planted, plantedInput } from "./planted.ts";

async function codeOf(run: Promise<unknown>): Promise<string> {
  const thrown = await run.then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof Problem ? thrown.code : String(thrown);
}
const quick = { checkMixed: false } as const;

describe("groupFaces on planted people", () => {
  it("finds them", async () => {
    const { person } = planted(3000);
    const result = await groupFaces(plantedInput(3000), quick);
    const scores = scoreGrouping(result.personId, person);
    expect(scores.bcubedF).toBeGreaterThan(0.93);
    expect(scores.hard).toBeLessThanOrEqual(3);
    expect(result.setAside).toBe(0);
  });

  it("says of each face how it came there, how alike it is and how sure that is", async () => {
    const result = await groupFaces(plantedInput(1500), quick);
    const rules = new Set([...result.rule].map((rule) => groupRules[rule]));
    expect(rules).toEqual(new Set(["none", "linked", "attached"]));
    for (const [row, id] of result.personId.entries()) {
      expect(Number.isNaN(result.far[row])).toBe(id === 0 || result.similarity[row] === undefined || Number.isNaN(result.similarity[row]));
      if (id === 0) expect(result.rule[row]).toBe(0);
      if (groupRules[result.rule[row] ?? 0] === "attached") expect(result.passed[row]).toBe(0);
    }
  });

  it("keeps every id when nothing has changed, and leaves untouched what it was given", async () => {
    const input = plantedInput(1500);
    const first = await groupFaces(input, quick);
    const again = await groupFaces({ ...input, previous: first.personId, neighbours: first.neighbours }, quick);
    expect(adjustedRand(first.personId, again.personId)).toBeGreaterThan(0.999);
    const alive = new Set(again.personId);
    expect([...new Set(first.personId)].filter((id) => !alive.has(id)).length).toBeLessThanOrEqual(2);
    const anew = await groupFaces({ ...input, previous: first.personId }, { ...quick, mode: "anew" });
    expect(anew.personId).toEqual(first.personId);
    expect(input.previous.every((id) => id === 0)).toBe(true);
  });
});

describe("a poor face", () => {
  /** Four faces of one person along the first axis, a poor one at `cosine` to them, and others as they are given. */
  const input = (cosine: number, others: readonly (readonly [number, number, number])[]): GroupInput => {
    const rows = [...Array.from({ length: 4 }, () => [1, 0, 0] as const), [cosine, Math.sqrt(1 - cosine ** 2), 0] as const, ...others];
    const vectors = Float32Array.from(rows.flat());
    const norms = Float32Array.from(rows, (_, row) => (row === 4 ? 10 : 100));
    const faces = { name: "", dimensions: 3, vectors, person: new Int32Array(rows.length), norms, names: [] };
    return untouchedLibrary(faces, readPackCalibration("mobilefacenet"));
  };
  const rule = async (...args: Parameters<typeof input>): Promise<string> => {
    const result = await groupFaces(input(...args), quick);
    return `${groupRules[result.rule[4] ?? 0] ?? ""}${result.ask.length > 0 ? " asked" : ""}`;
  };
  // A cosine of 0.56 is reached by one in ten thousand; the other one stands at 0.55 to the poor face, and nowhere near the person.
  const rival = [0, 0.664, 0.748] as const;

  it("goes to a person who is far ahead of anybody else, and is asked about where somebody is as near", async () => {
    expect(await rule(0.56, [])).toBe("attached");
    expect(await rule(0.56, [rival])).toBe("none asked");
    // So alike that it needs nobody to be farther.
    expect(await rule(0.62, [rival])).toBe("attached");
    // Alike as one in five hundred: too common, whoever else there is.
    expect(await rule(0.44, [])).toBe("none");
  });
});

describe("groupFaces on bad input", () => {
  const few = (rows: number, change: Partial<GroupInput> = {}): GroupInput => {
    const vectors = new Float32Array(rows * 4);
    for (let row = 0; row < rows; row++) vectors[row * 4] = 1;
    const { calibration } = planted(1500);
    const dataset = { name: "", dimensions: 4, vectors, person: new Int32Array(rows), norms: new Float32Array(rows).fill(100), names: [] };
    return untouchedLibrary(dataset, calibration, change);
  };

  it("has an answer for no face and for one", async () => {
    expect((await groupFaces(few(0))).personId.length).toBe(0);
    const one = await groupFaces(few(1));
    expect([...one.personId]).toEqual([0]);
    expect([...(await groupFaces(few(1, { confirmed: Int32Array.of(7) }))).personId]).toEqual([7]);
  });

  it("makes one person of fifty thousand identical faces", async () => {
    const result = await groupFaces(few(50_000), { checkMixed: true });
    expect(new Set(result.personId).size).toBe(1);
    expect(result.personId[0]).not.toBe(0);
  });

  it("compares copies of one picture in a very large library with some of each other, not all with all, and they are one person still", async () => {
    const searcher = await openSearcher();
    let pairs = 0;
    const counting: Searcher = {
      ...searcher,
      topK(rows, columns, d, k) {
        pairs += (rows.length / d) * (columns.length / d);
        return searcher.topK(rows, columns, d, k);
      },
    };
    const n = 40_000;
    const result = await groupFaces(few(n), { searcher: counting, exactUpTo: 1000, checkMixed: false });
    await searcher.close();
    expect(new Set(result.personId).size).toBe(1);
    expect(result.personId[0]).not.toBe(0);
    const { longest, common } = settings.group.lists;
    // Placing the lists takes its share of each face too.
    expect(pairs).toBeLessThan(n * (longest + common) + 10 * n * (n / 64));
    expect(pairs).toBeLessThan((n * n) / 2);
  });

  it("sets NaN, zero and foreign vectors aside, and a person's word on them still holds", async () => {
    const input = few(6, { confirmed: Int32Array.of(0, 5, 0, 0, 0, 0) });
    input.vectors.set([NaN, 0, 0, 0], 4);
    input.vectors.fill(0, 8, 12);
    input.vectors[12] = 37;
    const result = await groupFaces(input);
    expect(result.setAside).toBe(3);
    expect([...result.personId.subarray(1, 4)]).toEqual([5, 0, 0]);
    expect(new Set([...result.personId].filter((_, row) => row === 0 || row > 3)).size).toBe(1);
  });

  it("refuses packs without a table, vectors of two packs, lists that do not fit and faces that come twice", async () => {
    expect(await codeOf(groupFaces(few(3, { calibration: null })))).toBe("pack-uncalibrated");
    const { calibration } = planted(1500);
    expect(await codeOf(groupFaces(few(3, { calibration: { ...calibration, farTable: [] } })))).toBe("pack-uncalibrated");
    expect(await codeOf(groupFaces({ ...few(3), vectors: new Float32Array(13) }))).toBe("model-mismatch");
    expect(await codeOf(groupFaces(few(3, { norms: new Float32Array(2) })))).toBe("bad-request");
    expect(await codeOf(groupFaces(few(2, { faceIds: Int32Array.of(4, 4) })))).toBe("bad-request");
  });

  it("stops when cancelled, at any point, without having given out an id", async () => {
    let given = 0;
    const input = plantedInput(1500, { nextId: () => ++given });
    for (const after of [0, 1, 3, 6]) {
      let asked = 0;
      expect(await codeOf(groupFaces(input, { isCancelled: () => asked++ >= after }))).toBe("cancelled");
    }
    expect(given).toBe(0);
  });

  it("says how far it is, never backwards", async () => {
    const shares: number[] = [];
    await groupFaces(plantedInput(1500), { onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(3);
    expect(shares.every((share, at) => share >= (shares[at - 1] ?? 0) && share <= 1)).toBe(true);
  });
});

const folder = labelledVectorsFolder();
describe.skipIf(folder === null)("groupFaces on real faces (needs ../shared/vectors)", () => {
  const faces = readLabelledVectors(folder);
  const calibration = readPackCalibration("mobilefacenet");
  const run = (alpha: number): Promise<GroupResult> => groupFaces(untouchedLibrary(faces, calibration, { alpha }), quick);

  it("stays over the bars at the setting that ships", async () => {
    const scores = scoreGrouping((await run(0.05)).personId, faces.person);
    expect(scores.bcubedF).toBeGreaterThanOrEqual(0.98);
    expect(scores.hard).toBeLessThanOrEqual(3);
    expect(scores.mixed).toBeLessThanOrEqual(12);
  });

  it("stays over the bars when set more daring", async () => {
    const scores = scoreGrouping((await run(0.1)).personId, faces.person);
    expect(scores.bcubedF).toBeGreaterThanOrEqual(0.98);
    expect(scores.hard).toBeLessThanOrEqual(5);
  });

  it("does as well on the people most like each other", async () => {
    const alike = lookAlikes(faces);
    const scores = scoreGrouping((await groupFaces(untouchedLibrary(alike, calibration), quick)).personId, alike.person);
    expect(scores.bcubedF).toBeGreaterThanOrEqual(0.95);
    expect(scores.hard).toBe(0);
  });

  it("in batches comes to what all at once does, keeps ids and never moves a confirmed face", async () => {
    const figures = await incremental(faces, calibration);
    expect(figures.ariToAllAtOnce).toBeGreaterThanOrEqual(0.995);
    expect(figures.idsKept).toBeGreaterThanOrEqual(0.99);
    expect(figures.confirmedChanged).toBe(0);
    // A folder goes away and comes back.
    expect(figures.ariAfterRemoval).toBeGreaterThanOrEqual(0.995);
    expect(figures.ariAfterReturn).toBeGreaterThanOrEqual(0.995);
    expect(figures.idsAfterReturn).toBeGreaterThanOrEqual(0.99);
  });

  it("asks first what settles most", async () => {
    const { byGain, random } = await questionsExperiment(faces, calibration, 20);
    const rise = (scores: readonly number[]): number => (scores.at(-1) ?? 0) - (scores[0] ?? 0);
    expect(rise(byGain)).toBeGreaterThan(0);
    expect(rise(byGain)).toBeGreaterThanOrEqual(2 * rise(random));
  });
});
