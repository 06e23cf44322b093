import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { PersonCard } from "../../../electron/contract/views.ts";
import { SvelteSet } from "svelte/reactivity";
import { asProblemView, ask } from "../../bridge.ts";
import { idsOf } from "../../parts/by-id.ts";
import { fold } from "../../parts/fold.ts";
import { kept } from "./kept-order.ts";
import { library } from "../../state/library.svelte.ts";

export type PeopleSort = "faces" | "name" | "recent";
/** More groups than this, and those with few faces are folded into one line. */
const MANY_GROUPS = 500;
const FEW_FACES = 4;
const CHUNK = 1000;

/** The named people and the groups without a name, as the People screen shows them. The order does not change under the pointer while photos are read. */
export class PeopleList {
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  sort = $state<PeopleSort>("faces");
  /** What was typed into the find field. */
  text = $state("");
  showFew = $state(false);
  #named = $state.raw<readonly PersonCard[]>([]);
  #groups = $state.raw<readonly PersonCard[]>([]);
  /** What has come while photos are read, held back behind a line. */
  #held = $state.raw<readonly PersonCard[] | null>(null);
  /** Left the screen the moment they were acted on; the engine's answer confirms it. */
  readonly #leaving = new SvelteSet<number>();
  #turn = 0;

  readonly named: readonly PersonCard[] = $derived.by(() => {
    const wanted = fold(this.text);
    return this.#named.filter((person) => !this.#leaving.has(person.id) && (wanted === "" || fold(person.name ?? "").includes(wanted)));
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

  /** Loads both lists again. What was there keeps its place while photos are being read. */
  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const [named, groups] = await Promise.all([everything("named", this.sort), everything("unnamed", "faces")]);
      if (turn !== this.#turn) return;
      const holding = library.working && this.ready && this.#groups.length > 0;
      this.#named = holding ? kept(this.#named, named, true) : named;
      this.#groups = holding ? kept(this.#groups, groups, false) : groups;
      this.#held = holding ? groups : null;
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
    this.#held = null;
  }
  async sortBy(sort: PeopleSort): Promise<void> {
    this.sort = sort;
    await this.load();
  }
  /** Takes cards off the screen at once; `false` from the act brings them back. */
  async leave(ids: readonly number[], act: () => Promise<unknown>): Promise<boolean> {
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

async function everything(show: "named" | "unnamed", sort: PeopleSort): Promise<readonly PersonCard[]> {
  const first = await ask("people.list", { show, sort, offset: 0, limit: CHUNK });
  const all = [...first.items];
  while (all.length < first.total) {
    const next = await ask("people.list", { show, sort, offset: all.length, limit: CHUNK });
    if (next.items.length === 0) break;
    all.push(...next.items);
  }
  return all;
}
