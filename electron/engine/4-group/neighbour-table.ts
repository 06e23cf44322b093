import { settings } from "../settings.ts";
import { searchByLists } from "./coarse-lists.ts";
import { emptyNeighbours, searchExactly, searchNewcomers, type NeighbourRows, type Searcher } from "./neighbours.ts";
import { part, type Steps } from "./steps.ts";

/**
 * Neighbours as they are kept between runs, in face ids so that rows may come and go. Only faces that pass the gate are anybody's
 * neighbours; every face has a row.
 */
export interface NeighbourTable {
  /** Pack and version the vectors came from: a table of another key is thrown away. */
  readonly key: string;
  readonly k: number;
  /** Face ids, ascending. */
  readonly faces: Int32Array;
  /** Face ids, `k` a face, -1 where there are fewer. */
  readonly neighbours: Int32Array;
  readonly similarity: Float32Array;
  /** 1 where the row is exact, 0 where it came from coarse lists. */
  readonly exact: Uint8Array;
  /** 1 where the face could be a neighbour of others. */
  readonly seeds: Uint8Array;
}

export interface NeighbourJob {
  readonly key: string;
  /** Ascending. */
  readonly faces: Int32Array;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** 1: may have neighbours. */
  readonly usable: Uint8Array;
  /** 1: may be a neighbour. */
  readonly seeds: Uint8Array;
  readonly before: NeighbourTable | null;
  /** Coarse lists may be used above `settings.group.exactUpTo`; false finishes every row exactly. */
  readonly coarse: boolean;
  readonly exactUpTo?: number;
}

export interface NeighbourResult {
  readonly rows: NeighbourRows;
  readonly exact: Uint8Array;
  /** Rows searched against everything in this run. */
  readonly searched: number;
  /** 1 where the row could not be anybody's neighbour in the run before. */
  readonly arrived: Uint8Array;
}

/** Brings the neighbours up to date: new faces are searched against all, old rows get the new faces, rows that lost too many are searched again. */
export async function bringUpToDate(searcher: Searcher, job: NeighbourJob, steps: Steps): Promise<NeighbourResult> {
  const n = job.faces.length;
  const k = settings.group.neighbours;
  const lists = emptyNeighbours(n, k);
  const exact = new Uint8Array(n);
  const { kept, known } = takeOver(job, lists, exact);
  const seeds = placesWhere(n, (row) => job.seeds[row] === 1 && job.usable[row] === 1);
  const open = placesWhere(n, (row) => job.usable[row] === 1 && kept[row] === 0);
  // An old row can only have gained faces that are new as neighbours.
  const fresh = freshRows(job, known);
  const coming = placesWhere(n, (row) => fresh[row] === 1 || (job.usable[row] === 1 && kept[row] === 0));
  const { vectors, dimensions } = job;
  const coarse = job.coarse && open.length * seeds.length > (job.exactUpTo ?? settings.group.exactUpTo) ** 2;
  if (!coarse && coming.length <= settings.group.newcomers.most) {
    await searchNewcomers(
      searcher,
      vectors,
      dimensions,
      { rows: coming, seeds: seedAndUsable(job), usable: job.usable, kept, fresh },
      lists,
      steps,
    );
    for (const row of open) exact[row] = 1;
    return { rows: lists, exact, searched: open.length, arrived: fresh };
  }
  const old = placesWhere(n, (row) => kept[row] === 1 && job.usable[row] === 1);
  if (coarse) await searchByLists(searcher, vectors, dimensions, open, seeds, lists, part(steps, 0, 0.8));
  else {
    await searchExactly(searcher, vectors, dimensions, open, seeds, lists, part(steps, 0, 0.8));
    for (const row of open) exact[row] = 1;
  }
  const newOnes = placesWhere(n, (row) => fresh[row] === 1);
  if (newOnes.length && old.length) await searchExactly(searcher, vectors, dimensions, old, newOnes, lists, part(steps, 0.8, 1));
  return { rows: lists, exact, searched: open.length, arrived: fresh };
}

/** The table to keep. */
export function tableOf(job: NeighbourJob, result: NeighbourResult): NeighbourTable {
  const neighbours = result.rows.index.map((row) => (row < 0 ? -1 : (job.faces[row] ?? -1)));
  const { key, faces, seeds } = job;
  return { key, k: result.rows.k, faces, neighbours, similarity: result.rows.similarity, exact: result.exact, seeds };
}

/** Copies what still holds of the old table: `kept` rows need no new search, `known` faces already are in others' rows. */
function takeOver(job: NeighbourJob, lists: NeighbourRows, exact: Uint8Array): { readonly kept: Uint8Array; readonly known: Uint8Array } {
  const kept = new Uint8Array(job.faces.length);
  const known = new Uint8Array(job.faces.length);
  const before = job.before;
  if (before === null || before.key !== job.key || before.k !== lists.k) return { kept, known };
  const placeOf = places(job.faces);
  let at = 0;
  for (let row = 0; row < job.faces.length; row++) {
    const face = job.faces[row] as number;
    while (at < before.faces.length && (before.faces[at] as number) < face) at++;
    if (before.faces[at] !== face || job.usable[row] !== 1) continue;
    known[row] = before.seeds[at] ?? 0;
    let had = 0;
    let lost = 0;
    // Both lists are most alike first, equal ones by id: those that stay keep their order.
    let to = row * lists.k;
    for (let from = at * before.k; from < (at + 1) * before.k; from++) {
      const neighbour = before.neighbours[from] as number;
      if (neighbour < 0) continue;
      had++;
      const place = placeOf(neighbour);
      if (place < 0 || job.seeds[place] !== 1 || job.usable[place] !== 1) lost++;
      else {
        lists.index[to] = place;
        lists.similarity[to++] = before.similarity[from] as number;
      }
    }
    // Half a list still finds the same groups (8 neighbours do as well as 64).
    if (lost * 2 > had || had === 0) {
      lists.index.fill(-1, row * lists.k, (row + 1) * lists.k);
      lists.similarity.fill(-2, row * lists.k, (row + 1) * lists.k);
      continue;
    }
    kept[row] = 1;
    exact[row] = before.exact[at] ?? 0;
  }
  return { kept, known };
}

/** Face id -> place in an ascending list, or -1. A table where ids are dense, else halving. */
export function places(faces: Int32Array): (face: number) => number {
  const highest = faces.at(-1) ?? -1;
  if ((faces[0] ?? 0) >= 0 && highest < 8 * faces.length + 1024) {
    const table = new Int32Array(highest + 1).fill(-1);
    for (let place = 0; place < faces.length; place++) table[faces[place] as number] = place;
    return (face) => table[face] ?? -1;
  }
  return (face) => {
    let low = 0;
    let high = faces.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = faces[middle] as number;
      if (found === face) return middle;
      if (found < face) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
}

function freshRows(job: NeighbourJob, known: Uint8Array): Uint8Array {
  return known.map((is, row) => (is === 0 && job.seeds[row] === 1 && job.usable[row] === 1 ? 1 : 0));
}

function seedAndUsable(job: NeighbourJob): Uint8Array {
  return job.seeds.map((seed, row) => seed & (job.usable[row] as number));
}

function placesWhere(n: number, holds: (row: number) => boolean): Int32Array {
  let count = 0;
  for (let row = 0; row < n; row++) if (holds(row)) count++;
  const out = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < n; row++) if (holds(row)) out[at++] = row;
  return out;
}
