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

/** The most confusable pairs of people with enough faces; every other face of each is held out. */
export function choosePeople({ vectors, dimensions: d, person }: ConfirmedFaces): MetricTrial {
  const { fewestFaces, pairs: most, facesEach } = settings.group.metric;
  const rowsOf = new Map<number, number[]>();
  for (const [row, who] of person.entries()) rowsOf.set(who, [...(rowsOf.get(who) ?? []), row]);
  const people = [...rowsOf].filter(([, rows]) => rows.length >= fewestFaces).sort((a, b) => a[0] - b[0]);
  const centres = people.map(([, rows]) => {
    const centre = new Float32Array(d);
    for (const row of rows) addTo(centre, 0, vectors, row * d, d);
    normalise(centre, 0, d);
    return centre;
  });
  const pairs: { a: number; b: number; alike: number }[] = [];
  for (let a = 0; a < people.length; a++) {
    for (let b = a + 1; b < people.length; b++)
      pairs.push({ a, b, alike: dot(centres[a] as Float32Array, 0, centres[b] as Float32Array, 0, d) });
  }
  pairs.sort((x, y) => y.alike - x.alike || x.a - y.a || x.b - y.b);
  const chosen = new Set(pairs.slice(0, most).flatMap(({ a, b }) => [a, b]));
  const train: number[] = [];
  const heldOut: number[] = [];
  for (const place of [...chosen].sort((a, b) => a - b)) {
    for (const [i, row] of (people[place]?.[1] ?? []).slice(0, 2 * facesEach).entries()) (i % 2 === 0 ? train : heldOut).push(row);
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
