import { describe, expect, it } from "vitest";
import { Clusters } from "../../../electron/engine/4-group/clusters.ts";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import { link } from "../../../electron/engine/4-group/link.ts";
import { constantBar } from "../../../electron/engine/4-group/merge-bar.ts";
import { emptyNeighbours, openSearcher, searchExactly } from "../../../electron/engine/4-group/neighbours.ts";
import { seededRandom } from "../../../electron/engine/4-group/random.ts";
import { Guard, type LinkRules } from "../../../electron/engine/4-group/rules.ts";
import { step } from "../../../electron/engine/4-group/steps.ts";
import { dot } from "../../../electron/engine/4-group/vectors.ts";
import { labelledVectorsFolder, readLabelledVectors, type LabelledFaces } from "../../bench/grouping-library.ts";
import { pickRows, sampleOfPeopleRows } from "../../bench/grouping-planted.ts";
import { partition, permuted, planted, plantedInput } from "./planted.ts";

/** Average linkage by the book: the whole matrix, the best pair of all, every time. */
function bruteForce({ vectors, dimensions: d, person }: LabelledFaces, cosine: number): Int32Array {
  const n = person.length;
  const total = Array.from({ length: n }, (_, a) => Float64Array.from({ length: n }, (__, b) => dot(vectors, a * d, vectors, b * d, d)));
  const groups = new Map<number, number[]>(Array.from({ length: n }, (_, row) => [row, [row]]));
  for (;;) {
    let best: readonly [number, number] | null = null;
    let highest = cosine;
    for (const [a, rows] of groups) {
      for (const [b, others] of groups) {
        if (b <= a) continue;
        const average = (total[a]?.[b] ?? 0) / (rows.length * others.length);
        if (average >= highest) [best, highest] = [[a, b], average];
      }
    }
    if (best === null) break;
    const [a, b] = best;
    for (let other = 0; other < n; other++) {
      const sum = (total[a]?.[other] ?? 0) + (total[b]?.[other] ?? 0);
      (total[a] as Float64Array)[other] = sum;
      (total[other] as Float64Array)[a] = sum;
    }
    groups.set(a, [...(groups.get(a) ?? []), ...(groups.get(b) ?? [])]);
    groups.delete(b);
  }
  const label = new Int32Array(n);
  for (const [name, rows] of groups) for (const row of rows) label[row] = name + 1;
  return label;
}

/** Nothing said of `n` faces. */
function silence(n: number): LinkRules {
  const [person, owner, former] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
  const takenAt = new Float64Array(n).fill(NaN);
  const sets = { acted: new Set<number>(), named: new Set<number>(), birthdays: new Map<number, number>() };
  return { person, takenAt, companions: new Map(), owner, former, ...sets, rejected: [], neverMerge: [] };
}

async function lazily(faces: LabelledFaces, cosine: number): Promise<Int32Array> {
  const n = faces.person.length;
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  const neighbours = emptyNeighbours(n, 64);
  const searcher = await openSearcher();
  await searchExactly(searcher, faces.vectors, faces.dimensions, rows, rows, neighbours, step({}, "", 0, 1));
  await searcher.close();
  const seeds = new Uint8Array(n).fill(1);
  const clusters = new Clusters(faces.vectors, faces.dimensions, seeds);
  const guard = new Guard(clusters, silence(n));
  await link({ clusters, guard, neighbours, seeds, bar: constantBar(cosine), floor: 0.05, fresh: null }, step({}, "", 0, 1));
  return clusters.label.map((label) => label + 1);
}

describe("link", () => {
  const folder = labelledVectorsFolder();

  it("with one threshold is average linkage: planted faces", async () => {
    const faces = pickRows(
      planted(2000),
      Array.from({ length: 300 }, (_, row) => row),
    );
    const ids = Int32Array.from(faces.person, (_, row) => row + 1);
    for (const cosine of [0.4, 0.5]) expect(partition(ids, await lazily(faces, cosine))).toEqual(partition(ids, bruteForce(faces, cosine)));
  });

  it.skipIf(folder === null)("with one threshold is average linkage: 500 real faces (needs ../shared)", async () => {
    const all = readLabelledVectors(folder ?? "");
    const faces = pickRows(all, sampleOfPeopleRows(all, 500));
    const ids = Int32Array.from(faces.person, (_, row) => row + 1);
    expect(partition(ids, await lazily(faces, 0.44))).toEqual(partition(ids, bruteForce(faces, 0.44)));
  });

  it("gives the same groups, ids and all, whatever the order of the faces", async () => {
    const input = plantedInput(1500);
    const random = seededRandom(5);
    const order = Array.from(input.faceIds, (_, row) => row).sort(() => random() - 0.5);
    let next = 1_000_000_000;
    const one = await groupFaces(input);
    const two = await groupFaces({ ...permuted(input, order), nextId: () => next++ });
    expect(order.map((from) => one.personId[from])).toEqual([...two.personId]);
    expect(two.questions).toEqual(one.questions);
  });
});

describe("Guard", () => {
  it("keeps what was said of a group with each of its faces, also when it is put out", () => {
    const vectors = Float32Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 1 : 0));
    const clusters = new Clusters(vectors, 2, new Uint8Array(6).fill(1));
    // Rows 0 and 1 are group 7, row 5 is group 8; 7 and 8 are two people.
    const owner = Int32Array.of(7, 7, 0, 0, 0, 8);
    const guard = new Guard(clusters, { ...silence(6), owner, former: owner, acted: new Set([7, 8]), neverMerge: [[7, 8]] });
    const join = (a: number, b: number): void => {
      const [p, q] = [clusters.label[a] ?? 0, clusters.label[b] ?? 0];
      const into = clusters.merge(p, q);
      guard.merged(into, into === p ? q : p);
    };
    const verdict = (a: number, b: number): string => guard.verdict(clusters.label[a] ?? 0, clusters.label[b] ?? 0).kind;
    join(0, 1);
    join(0, 2);
    guard.evict(0);
    guard.evict(1);
    // Rows put out are group 7's still; what they leave behind is nobody's.
    expect([verdict(0, 5), verdict(1, 5), verdict(2, 5)]).toEqual(["never", "never", "free"]);
    expect(guard.personOf(clusters.label[2] ?? 0)).toBe(0);
    join(0, 3);
    expect(verdict(3, 5)).toBe("never");
  });

  it("lets a person be asked about two that are not both named", () => {
    const clusters = new Clusters(Float32Array.of(1, 1), 1, new Uint8Array(2).fill(1));
    const owner = Int32Array.of(7, 8);
    const guardOf = (named: readonly number[]): Guard =>
      new Guard(clusters, { ...silence(2), owner, former: owner, acted: new Set([7, 8]), named: new Set(named) });
    expect(guardOf([7]).verdict(0, 1).kind).toBe("never");
    expect([guardOf([]).mayAsk(0, 1), guardOf([7]).mayAsk(0, 1), guardOf([7, 8]).mayAsk(0, 1)]).toEqual([true, true, false]);
  });
});
