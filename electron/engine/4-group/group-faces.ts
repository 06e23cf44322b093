import type { Calibration } from "../types.ts";
import { attachPoorFaces, type Attached } from "./attach.ts";
import { canonicalOrder, type Canonical } from "./canonical.ts";
import { passGate } from "./gate.ts";
import type { GroupInput, GroupOptions, GroupResult } from "./group-types.ts";
import { link } from "./link.ts";
import { edgeFloor, mergeBar, type MergeBar } from "./merge-bar.ts";
import { bringUpToDate, tableOf, type NeighbourResult } from "./neighbour-table.ts";
import { openSearcher } from "./neighbours.ts";
import { resultOf } from "./result.ts";
import { startClusters, type Start } from "./start.ts";
import { step } from "./steps.ts";
import { usableCalibration } from "./sureness.ts";
import { usableRows } from "./vectors.ts";

/** What one run knows when linking is done; `resultOf` turns it into the outcome. */
export interface Linked {
  readonly input: GroupInput;
  readonly options: GroupOptions;
  readonly rows: Canonical;
  readonly calibration: Calibration;
  readonly usable: Uint8Array;
  readonly seeds: Uint8Array;
  readonly neighbours: NeighbourResult;
  readonly start: Start;
  readonly attached: Attached;
  /** Faces that the bar is for. */
  readonly libraryFaces: number;
  readonly bar: MergeBar;
  readonly floor: number;
}

/**
 * Faces become people: gate, neighbours, [Note: z-link], poor faces attached, ids kept, questions. Pure: reads its input, changes
 * nothing, calls `nextId` only when all else has succeeded. Throws `pack-uncalibrated`, `model-mismatch`, `cancelled`.
 * Same faces, whatever their order: same groups.
 */
export async function groupFaces(input: GroupInput, options: GroupOptions = {}): Promise<GroupResult> {
  const calibration = usableCalibration(input.calibration, input.packKey ?? "");
  const rows = canonicalOrder(input);
  const usable = usableRows(rows.vectors, input.dimensions);
  const passed = options.gate === false ? usable : passGate({ ...rows, dimensions: input.dimensions }, calibration);
  const seeds = passed.map((pass, row) => pass & (usable[row] as number));
  const began = performance.now();
  const job = {
    key: input.packKey ?? "",
    faces: rows.faces,
    vectors: rows.vectors,
    dimensions: input.dimensions,
    usable,
    seeds,
    before: input.neighbours ?? null,
    coarse: true,
    ...(options.exactUpTo === undefined ? {} : { exactUpTo: options.exactUpTo }),
  };
  const searcher = options.searcher ?? (await openSearcher(options.threads ?? 1));
  let neighbours: NeighbourResult;
  try {
    neighbours = await bringUpToDate(searcher, job, step(options, "neighbours", 0, 0.85));
  } finally {
    if (options.searcher === undefined) await searcher.close();
  }
  const found = performance.now();
  const start = startClusters(input, rows, usable, seeds, options, calibration);
  // Poor faces count too: were they left out, the bar would sink with every one of them, and good look-alikes would pass it.
  const libraryFaces = usable.reduce((sum, good) => sum + good, 0);
  const bar = mergeBar(calibration, input.alpha, libraryFaces);
  const floor = edgeFloor(calibration);
  const { clusters, guard } = start;
  const fresh = options.onlyNew === true ? neighbours.arrived : null;
  await link({ clusters, guard, neighbours: neighbours.rows, seeds, bar, floor, fresh }, step(options, "link", 0.85, 0.95));
  const attached = attachPoorFaces({
    clusters,
    guard,
    neighbours: neighbours.rows,
    vectors: rows.vectors,
    dimensions: input.dimensions,
    usable,
    seeds,
    calibration,
  });
  const linked = performance.now();
  const known: Linked = { input, options, rows, calibration, usable, seeds, neighbours, start, attached, libraryFaces, bar, floor };
  const result = await resultOf(known, tableOf(job, neighbours), step(options, "result", 0.95, 1));
  const seconds = { neighbours: (found - began) / 1000, link: (linked - found) / 1000, rest: (performance.now() - linked) / 1000 };
  return { ...result, seconds };
}
