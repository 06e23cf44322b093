/**
 * Which items are selected, by id. Ranges walk the order that the list gives at that moment. A plain set behind one counter: hundreds of
 * thousands can be selected at once, and one that tells each of them apart took twenty seconds and a gigabyte for that.
 */
export class Selection {
  readonly #ids = new Set<number>();
  #changes = $state(0);
  /** Where a range starts: the item last touched on its own. */
  #anchor: number | null = null;

  get size(): number {
    return this.#seen.size;
  }
  get any(): boolean {
    return this.#seen.size > 0;
  }
  has(id: number): boolean {
    return this.#seen.has(id);
  }
  list(): number[] {
    return [...this.#seen];
  }
  toggle(id: number): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = id;
    this.#changes += 1;
  }
  /** Selects from the last touched item to this one, both included. `order` are all ids as shown. */
  extend(id: number, order: readonly number[]): void {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(id);
    if (to < 0) return;
    if (from < 0) {
      this.add([id]);
      this.#anchor = id;
      return;
    }
    this.add(order.slice(Math.min(from, to), Math.max(from, to) + 1));
  }
  add(ids: Iterable<number>): void {
    for (const id of ids) this.#ids.add(id);
    this.#changes += 1;
  }
  /** Selects these, or none of them where all are selected. */
  turn(ids: readonly number[]): void {
    if (!ids.every((id) => this.#ids.has(id))) return this.add(ids);
    for (const id of ids) this.#ids.delete(id);
    this.#changes += 1;
  }
  replace(ids: Iterable<number>): void {
    this.#ids.clear();
    this.add(ids);
  }
  clear(): void {
    this.#ids.clear();
    this.#anchor = null;
    this.#changes += 1;
  }
  /** Drops what is no longer there. */
  keepOnly(ids: ReadonlySet<number>): void {
    const before = this.#ids.size;
    for (const id of this.#ids) if (!ids.has(id)) this.#ids.delete(id);
    if (this.#ids.size !== before) this.#changes += 1;
  }

  /** The set, for whoever wants to hear of its changes. */
  get #seen(): ReadonlySet<number> {
    void this.#changes;
    return this.#ids;
  }
}
