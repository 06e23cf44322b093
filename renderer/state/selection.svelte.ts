import { SvelteSet } from "svelte/reactivity";

/** Which items are selected, by id. Ranges walk the order that the list gives at that moment. */
export class Selection {
  readonly ids = new SvelteSet<number>();
  /** Where a range starts: the item last touched on its own. */
  #anchor: number | null = null;

  get size(): number {
    return this.ids.size;
  }
  get any(): boolean {
    return this.ids.size > 0;
  }
  has(id: number): boolean {
    return this.ids.has(id);
  }
  list(): number[] {
    return [...this.ids];
  }
  toggle(id: number): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#anchor = id;
  }
  /** Selects from the last touched item to this one, both included. `order` are all ids as shown. */
  extend(id: number, order: readonly number[]): void {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(id);
    if (to < 0) return;
    if (from < 0) {
      this.ids.add(id);
      this.#anchor = id;
      return;
    }
    for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(each);
  }
  add(ids: Iterable<number>): void {
    for (const id of ids) this.ids.add(id);
  }
  /** Selects these, or none of them where all are selected. */
  turn(ids: readonly number[]): void {
    if (ids.every((id) => this.ids.has(id))) for (const id of ids) this.ids.delete(id);
    else this.add(ids);
  }
  replace(ids: Iterable<number>): void {
    this.ids.clear();
    this.add(ids);
  }
  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }
  /** Drops what is no longer there. */
  keepOnly(ids: ReadonlySet<number>): void {
    for (const id of [...this.ids]) if (!ids.has(id)) this.ids.delete(id);
  }
}
