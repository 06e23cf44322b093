import type { NeighbourTable } from "./neighbour-table.ts";
import { emptyNeighbours, searchExactly, type Searcher } from "./neighbours.ts";
import type { Steps } from "./steps.ts";

/** A table from coarse lists, and the vectors of its faces, in its order. */
export interface FinishJob {
  readonly table: NeighbourTable;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** 1: may have neighbours. */
  readonly usable: Uint8Array;
}
export interface Finished {
  /** Faces whose neighbours are exact now and were not before, ascending. */
  readonly faces: Int32Array;
  /** Faces that still are not, and all that can be. */
  readonly left: number;
  readonly all: number;
}

/**
 * Searches up to `limit` faces that are not yet exact against everything, and writes what it finds into the table itself: at a million
 * faces a copy a piece would cost more than the search. A piece that is cancelled changes nothing. For idle times.
 */
export async function finishExactly(searcher: Searcher, job: FinishJob, limit: number, steps: Steps): Promise<Finished> {
  const { table, vectors, dimensions, usable } = job;
  const { k, exact, seeds } = table;
  const columns: number[] = [];
  const rows: number[] = [];
  let [left, all] = [0, 0];
  for (let row = 0; row < usable.length; row++) {
    if (usable[row] !== 1) continue;
    all++;
    if (seeds[row] === 1) columns.push(row);
    if (exact[row] === 1) continue;
    if (rows.length < limit) rows.push(row);
    else left++;
  }
  if (rows.length === 0) return { faces: new Int32Array(0), left, all };
  const now = Int32Array.from(rows);
  const lists = emptyNeighbours(now.length, k);
  await searchExactly(searcher, vectors, dimensions, now, Int32Array.from(columns), lists, steps, (at) => at);
  now.forEach((row, at) => {
    for (let c = 0; c < k; c++) {
      const neighbour = lists.index[at * k + c] as number;
      table.neighbours[row * k + c] = neighbour < 0 ? -1 : (table.faces[neighbour] as number);
      table.similarity[row * k + c] = lists.similarity[at * k + c] as number;
    }
    exact[row] = 1;
  });
  return { faces: now.map((row) => table.faces[row] as number), left, all };
}
