import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { PersonCard } from "../../../electron/contract/views.ts";
import { matchName } from "../../../electron/contract/name-match.ts";
import { SvelteSet } from "svelte/reactivity";
import { asProblemView, ask } from "../../bridge.ts";
import { idsOf } from "../../parts/by-id.ts";
import { allPages } from "../../state/all-pages.ts";
import { kept } from "./kept-order.ts";
import { library } from "../../state/library.svelte.ts";
import { router } from "../../state/router.svelte.ts";

const sorts = ["faces", "name", "recent"] as const;
export type PeopleSort = (typeof sorts)[number];
/** More groups than this, and those with few faces are folded into one line. */
const MANY_GROUPS = 500;
const FEW_FACES = 4;
const CHUNK = 1000;

/** The named people and the groups without a name, as the People screen shows them. The order does not change under the pointer while photos are read. */
export class PeopleList {
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  sort = $state<PeopleSort>(sorts.find((sort) => sort === router.keptText("sort", "faces")) ?? "faces");
  /** What was typed into the find field. */
  text = $state("");
  showFew = $state(router.keptNumber("few", 0) === 1);
  #named = $state.raw<readonly PersonCard[]>([]);
  #groups = $state.raw<readonly PersonCard[]>([]);
  /** What has come while photos are read, held back behind a line. */
  #held = $state.raw<readonly PersonCard[] | null>(null);
  /** Left the screen the moment they were acted on; the engine's answer confirms it. */
  readonly #leaving = new SvelteSet<number>();
  /** Groups that were seen in this visit: one that comes back, as by undo, has its place and need not wait. */
  readonly #seen = new SvelteSet<number>();
  /** Decisions known when the lists were last loaded: what a person did may change the order, what is read may not. */
  #decided = -1;
  #turn = 0;
  /** Faces are on their way to a tile: what it says changes when they are there. */
  #moving: Promise<unknown> = Promise.resolve();

  readonly named: readonly PersonCard[] = $derived.by(() => {
    const staying = this.#named.filter((person) => !this.#leaving.has(person.id));
    if (this.text.trim() === "") return staying;
    return staying
      .flatMap((person) => {
        const fit = matchName(person.name ?? "", this.text);
        return fit === null ? [] : [{ person, fit }];
      })
      .sort((a, b) => a.fit - b.fit)
      .map(({ person }) => person);
  });
  readonly #allGroups: readonly PersonCard[] = $derived(this.#groups.filter((group) => !this.#leaving.has(group.id)));
  readonly fewCount: number = $derived(
    this.#allGroups.length > MANY_GROUPS ? this.#allGroups.filter((group) => group.faces < FEW_FACES).length : 0,
  );
  readonly groups: readonly PersonCard[] = $derived(
    this.text.trim() !== ""
      ? []
      : this.fewCount > 0 && !this.showFew
        ? this.#allGroups.filter((group) => group.faces >= FEW_FACES)
        : this.#allGroups,
  );
  readonly namedTotal: number = $derived(this.#named.length);
  readonly groupsTotal: number = $derived(this.#allGroups.length);
  readonly waiting: number = $derived.by(() => {
    if (this.#held === null) return 0;
    const shown = idsOf(this.#groups);
    return this.#held.filter((group) => !shown.has(group.id)).length;
  });

  /** Loads both lists again. Nothing changes its place because photos are read; what somebody did, or asked for, does change the order. */
  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const decided = library.changes.history;
    try {
      const [named, groups] = await Promise.all([everything("named", this.sort), everything("unnamed", "faces")]);
      await this.#moving;
      if (turn !== this.#turn) return;
      const holding = this.ready && this.#groups.length > 0 && (library.working || decided === this.#decided);
      this.#decided = decided;
      this.#named = holding ? kept(this.#named, named, () => true) : named;
      this.#groups = holding ? kept(this.#groups, groups, (group) => this.#seen.has(group.id)) : groups;
      this.#held = holding ? groups : null;
      for (const group of this.#groups) this.#seen.add(group.id);
      this.#leaving.clear();
      this.problem = null;
      this.ready = true;
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
  /** Lets what has gathered behind the line fall into place. */
  showWaiting(): void {
    if (this.#held !== null) this.#groups = this.#held;
    for (const group of this.#groups) this.#seen.add(group.id);
    this.#held = null;
  }
  async sortBy(sort: PeopleSort): Promise<void> {
    this.sort = sort;
    // Asked for: everything falls into its new place.
    this.#decided = -1;
    await this.load();
  }
  /** Takes cards off the screen at once; null from the act brings them back. `moving`: their faces are on their way to somebody. */
  async leave(ids: readonly number[], act: () => Promise<unknown>, moving: Promise<unknown> = Promise.resolve()): Promise<boolean> {
    this.#moving = moving;
    for (const id of ids) this.#leaving.add(id);
    const done = await act();
    if (done !== null) return true;
    for (const id of ids) this.#leaving.delete(id);
    return false;
  }
  find(id: number): PersonCard | undefined {
    return this.#named.find((person) => person.id === id) ?? this.#groups.find((group) => group.id === id);
  }
}

function everything(show: "named" | "unnamed", sort: PeopleSort): Promise<readonly PersonCard[]> {
  return allPages((offset, limit) => ask("people.list", { show, sort, offset, limit }), CHUNK);
}
