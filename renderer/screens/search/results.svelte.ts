import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { PhotoTile, SearchQuery, SearchResult } from "../../../electron/contract/views.ts";
import { asProblemView, ask } from "../../bridge.ts";
import { asArgs } from "../photo/neighbours.svelte.ts";
import { monthsOf, sectionsOf, type Section } from "../photos/sections.ts";

/** First answer: enough for several screens. Later ones: what has to be fetched when somebody jumps far down. */
const firstPage = 200;
const laterPage = 2000;

/** What a search found. The old result stays until the new one is there. */
export class Results {
  total = $state(0);
  ready = $state(false);
  busy = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  without = $state.raw<SearchResult["without"]>([]);
  /** How many there would be with any of the people instead of all. */
  anyOf = $state(0);
  /** More, or fewer, than are shown: they wait until somebody wants them, so that nothing moves under the pointer while photos are read. */
  waiting = $state(0);
  /** Months of what is loaded, and one stretch without a heading for what is not. */
  sections = $state.raw<readonly Section[]>([]);
  version = $state(0);
  #tiles: readonly PhotoTile[] = [];
  #query: SearchQuery = {};
  #sort: "newest" | "oldest" = "newest";
  #turn = 0;
  #loading = false;

  get query(): SearchQuery {
    return this.#query;
  }
  at(index: number): PhotoTile | undefined {
    void this.version;
    return this.#tiles[index];
  }
  /** Asks anew. An answer that comes after a newer question is dropped. */
  async look(query: SearchQuery, sort: "newest" | "oldest" = this.#sort): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.busy = true;
    try {
      const answer = await ask("search", {
        query: asArgs(query),
        sort,
        offset: 0,
        limit: Math.max(firstPage, Math.min(this.#tiles.length, laterPage)),
      });
      if (turn !== this.#turn) return;
      this.anyOf = answer.anyOf;
      this.#query = query;
      this.#sort = sort;
      this.waiting = 0;
      this.without = answer.without;
      this.problem = null;
      this.#use(answer.items, answer.total);
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    } finally {
      if (turn === this.#turn) {
        this.ready = true;
        this.busy = false;
      }
    }
  }
  /** Looks how many there would be now, and leaves what is shown as it is. */
  async count(): Promise<void> {
    const turn = this.#turn;
    const answer = await ask("search", { query: asArgs(this.#query), sort: this.#sort, offset: 0, limit: 1 }).catch(() => null);
    if (turn === this.#turn && answer !== null) this.waiting = answer.total - this.total;
  }
  /** Whether this is what is shown. */
  shows(query: SearchQuery, sort: "newest" | "oldest"): boolean {
    return this.ready && this.#sort === sort && JSON.stringify(this.#query) === JSON.stringify(query);
  }
  /** Fetches on until a position is known. */
  async ensure(to: number): Promise<void> {
    const turn = this.#turn;
    if (this.#loading || this.busy) return;
    this.#loading = true;
    try {
      while (this.#tiles.length < Math.min(to, this.total)) {
        const answer = await ask("search", { query: asArgs(this.#query), sort: this.#sort, offset: this.#tiles.length, limit: laterPage });
        if (turn !== this.#turn || answer.items.length === 0) return;
        this.#use([...this.#tiles, ...answer.items], answer.total);
      }
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    } finally {
      this.#loading = false;
    }
  }
  /** Ids of what was found, from a position on, also of what has not been fetched. */
  async ids(offset: number, limit: number): Promise<readonly number[]> {
    return (await ask("photos.ids", { query: asArgs(this.#query), sort: this.#sort, offset, limit })).items;
  }
  clear(): void {
    this.#turn += 1;
    this.#query = {};
    this.without = [];
    this.busy = false;
    this.ready = false;
    this.#use([], 0);
  }

  #use(tiles: readonly PhotoTile[], total: number): void {
    this.#tiles = tiles;
    this.total = total;
    const months = [...monthsOf(tiles)];
    const last = months.at(-1);
    const sections = [...sectionsOf(months)];
    const rest = total - tiles.length;
    if (rest > 0) {
      const end = sections.at(-1);
      // The last month goes on in what is not loaded yet: its last row is not the end of it.
      if (end !== undefined && last !== undefined) sections[sections.length - 1] = { ...end, ends: false };
      sections.push({ key: "rest", month: null, offset: tiles.length, count: rest, heading: null, ends: true, people: [] });
    }
    this.sections = sections;
    this.version += 1;
  }
}
