import { HDBSCAN } from "hdbscan-ts";
import { openSearcher, type NeighbourRows } from "../../electron/engine/4-group/neighbours.ts";
import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { addTo, dot, normalise } from "../../electron/engine/4-group/vectors.ts";
import type { LabelledFaces } from "./grouping-library.ts";
import { pickRows, sampleOfPeopleRows } from "./grouping-planted.ts";
import { scoreGrouping, type GroupingScores } from "./grouping-scores.ts";

export type Yardstick = GroupingScores & { readonly setting: string; readonly seconds: number };

/** Cosines tried for each yardstick; the one with the best BCubed F on these very faces is reported, which flatters them. */
const thresholds = Array.from({ length: 22 }, (_, i) => 0.36 + 0.02 * i);

async function timed(setting: string, person: Int32Array, run: () => Int32Array | Promise<Int32Array>): Promise<Yardstick> {
  const began = performance.now();
  const label = await run();
  return { ...scoreGrouping(label, person), setting, seconds: (performance.now() - began) / 1000 };
}
async function best(person: Int32Array, name: string, run: (cosine: number) => Int32Array): Promise<Yardstick> {
  const all: Yardstick[] = [];
  for (const cosine of thresholds) all.push(await timed(`${name} ${cosine.toFixed(2)}`, person, () => run(cosine)));
  return all.reduce((most, one) => (one.bcubedF > most.bcubedF ? one : most));
}

/** Single link: everything connected above a cosine is one person. */
export function singleLink({ k, index, similarity }: NeighbourRows, cosine: number): Int32Array {
  const parent = Int32Array.from({ length: index.length / k }, (_, row) => row);
  const find = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  for (let slot = 0; slot < index.length; slot++) {
    const other = index[slot] as number;
    if (other >= 0 && (similarity[slot] as number) >= cosine) parent[find(Math.floor(slot / k))] = find(other);
  }
  return parent.map((_, row) => find(row) + 1);
}

/** Chinese whispers (Biemann 2006), twenty rounds in a seeded order. */
export function chineseWhispers({ k, index, similarity }: NeighbourRows, cosine: number): Int32Array {
  const n = index.length / k;
  const edges: { to: number; weight: number }[][] = Array.from({ length: n }, () => []);
  for (let slot = 0; slot < index.length; slot++) {
    const [row, other] = [Math.floor(slot / k), index[slot] as number];
    if (other < 0 || (similarity[slot] as number) < cosine) continue;
    edges[row]?.push({ to: other, weight: similarity[slot] as number });
    edges[other]?.push({ to: row, weight: similarity[slot] as number });
  }
  const label = Int32Array.from({ length: n }, (_, row) => row + 1);
  const random = seededRandom(7);
  const order = Array.from({ length: n }, (_, row) => row);
  for (let round = 0; round < 20; round++) {
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const row of order) {
      const votes = new Map<number, number>();
      for (const { to, weight } of edges[row] ?? []) votes.set(label[to] as number, (votes.get(label[to] as number) ?? 0) + weight);
      let most = 0;
      for (const [name, weight] of votes) if (weight > most) [label[row], most] = [name, weight];
    }
  }
  return label;
}

/** Immich's published rule: a face joins the nearest match that has a person; a face with enough matches starts one; the rest waits and tries once more. */
export function immich({ k, index, similarity }: NeighbourRows, faces: LabelledFaces, cosine: number, minFaces: number): Int32Array {
  const n = index.length / k;
  const label = new Int32Array(n);
  let next = 1;
  const visit = (row: number, deferred: boolean): boolean => {
    const matches: number[] = [];
    for (let slot = row * k; slot < (row + 1) * k; slot++)
      if ((index[slot] as number) >= 0 && (similarity[slot] as number) >= cosine) matches.push(index[slot] as number);
    const core = matches.length + 1 >= minFaces;
    let named = matches.find((other) => label[other] !== 0);
    // Its second search asks the whole library for faces that have a person: a full list may end before them.
    if (named === undefined && core && matches.length === k) named = nearestNamed(faces, label, row, cosine);
    if (named !== undefined && (core || deferred)) label[row] = label[named] as number;
    else if (core) label[row] = next++;
    return label[row] !== 0;
  };
  const waiting: number[] = [];
  for (let row = 0; row < n; row++) if (!visit(row, false)) waiting.push(row);
  for (const row of waiting) visit(row, true);
  return label;
}

