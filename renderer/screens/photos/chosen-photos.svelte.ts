import type { ProblemView } from "../../../electron/contract/problems.ts";
import { asProblemView } from "../../bridge.ts";
import { Selection } from "../../state/selection.svelte.ts";

/** Ids asked for at once when a stretch of the wall is selected. */
const piece = 100_000;

/** Ids of the photos from a position on, at most so many; in the wall's order. */
type IdsOf = (offset: number, limit: number) => Promise<readonly number[]>;

/**
 * Photos selected on a wall of any length. A stretch may reach over photos that were never fetched, so their ids are asked for; what was
 * asked for later wins where two answers cross.
 */
export class ChosenPhotos {
  readonly selection = new Selection();
  /** Why a stretch could not be selected. */
  problem = $state.raw<ProblemView | null>(null);
  /** Where a stretch starts: the photo touched last on its own. */
  #anchor: { readonly index: number; readonly id: number } | null = null;
  #turn = 0;
  readonly #idsOf: IdsOf;

  constructor(idsOf: IdsOf) {
    this.#idsOf = idsOf;
  }
  get any(): boolean {
    return this.selection.any;
  }
  has(id: number): boolean {
    return this.selection.has(id);
  }
  toggle(index: number, id: number): void {
    this.#turn += 1;
    this.selection.toggle(id);
    this.#anchor = { index, id };
  }
  /** Selects from the photo touched last to this one, both included. `idAt` tells whether that photo still stands where it did. */
  async extend(index: number, idAt: (index: number) => number | undefined): Promise<void> {
    const anchor = this.#anchor;
    const here = idAt(index);
    const known = anchor === null ? undefined : idAt(anchor.index);
    if (anchor === null || (known !== undefined && known !== anchor.id)) {
      if (here === undefined) return;
      this.selection.add([here]);
      this.#anchor = { index, id: here };
      return;
    }
    const [from, to] = [Math.min(anchor.index, index), Math.max(anchor.index, index)];
    await this.#fetch(from, to - from + 1, (ids) => this.selection.add(ids));
  }
  /** All photos of a stretch, as of a month; where all of them are selected, none of them any more. */
  async stretch(offset: number, count: number): Promise<void> {
    await this.#fetch(offset, count, (ids) => this.selection.turn(ids));
  }
  /** Lets go of what is not in the wall any more, as after a folder was removed. */
  async dropGone(): Promise<void> {
    if (!this.any) return;
    await this.#fetch(0, Infinity, (ids) => this.selection.keepOnly(new Set(ids)));
  }
  replace(ids: readonly number[]): void {
    this.#turn += 1;
    this.selection.replace(ids);
  }
  clear(): void {
    this.#turn += 1;
    this.#anchor = null;
    this.selection.clear();
  }

  async #fetch(offset: number, count: number, use: (ids: readonly number[]) => void): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const ids: number[] = [];
    try {
      while (ids.length < count) {
        const more = await this.#idsOf(offset + ids.length, Math.min(piece, count - ids.length));
        if (turn !== this.#turn) return;
        if (more.length === 0) break;
        ids.push(...more);
      }
      this.problem = null;
      use(ids);
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
}
