import { settings } from "../settings.ts";
import type { Calibration } from "../types.ts";
import type { Clusters } from "./clusters.ts";
import { topMean } from "./evidence.ts";
import type { NeighbourRows } from "./neighbours.ts";
import type { Guard } from "./rules.ts";
import { impostorSpread, similarityAt, sureness } from "./sureness.ts";

export interface AttachJob {
  readonly clusters: Clusters;
  readonly guard: Guard;
  readonly neighbours: NeighbourRows;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly usable: Uint8Array;
  readonly seeds: Uint8Array;
  readonly calibration: Calibration;
}
export interface Attached {
  /** 1 for rows that were attached. */
  readonly rows: Uint8Array;
  /** Rows that are probable, with the cluster and how alike they are. */
  readonly ask: readonly { readonly row: number; readonly cluster: number; readonly similarity: number }[];
}

/** Puts poor faces to the person they are like (mean of the top three) as `settings.group.attach` says; they never carry weight there. */
export function attachPoorFaces(job: AttachJob): Attached {
  const { clusters, guard, neighbours, seeds } = job;
  const probable = similarityAt(settings.group.ask, job.calibration);
  const rows = new Uint8Array(seeds.length);
  const ask: { row: number; cluster: number; similarity: number }[] = [];
  for (let row = 0; row < seeds.length; row++) {
    const own = clusters.label[row] as number;
    if (seeds[row] === 1 || job.usable[row] !== 1 || (clusters.count[own] as number) > 1 || guard.personOf(own) !== 0) continue;
    const near = new Set<number>();
    for (let slot = row * neighbours.k; slot < (row + 1) * neighbours.k; slot++) {
      const other = neighbours.index[slot] as number;
      if (other >= 0 && (neighbours.similarity[slot] as number) >= probable) near.add(clusters.label[other] as number);
    }
    let best = -1;
    let similarity = probable;
    for (const cluster of near) {
      if ((clusters.weight[cluster] as number) < 2 && guard.personOf(cluster) === 0) continue;
      const alike = topMean(row, cluster, clusters, neighbours, seeds, job.vectors, job.dimensions, similarity);
      const better = alike > similarity || (alike === similarity && cluster < best);
      if (better && guard.verdict(own, cluster).kind === "free") [best, similarity] = [cluster, alike];
    }
    if (best < 0) continue;
    if (!isAhead(job, row, best, similarity)) ask.push({ row, cluster: best, similarity });
    else {
      const into = clusters.merge(best, own);
      guard.merged(into, into === best ? own : best);
      rows[row] = 1;
    }
  }
  return { rows, ask };
}

/** Whether so alike a person may have the face: the less rare the likeness, the farther the nearest face of anybody else must be. */
function isAhead({ clusters, neighbours, seeds, calibration }: AttachJob, row: number, cluster: number, similarity: number): boolean {
  const { far } = sureness(similarity, calibration);
  const step = settings.group.attach.find((one) => far <= one.far);
  if (step === undefined) return false;
  const { k, index } = neighbours;
  for (let slot = row * k; slot < (row + 1) * k; slot++) {
    const other = index[slot] as number;
    if (other < 0 || seeds[other] !== 1 || clusters.label[other] === cluster) continue;
    return similarity - (neighbours.similarity[slot] as number) >= step.ahead * impostorSpread(calibration);
  }
  // Nobody else is near at all.
  return true;
}
