import { settings } from "../settings.ts";
import type { Clusters } from "./clusters.ts";
import type { NeighbourRows } from "./neighbours.ts";
import { dot } from "./vectors.ts";

/**
 * How alike a row is to a cluster: the mean of its up to three most alike weighty members (without itself), NaN where there are
 * none. Where the neighbour list shows that it cannot reach `least`, NaN too, without looking further.
 */
export function topMean(
  row: number,
  cluster: number,
  clusters: Clusters,
  neighbours: NeighbourRows,
  seeds: Uint8Array,
  vectors: Float32Array,
  d: number,
  least = -2,
): number {
  const inside = clusters.label[row] === cluster && seeds[row] === 1 ? 1 : 0;
  const wanted = Math.min(settings.group.topFaces, (clusters.weight[cluster] as number) - inside);
  let found = 0;
  let sum = 0;
  for (let slot = row * neighbours.k; slot < (row + 1) * neighbours.k && found < wanted; slot++) {
    const other = neighbours.index[slot] as number;
    if (other < 0 || clusters.label[other] !== cluster || seeds[other] !== 1) continue;
    sum += neighbours.similarity[slot] as number;
    found++;
  }
  if (found > 0 && found === wanted) return sum / found;
  const last = (row + 1) * neighbours.k - 1;
  // Whoever is not in a full list is no more alike than its last.
  const most = (neighbours.index[last] as number) >= 0 ? (neighbours.similarity[last] as number) : 1;
  if (wanted > 0 && (sum + (wanted - found) * most) / wanted < least) return NaN;
  return scanTop(row, cluster, clusters, wanted > 0 ? seeds : null, vectors, d);
}

/** The same by looking at members; `counts` null takes poor faces too, for people who have no other. */
function scanTop(row: number, cluster: number, clusters: Clusters, counts: Uint8Array | null, vectors: Float32Array, d: number): number {
  const best: number[] = [];
  let seen = 0;
  for (let other = clusters.first(cluster); other >= 0; other = clusters.after(other)) {
    if (other === row || (counts !== null && counts[other] !== 1)) continue;
    const cosine = dot(vectors, row * d, vectors, other * d, d);
    if (Number.isFinite(cosine)) best.push(cosine);
    if (++seen >= settings.group.scanned) break;
  }
  best.sort((a, b) => b - a);
  const top = best.slice(0, settings.group.topFaces);
  return top.length ? top.reduce((sum, cosine) => sum + cosine, 0) / top.length : NaN;
}
