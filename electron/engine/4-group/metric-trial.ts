import { settings } from "../settings.ts";
import { addTo, dot, normalise } from "./vectors.ts";

/** Faces that somebody confirmed, good ones only. */
export interface ConfirmedFaces {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly person: Int32Array;
}
/** Rows to train on and rows to measure on, of the people most easily taken for each other. */
export interface MetricTrial {
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
  readonly people: number;
}

/** Two people, with the rows of each. */
export interface ConfusablePair {
  readonly a: { readonly id: number; readonly rows: readonly number[] };
  readonly b: { readonly id: number; readonly rows: readonly number[] };
}

/** The pairs of people with enough faces that are most easily taken for each other, most alike first. */
export function confusablePairs({ vectors, dimensions: d, person }: ConfirmedFaces): ConfusablePair[] {
  const { fewestFaces, pairs: most } = settings.group.metric;
  const rowsOf = new Map<number, number[]>();
  for (const [row, who] of person.entries()) {
    const rows = rowsOf.get(who);
    if (rows) rows.push(row);
    else rowsOf.set(who, [row]);
  }
  const people = [...rowsOf]
    .filter(([, rows]) => rows.length >= fewestFaces)
    .sort((a, b) => a[0] - b[0])
    .map(([id, rows]) => {
      const centre = new Float32Array(d);
      for (const row of rows) addTo(centre, 0, vectors, row * d, d);
      normalise(centre, 0, d);
      return { id, rows, centre };
    });
  const pairs = people.flatMap((a, place) => people.slice(place + 1).map((b) => ({ a, b, alike: dot(a.centre, 0, b.centre, 0, d) })));
  return pairs.sort((x, y) => y.alike - x.alike || x.a.id - y.a.id || x.b.id - y.b.id).slice(0, most);
}

/** Rows of the most confusable pairs of people; every other face of each is held out. */
export function choosePeople(faces: ConfirmedFaces): MetricTrial {
  const chosen = new Map(confusablePairs(faces).flatMap(({ a, b }) => [a, b].map((one) => [one.id, one.rows] as const)));
  const train: number[] = [];
  const heldOut: number[] = [];
  for (const [, rows] of [...chosen].sort((a, b) => a[0] - b[0])) {
    for (const [i, row] of rows.slice(0, 2 * settings.group.metric.facesEach).entries()) (i % 2 === 0 ? train : heldOut).push(row);
  }
  return { train: Int32Array.from(train), heldOut: Int32Array.from(heldOut), people: chosen.size };
}

/** Share of the pairs of one person that are more alike than all but 1 % of the pairs of different people. */
export function trueAccepts(
  vectors: Float32Array,
  d: number,
  person: Int32Array,
  far = 0.01,
): { readonly share: number; readonly pairs: number } {
  const same: number[] = [];
  const different: number[] = [];
  for (let a = 0; a < person.length; a++) {
    for (let b = a + 1; b < person.length; b++) {
      (person[a] === person[b] ? same : different).push(dot(vectors, a * d, vectors, b * d, d));
    }
  }
  const bound = Float32Array.from(different).sort()[Math.ceil((1 - far) * different.length) - 1] ?? 1;
  return { share: same.length ? same.filter((cosine) => cosine > bound).length / same.length : NaN, pairs: same.length };
}
