import type { ProblemView } from "../../electron/contract/problems.ts";
import type { Page } from "../../electron/contract/views.ts";
import { asProblemView } from "../bridge.ts";

/** A long list of which only what is looked at is fetched. `at` is undefined until its page has come; `total` is true from the first page on. */
export class Pages<T> {
  total = $state(0);
  /** The first page has come. */
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  #version = $state(0);
  #pages: (readonly T[] | undefined)[] = [];
  #asked: boolean[] = [];
  #window: readonly [number, number] = [0, 0];
  #turn = 0;
  readonly #load: (offset: number, limit: number) => Promise<Page<T>>;
  readonly #size: number;

  constructor(load: (offset: number, limit: number) => Promise<Page<T>>, size = 200) {
    this.#load = load;
    this.#size = size;
  }

  at(index: number): T | undefined {
    void this.#version;
    return this.#pages[Math.floor(index / this.#size)]?.[index % this.#size];
  }
  /** Fetches what is missing of `[from, to)`. */
  async ensure(from: number, to: number): Promise<void> {
    this.#window = [from, to];
    const last = Math.max(0, Math.floor((Math.max(to, 1) - 1) / this.#size));
    const wanted: Promise<void>[] = [];
    for (let page = Math.floor(from / this.#size); page <= last; page += 1) {
      if (!this.#asked[page]) wanted.push(this.#fetch(page, this.#turn, this.#pages));
    }
    await Promise.all(wanted);
  }
  /** Loads the part in view again; what is shown stays until the new is there. */
  async reload(): Promise<void> {
    this.#turn += 1;
    this.#asked = [];
    const fresh: (readonly T[] | undefined)[] = [];
    const turn = this.#turn;
    const [from, to] = this.#window;
    const first = Math.floor(from / this.#size);
    const last = Math.max(first, Math.floor((Math.max(to, 1) - 1) / this.#size));
    await Promise.all(Array.from({ length: last - first + 1 }, (_, page) => this.#fetch(first + page, turn, fresh)));
    if (turn !== this.#turn) return;
    this.#pages = fresh;
    this.#version += 1;
  }

  async #fetch(page: number, turn: number, into: (readonly T[] | undefined)[]): Promise<void> {
    this.#asked[page] = true;
    try {
      const answer = await this.#load(page * this.#size, this.#size);
      if (turn !== this.#turn) return;
      into[page] = answer.items;
      this.total = answer.total;
      this.ready = true;
      this.problem = null;
      if (into === this.#pages) this.#version += 1;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#asked[page] = false;
      this.problem = asProblemView(thrown);
    }
  }
}
