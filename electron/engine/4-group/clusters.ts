import { addTo, dot } from "./vectors.ts";

const rowsPerChunk = 1024;

/**
 * Clusters of rows while they are being linked: who is where, how many count, and the sum of their vectors. Merging relabels the
 * smaller side, so that looking up a row's cluster is one read and rows can be taken out again. Sums exist only for clusters of
 * two or more: at a million faces one sum a face would cost as much as the faces.
 */
export class Clusters {
  /** Cluster of each row. */
  readonly label: Int32Array;
  /** Rows that count towards the cluster's sum (poor faces are members without weight). */
  readonly weight: Int32Array;
  /** All rows. */
  readonly count: Int32Array;
  /** Rises with every change of a cluster, and never comes back. */
  readonly stamp: Float64Array;
  readonly #vectors: Float32Array;
  readonly #d: number;
  readonly #counts: Uint8Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #head: Int32Array;
  readonly #lone: Int32Array;
  readonly #sumRow: Int32Array;
  readonly #chunks: Float32Array[] = [];
  readonly #freeRows: number[] = [];
  readonly #freeClusters: number[] = [];
  #usedRows = 0;
  #clock = 0;

  /** `counts[row]` 0 makes a row a member without weight. */
  constructor(vectors: Float32Array, dimensions: number, counts: Uint8Array) {
    const n = counts.length;
    this.#vectors = vectors;
    this.#d = dimensions;
    this.#counts = counts;
    this.label = new Int32Array(n);
    this.weight = Int32Array.from(counts);
    this.count = new Int32Array(n).fill(1);
    this.stamp = new Float64Array(n);
    this.#next = new Int32Array(n).fill(-1);
    this.#previous = new Int32Array(n).fill(-1);
    this.#head = new Int32Array(n);
    this.#lone = new Int32Array(n);
    this.#sumRow = new Int32Array(n).fill(-1);
    for (let row = 0; row < n; row++) {
      this.label[row] = this.#head[row] = row;
      this.#lone[row] = counts[row] === 1 ? row : -1;
    }
  }

  /** A row of the cluster, -1 where it has none; `after` gives the next, -1 at the end. */
  first(cluster: number): number {
    return this.#head[cluster] as number;
  }
  after(row: number): number {
    return this.#next[row] as number;
  }

