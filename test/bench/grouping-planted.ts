import { seededRandom } from "../../electron/engine/4-group/random.ts";
import { dot, normalise } from "../../electron/engine/4-group/vectors.ts";
import { calibrate } from "../../models/calibrate.ts";
import type { Calibration } from "../../electron/engine/types.ts";
import type { LabelledFaces } from "./grouping-library.ts";

export interface Planted extends LabelledFaces {
  readonly calibration: Calibration;
  /** Direction that poor faces lean to. */
  readonly junk: Float32Array;
}

/** Two normal numbers from two uniform ones (Box and Muller 1958). */
function normals(random: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * A library with planted people: heavy-tailed numbers of faces, families whose centres stand at a cosine of .3, faces of varying
 * quality, and 15 % poor ones that lean to one junk direction and have short raw embeddings. Always the same for the same size.
 * Its calibration is measured on its own clean faces, as a pack's would be.
 */
export function plantedLibrary(faces: number, d = 128): Planted {
  const random = seededRandom(faces + d);
  const normal = normals(random);
  const junk = Float32Array.from({ length: d }, normal);
  normalise(junk, 0, d);
  const vectors = new Float32Array(faces * d);
  const person = new Int32Array(faces);
  const norms = new Float32Array(faces);
  const centre = new Float32Array(d);
  const family = new Float32Array(d);
  let row = 0;
  for (let who = 0; row < faces; who++) {
    if (who % 4 === 0) for (let i = 0; i < d; i++) family[i] = normal();
    for (let i = 0; i < d; i++) centre[i] = Math.sqrt(0.3) * (family[i] as number) + Math.sqrt(0.7) * normal();
    normalise(centre, 0, d);
    const size = Math.min(faces - row, Math.ceil(Math.min(faces * 0.05, random() ** -1.1)));
    for (let face = 0; face < size; face++, row++) {
      const poor = random() < 0.15;
      const noise = Math.sqrt((poor ? 1.6 + 2 * random() : 0.2 + 0.45 * random()) / d);
      const lean = poor ? 0.8 + 0.4 * random() : 0;
      for (let i = 0; i < d; i++) vectors[row * d + i] = (centre[i] as number) + noise * normal() + lean * (junk[i] as number);
      normalise(vectors, row * d, d);
      person[row] = who;
      norms[row] = poor ? 48 + 4 * normal() : 72 + 6 * normal();
    }
  }
  const dataset = { name: `planted people, ${faces} faces`, dimensions: d, vectors, person, norms, names: [], junk };
  return { ...dataset, calibration: calibrate(cleanSample(dataset, 4000)) };
}

function cleanSample({ name, dimensions: d, vectors, person, norms }: LabelledFaces, most: number): LabelledFaces {
  const rows: number[] = [];
  for (let row = 0; row < person.length && rows.length < most; row++) if ((norms[row] as number) > 60) rows.push(row);
  const picked = new Float32Array(rows.length * d);
  for (const [place, row] of rows.entries()) picked.set(vectors.subarray(row * d, (row + 1) * d), place * d);
  return {
    name,
    dimensions: d,
    vectors: picked,
    person: Int32Array.from(rows, (row) => person[row] ?? 0),
    norms: Float32Array.from(rows, (row) => norms[row] ?? 0),
    names: [],
  };
}

/**
 * The same faces, every seventh severely degraded as crops seen at 14 to 26 pixels are (measured with the shipped pack): a cosine of
 * about .38 to the clean face, of .20 among strangers, and raw embeddings the shorter the less is left of the person.
 */
export function degrade(
  faces: LabelledFaces,
  share = 0.15,
): { readonly faces: LabelledFaces; readonly degraded: Uint8Array; readonly junk: Float32Array } {
  const { dimensions: d } = faces;
  const random = seededRandom(faces.person.length);
  const normal = normals(random);
  const junk = Float32Array.from({ length: d }, normal);
  normalise(junk, 0, d);
  const vectors = faces.vectors.slice();
  const norms = faces.norms.slice();
  const degraded = new Uint8Array(norms.length);
  for (let row = 0; row < norms.length; row++) {
    if (random() >= share) continue;
    degraded[row] = 1;
    const left = Math.min(0.75, Math.max(0, 0.38 + 0.2 * normal()));
    const lean = Math.min(0.9, Math.max(0, 0.75 - 0.85 * left + 0.12 * normal()));
    const noise = Math.sqrt(Math.max(0.1, 1 - left ** 2 - lean ** 2) / d);
    for (let i = 0; i < d; i++) {
      vectors[row * d + i] = left * (faces.vectors[row * d + i] as number) + lean * (junk[i] as number) + noise * normal();
    }
    normalise(vectors, row * d, d);
    norms[row] = 32 + 38 * left + 4 * normal();
  }
  return { faces: { ...faces, name: `${faces.name}, ${share * 100} % degraded`, vectors, norms }, degraded, junk };
}

/** The people most like each other, as a family library would have: the `count` nearest to one of them among those with enough faces. */
export function lookAlikes(faces: LabelledFaces, count = 32, fewest = 5): LabelledFaces {
  const { dimensions: d, person } = faces;
  const rowsOf = new Map<number, number[]>();
  for (const [row, who] of person.entries()) rowsOf.set(who, [...(rowsOf.get(who) ?? []), row]);
  const people = [...rowsOf.values()].filter((rows) => rows.length >= fewest);
  const centres = people.map((rows) => {
    const sum = new Float32Array(d);
    for (const row of rows) for (let i = 0; i < d; i++) sum[i] = (sum[i] as number) + (faces.vectors[row * d + i] as number);
    normalise(sum, 0, d);
    return sum;
  });
  const near = centres.map((one) =>
    centres
      .map((other, place) => ({ place, alike: dot(one, 0, other, 0, d) }))
      .sort((a, b) => b.alike - a.alike)
      .slice(0, count),
  );
  const tightness = near.map((list) => list.reduce((sum, { alike }) => sum + alike, 0));
  const best = near[tightness.indexOf(Math.max(...tightness))] ?? [];
  const rows = best.flatMap(({ place }) => people[place] ?? []).sort((a, b) => a - b);
  return pickRows(faces, rows, `${faces.name}, ${count} look-alikes`);
}

/** Some of the faces. */
export function pickRows(faces: LabelledFaces, rows: readonly number[], name = faces.name): LabelledFaces {
  const { dimensions: d } = faces;
  const vectors = new Float32Array(rows.length * d);
  for (const [place, row] of rows.entries()) vectors.set(faces.vectors.subarray(row * d, (row + 1) * d), place * d);
  const pick = (list: ArrayLike<number>): number[] => rows.map((row) => list[row] ?? 0);
  return {
    name,
    dimensions: d,
    vectors,
    person: Int32Array.from(pick(faces.person)),
    norms: Float32Array.from(pick(faces.norms)),
    names: faces.names,
  };
}

/** Whole people, in an order that does not depend on their size, until there are about `most` faces. */
export function sampleOfPeopleRows(faces: LabelledFaces, most: number): number[] {
  const random = seededRandom(most);
  const key = new Map<number, number>();
  for (const who of faces.person) if (!key.has(who)) key.set(who, random());
  const rows = Array.from(faces.person, (_, row) => row).sort(
    (a, b) => (key.get(faces.person[a] ?? 0) ?? 0) - (key.get(faces.person[b] ?? 0) ?? 0) || a - b,
  );
  return rows.slice(0, most);
}
