import { settings } from "../settings.ts";
import type { Calibration } from "../types.ts";
import { guardedHdbscan } from "./guarded-hdbscan.ts";
import { mergeBar, type MergeBar } from "./merge-bar.ts";
import { seededRandom } from "./random.ts";
import { sphericalMeans } from "./spherical-means.ts";
import { addTo, dot, gatherRows, usableRows } from "./vectors.ts";

export interface FacesOfOne {
  /** Unit vectors, row-major. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly calibration: Calibration;
  readonly alpha: number;
  /** Faces in the library: the bar depends on it. */
  readonly libraryFaces: number;
}
export interface Split {
  /** Part of each face, 0 the largest; every usable face has one, others are in part 0. */
  readonly part: Int32Array;
  readonly parts: number;
  /** The machine itself sees more than one person. */
  readonly mixed: boolean;
}

/** Whether a group holds more than one person: hdbscan's cores, joined where [Note: z-link] says they are one. At most `sample` faces are looked at. */
export function isMixed(faces: FacesOfOne, sample: number = settings.group.mixedSample): boolean {
  const rows = usable(faces);
  if (rows.length < settings.group.mixedMinimum) return false;
  return coresOf(faces, sampleOf(rows, Math.min(sample, settings.group.mixedSample))).length > 1;
}

/**
 * Proposes two to four parts. Without `parts`: as many as hdbscan's cores say, two by spherical 2-means where it sees one.
 * With `parts` (2..4): that many. A proposal only: nothing is applied.
 */
export function splitPerson(faces: FacesOfOne, parts?: number): Split {
  const rows = usable(faces);
  const total = faces.vectors.length / faces.dimensions;
  if (rows.length < 2) return { part: new Int32Array(total), parts: 1, mixed: false };
  const cores = rows.length < settings.group.mixedMinimum ? [] : coresOf(faces, sampleOf(rows, settings.group.splitSample));
  const mixed = cores.length > 1;
  const wanted = Math.min(parts ?? Math.max(2, cores.length), settings.group.mostParts, rows.length);
  const d = faces.dimensions;
  const centres = cores.length >= wanted ? centresOf(faces, cores.slice(0, wanted)) : null;
  const found = centres === null ? sphericalMeans(gatherRows(faces.vectors, d, rows), d, wanted) : nearestOf(faces, rows, centres, wanted);
  const part = new Int32Array(total);
  const order = bySize(found, wanted);
  for (const [place, row] of rows.entries()) part[row] = order[found[place] as number] as number;
  return { part, parts: new Set(found).size, mixed };
}

function usable({ vectors, dimensions }: FacesOfOne): Int32Array {
  const good = usableRows(vectors, dimensions);
  return Int32Array.from({ length: good.length }, (_, row) => row).filter((row) => good[row] === 1);
}

/** An even, repeatable sample. */
function sampleOf(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  const random = seededRandom(rows.length);
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor(((i + random()) * rows.length) / most)] as number);
}

/** Cores as lists of rows, largest first. */
function coresOf(faces: FacesOfOne, rows: Int32Array): number[][] {
  const { vectors, dimensions: d } = faces;
  const labels = guardedHdbscan(Array.from(rows, (row) => vectors.slice(row * d, (row + 1) * d)));
  const cores: number[][] = [];
  for (const [place, row] of rows.entries()) {
    const label = labels[place] as number;
    if (label >= 0) (cores[label] ??= []).push(row);
  }
  return joinCores(
    faces,
    cores.filter((core) => core.length > 0),
    mergeBar(faces.calibration, faces.alpha, faces.libraryFaces),
  );
}

/** Joins the pair that stands highest over the bar until none does. */
function joinCores(faces: FacesOfOne, cores: number[][], bar: MergeBar): number[][] {
  const { dimensions: d } = faces;
  let list = cores;
  for (;;) {
    const sums = list.map((core) => sumOf(faces, core));
    let best: readonly [number, number] | null = null;
    let highest = 0;
    for (let a = 0; a < list.length; a++) {
      for (let b = a + 1; b < list.length; b++) {
        const [m, n] = [list[a]?.length ?? 1, list[b]?.length ?? 1];
        const z = bar(m, n, dot(sums[a] as Float32Array, 0, sums[b] as Float32Array, 0, d) / (m * n));
        if (z >= highest) [best, highest] = [[a, b], z];
      }
    }
    if (best === null) return list.sort((x, y) => y.length - x.length);
    const [a, b] = best;
    list = [...list.filter((_, place) => place !== a && place !== b), [...(list[a] ?? []), ...(list[b] ?? [])]];
  }
}

function sumOf({ vectors, dimensions }: FacesOfOne, rows: readonly number[]): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const row of rows) addTo(sum, 0, vectors, row * dimensions, dimensions);
  return sum;
}

/** Mean vectors, not of unit length: a row's dot product with one is its mean cosine with the core's faces. */
function centresOf(faces: FacesOfOne, cores: readonly number[][]): Float32Array {
  const d = faces.dimensions;
  const centres = new Float32Array(cores.length * d);
  for (const [place, core] of cores.entries())
    centres.set(
      sumOf(faces, core).map((value) => value / core.length),
      place * d,
    );
  return centres;
}

function nearestOf(faces: FacesOfOne, rows: Int32Array, centres: Float32Array, count: number): Int32Array {
  const d = faces.dimensions;
  return rows.map((row) => {
    let best = 0;
    let highest = -Infinity;
    for (let centre = 0; centre < count; centre++) {
      const cosine = dot(faces.vectors, row * d, centres, centre * d, d);
      if (cosine > highest) [best, highest] = [centre, cosine];
    }
    return best;
  });
}

/** Old part number -> new one, largest first. */
function bySize(found: Int32Array, count: number): number[] {
  const sizes = Array.from({ length: count }, (_, part) => found.reduce((sum, at) => sum + (at === part ? 1 : 0), 0));
  const order = sizes.map((_, part) => part).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const place: number[] = [];
  for (const [to, from] of order.entries()) place[from] = to;
  return place;
}
