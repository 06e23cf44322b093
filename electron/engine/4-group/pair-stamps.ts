/** Pair of cluster numbers -> the stamp it was last scored at. Open addressing in typed arrays: a `Map` ends at 16.7 million pairs. */
export class PairStamps {
  #keys: Float64Array;
  #stamps: Float64Array;
  #count = 0;

  constructor(room = 1024) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, room)));
    this.#keys = new Float64Array(size).fill(-1);
    this.#stamps = new Float64Array(size);
  }

  /** Keeps the stamp of a pair; true where it had that very stamp already. */
  seen(pair: number, stamp: number): boolean {
    if (this.#count * 2 > this.#keys.length) this.#grow();
    const at = this.#place(this.#keys, pair);
    if (this.#keys[at] === pair) {
      if (this.#stamps[at] === stamp) return true;
    } else {
      this.#keys[at] = pair;
      this.#count++;
    }
    this.#stamps[at] = stamp;
    return false;
  }

  clear(): void {
    this.#keys.fill(-1);
    this.#count = 0;
  }

  #place(keys: Float64Array, pair: number): number {
    const mask = keys.length - 1;
    // Both halves of the number take part; Knuth's multiplier spreads them.
    let at = (Math.imul(pair >>> 0, 2654435761) ^ Math.imul(Math.floor(pair / 4294967296), 2246822519)) & mask;
    at ^= at >>> 7;
    while (keys[at] !== -1 && keys[at] !== pair) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [oldKeys, oldStamps] = [this.#keys, this.#stamps];
    this.#keys = new Float64Array(oldKeys.length * 2).fill(-1);
    this.#stamps = new Float64Array(oldKeys.length * 2);
    for (let i = 0; i < oldKeys.length; i++) {
      const pair = oldKeys[i] as number;
      if (pair === -1) continue;
      const at = this.#place(this.#keys, pair);
      this.#keys[at] = pair;
      this.#stamps[at] = oldStamps[i] as number;
    }
  }
}