function nearestNamed({ vectors, dimensions: d }: LabelledFaces, label: Int32Array, row: number, cosine: number): number | undefined {
  let nearest: number | undefined;
  let least = cosine;
  for (let other = 0; other < label.length; other++) {
    if (label[other] === 0 || other === row) continue;
    const alike = dot(vectors, row * d, vectors, other * d, d);
    if (alike >= least) [nearest, least] = [other, alike];
  }
  return nearest;
}

/** Spherical k-means with as many centres as there are groups to find: what the first version did, given the number it could not know. */
export async function kMeans(faces: LabelledFaces, k: number, rounds = 8): Promise<Int32Array> {
  const { dimensions: d, vectors } = faces;
  const n = faces.person.length;
  const random = seededRandom(k);
  const searcher = await openSearcher(1);
  const centres = new Float32Array(k * d);
  for (let c = 0; c < k; c++) centres.set(vectors.subarray(Math.floor(((c + random()) * n) / k) * d).subarray(0, d), c * d);
  const label = new Int32Array(n);
  for (let round = 0; round < rounds; round++) {
    for (let from = 0; from < n; from += 1024) {
      const { indices } = await searcher.topK(vectors.subarray(from * d, Math.min(n, from + 1024) * d), centres, d, 1);
      for (const [i, centre] of indices.entries()) label[from + i] = Number(centre) + 1;
    }
    const held = new Int32Array(k);
    centres.fill(0);
    for (let row = 0; row < n; row++) {
      const c = (label[row] as number) - 1;
      held[c] = (held[c] as number) + 1;
      addTo(centres, c * d, vectors, row * d, d);
    }
    for (let c = 0; c < k; c++) {
      if (held[c] === 0) addTo(centres, c * d, vectors, Math.floor(random() * n) * d, d);
      normalise(centres, c * d, d);
    }
  }
  await searcher.close();
  return label;
}

/** Plain HDBSCAN through hdbscan-ts on a sample (it is cubic); the best of three settings. */
export async function plainHdbscan(faces: LabelledFaces): Promise<Yardstick> {
  const { dimensions: d, vectors, person } = faces;
  const points = Array.from(person, (_, row) => [...vectors.subarray(row * d, (row + 1) * d)]);
  const all: Yardstick[] = [];
  for (const [minClusterSize, minSamples] of [
    [2, 1],
    [2, 2],
    [3, 2],
  ] as const) {
    const run = (): Int32Array => Int32Array.from(new HDBSCAN({ minClusterSize, minSamples }).fit(points), (label) => label + 1);
    all.push(await timed(`hdbscan-ts ${minClusterSize}/${minSamples} on ${person.length} faces`, person, run));
  }
  return all.reduce((most, one) => (one.bcubedF > most.bcubedF ? one : most));
}

/** Every yardstick on the same faces and the same neighbours. HDBSCAN on a sample of `sample` faces, given back for ours to be run on. */
export async function yardsticks(
  faces: LabelledFaces,
  neighbours: NeighbourRows,
  groups: number,
  sample: number,
): Promise<{ readonly all: Readonly<Record<string, Yardstick>>; readonly sampled: LabelledFaces }> {
  const { person } = faces;
  const sampled = pickRows(faces, sampleOfPeopleRows(faces, sample));
  const tuned2 = await best(person, "two faces,", (cosine) => immich(neighbours, faces, cosine, 2));
  return {
    all: {
      kmeans: await timed(`k = ${groups}`, person, () => kMeans(faces, groups)),
      hdbscan: await plainHdbscan(sampled),
      singleLink: await best(person, "cosine", (cosine) => singleLink(neighbours, cosine)),
      chineseWhispers: await best(person, "cosine", (cosine) => chineseWhispers(neighbours, cosine)),
      immich: tuned2,
      immichPublished: await timed("distance 0.5, three faces", person, () => immich(neighbours, faces, 0.5, 3)),
    },
    sampled,
  };
}