  /** Rows of a cluster, in no particular order. */
  *members(cluster: number): Generator<number> {
    for (let row = this.#head[cluster] as number; row >= 0; row = this.#next[row] as number) yield row;
  }

  /** Mean cosine of all pairs between two clusters, or -2 where one has no weight. */
  average(a: number, b: number): number {
    const m = this.weight[a] as number;
    const n = this.weight[b] as number;
    if (m === 0 || n === 0) return -2;
    const [sa, ia] = this.#sum(a);
    const [sb, ib] = this.#sum(b);
    return dot(sa, ia, sb, ib, this.#d) / (m * n);
  }

  /** Mean cosine of one row with the other weighty members of a cluster (it may be a member itself). */
  averageOf(row: number, cluster: number): number {
    const inside = this.label[row] === cluster && this.#counts[row] === 1;
    const others = (this.weight[cluster] as number) - (inside ? 1 : 0);
    if (others === 0) return -2;
    const [sum, at] = this.#sum(cluster);
    const own = inside ? dot(this.#vectors, row * this.#d, this.#vectors, row * this.#d, this.#d) : 0;
    return (dot(this.#vectors, row * this.#d, sum, at, this.#d) - own) / others;
  }

  /** Joins two clusters; gives the one that lives on (the larger; the lower number of equals). */
  merge(a: number, b: number): number {
    const ca = this.count[a] as number;
    const cb = this.count[b] as number;
    const [into, from] = ca > cb || (ca === cb && a < b) ? [a, b] : [b, a];
    this.#joinSums(into, from);
    let row = this.#head[from] as number;
    let last = row;
    for (; row >= 0; row = this.#next[row] as number) {
      this.label[row] = into;
      last = row;
    }
    const head = this.#head[into] as number;
    this.#next[last] = head;
    this.#previous[head] = last;
    this.#head[into] = this.#head[from] as number;
    this.#head[from] = -1;
    this.weight[into] = (this.weight[into] as number) + (this.weight[from] as number);
    this.count[into] = (this.count[into] as number) + (this.count[from] as number);
    this.weight[from] = this.count[from] = 0;
    this.#freeClusters.push(from);
    this.#touch(into);
    this.#touch(from);
    return into;
  }

  /** Puts a row that is alone into a cluster: what `merge` would do, quicker, for starting out with hundreds of thousands. */
  add(row: number, into: number): void {
    const head = this.#head[into] as number;
    this.label[row] = into;
    this.#next[row] = head;
    this.#previous[head] = row;
    this.#head[into] = row;
    this.#head[row] = -1;
    this.count[into] = (this.count[into] as number) + 1;
    this.count[row] = 0;
    this.#freeClusters.push(row);
    this.#touch(into);
    this.#touch(row);
    if (this.#counts[row] !== 1) return;
    const d = this.#d;
    const weight = this.weight[into] as number;
    this.weight[into] = weight + 1;
    this.weight[row] = 0;
    if (weight === 0) {
      this.#lone[into] = row;
      return;
    }
    if ((this.#sumRow[into] as number) < 0) {
      const lone = (this.#lone[into] as number) * d;
      this.#sumRow[into] = this.#newSumRow();
      const [sum, at] = this.#sum(into);
      sum.set(this.#vectors.subarray(lone, lone + d), at);
    }
    const sumRow = this.#sumRow[into] as number;
    addTo(this.#chunks[Math.floor(sumRow / rowsPerChunk)] as Float32Array, (sumRow % rowsPerChunk) * d, this.#vectors, row * d, d);
  }

  /** Takes one row out into a cluster of its own and gives that cluster. The row must not be alone. */
  evict(row: number): number {
    const from = this.label[row] as number;
    if ((this.count[from] as number) < 2) return from;
    const own = this.#freeClusters.pop();
    if (own === undefined) return from;
    const [before, after] = [this.#previous[row] as number, this.#next[row] as number];
    if (before >= 0) this.#next[before] = after;
    else this.#head[from] = after;
    if (after >= 0) this.#previous[after] = before;
    this.#next[row] = this.#previous[row] = -1;
    this.count[from] = (this.count[from] as number) - 1;
    this.#head[own] = row;
    this.label[row] = own;
    this.count[own] = 1;
    const counted = this.#counts[row] as number;
    this.weight[own] = counted;
    this.#lone[own] = counted ? row : -1;
    this.#sumRow[own] = -1;
    if (counted) this.#leaveSum(from, row);
    this.#touch(from);
    this.#touch(own);
    return own;
  }

  #leaveSum(from: number, row: number): void {
    this.weight[from] = (this.weight[from] as number) - 1;
    const sumRow = this.#sumRow[from] as number;
    if ((this.weight[from] as number) >= 2) {
      const [sum, at] = this.#sum(from);
      addTo(sum, at, this.#vectors, row * this.#d, this.#d, -1);
      return;
    }
    if (sumRow >= 0) this.#freeRows.push(sumRow);
    this.#sumRow[from] = -1;
    this.#lone[from] = -1;
    for (const member of this.members(from)) if (this.#counts[member]) this.#lone[from] = member;
  }

  #joinSums(into: number, from: number): void {
    const m = this.weight[into] as number;
    const n = this.weight[from] as number;
    if (n === 0) return;
    const [other, at] = this.#sum(from);
    if (m === 0) {
      this.#sumRow[into] = this.#sumRow[from] as number;
      this.#lone[into] = this.#lone[from] as number;
      this.#sumRow[from] = -1;
      return;
    }
    if ((this.#sumRow[into] as number) < 0) {
      const [own, ownAt] = this.#sum(into);
      this.#sumRow[into] = this.#newSumRow();
      const [sum, sumAt] = this.#sum(into);
      sum.set(own.subarray(ownAt, ownAt + this.#d), sumAt);
    }
    const [sum, sumAt] = this.#sum(into);
    addTo(sum, sumAt, other, at, this.#d);
    if ((this.#sumRow[from] as number) >= 0) this.#freeRows.push(this.#sumRow[from] as number);
    this.#sumRow[from] = -1;
  }

  #sum(cluster: number): readonly [Float32Array, number] {
    const row = this.#sumRow[cluster] as number;
    if (row < 0) return [this.#vectors, (this.#lone[cluster] as number) * this.#d];
    return [this.#chunks[Math.floor(row / rowsPerChunk)] as Float32Array, (row % rowsPerChunk) * this.#d];
  }

  #newSumRow(): number {
    const free = this.#freeRows.pop();
    if (free !== undefined) return free;
    if (this.#usedRows % rowsPerChunk === 0) this.#chunks.push(new Float32Array(rowsPerChunk * this.#d));
    return this.#usedRows++;
  }

  #touch(cluster: number): void {
    this.stamp[cluster] = ++this.#clock;
  }
}
