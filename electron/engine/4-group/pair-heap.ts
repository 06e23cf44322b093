/** Largest key first; equal keys by the lower pair of rows, so that the order never depends on history. */
export class PairHeap {
  #keys: number[] = [];
  #a: number[] = [];
  #b: number[] = [];
  #stamps: number[] = [];

  get size(): number {
    return this.#keys.length;
  }
  /** Key on top, -Infinity when empty. */
  get topKey(): number {
    return this.#keys[0] ?? -Infinity;
  }

  push(key: number, a: number, b: number, stamp: number): void {
    let at = this.#keys.length;
    this.#put(at, key, a, b, stamp);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The top pair and the stamp it was pushed with. The heap must not be empty. */
  pop(): { readonly key: number; readonly a: number; readonly b: number; readonly stamp: number } {
    const top = { key: this.#keys[0] as number, a: this.#a[0] as number, b: this.#b[0] as number, stamp: this.#stamps[0] as number };
    const last = this.#keys.length - 1;
    this.#swap(0, last);
    this.#keys.pop();
    this.#a.pop();
    this.#b.pop();
    this.#stamps.pop();
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= last) break;
      const right = left + 1;
      const child = right < last && this.#before(right, left) ? right : left;
      if (!this.#before(child, at)) break;
      this.#swap(at, child);
      at = child;
    }
    return top;
  }

  #put(at: number, key: number, a: number, b: number, stamp: number): void {
    this.#keys[at] = key;
    this.#a[at] = a;
    this.#b[at] = b;
    this.#stamps[at] = stamp;
  }
  #before(x: number, y: number): boolean {
    const difference = (this.#keys[x] as number) - (this.#keys[y] as number);
    if (difference !== 0) return difference > 0;
    if (this.#a[x] !== this.#a[y]) return (this.#a[x] as number) < (this.#a[y] as number);
    return (this.#b[x] as number) < (this.#b[y] as number);
  }
  #swap(x: number, y: number): void {
    const [key, a, b, stamp] = [this.#keys[x] as number, this.#a[x] as number, this.#b[x] as number, this.#stamps[x] as number];
    this.#put(x, this.#keys[y] as number, this.#a[y] as number, this.#b[y] as number, this.#stamps[y] as number);
    this.#put(y, key, a, b, stamp);
  }
}
