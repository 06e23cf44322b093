import { describe, expect, it } from "vitest";
import { Clusters } from "../../../electron/engine/4-group/clusters.ts";
import { groupFaces } from "../../../electron/engine/4-group/group-faces.ts";
import { link } from "../../../electron/engine/4-group/link.ts";
import { constantBar } from "../../../electron/engine/4-group/merge-bar.ts";
import { emptyNeighbours, openSearcher, searchExactly } from "../../../electron/engine/4-group/neighbours.ts";
import { seededRandom } from "../../../electron/engine/4-group/random.ts";
import { Guard } from "../../../electron/engine/4-group/rules.ts";
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

async function lazily(faces: LabelledFaces, cosine: number): Promise<Int32Array> {
  const n = faces.person.length;
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  const neighbours = emptyNeighbours(n, 64);
  const searcher = await openSearcher();
  await searchExactly(searcher, faces.vectors, faces.dimensions, rows, rows, neighbours, step({}, "", 0, 1));
  await searcher.close();
  const seeds = new Uint8Array(n).fill(1);
  const clusters = new Clusters(faces.vectors, faces.dimensions, seeds);
  const none = { person: new Int32Array(n), takenAt: new Float64Array(n).fill(NaN), companions: new Map(), owner: new Int32Array(n) };
  const guard = new Guard(clusters, { ...none, acted: new Set(), rejected: [], neverMerge: [], birthdays: new Map() });
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
