import type { LikelyPerson } from "../../electron/contract/views.ts";
import { ask } from "../bridge.ts";
import { fold } from "./fold.ts";

/** One line of the naming list. */
export type NameOption =
  { readonly kind: "person"; readonly person: LikelyPerson; readonly name: string } | { readonly kind: "new"; readonly name: string };

/** Who is being named, as it is shown beside the one it may be. */
export interface Named {
  readonly id: number;
  readonly name: string | null;
  readonly keyFaceId: number | null;
  readonly faces: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
}

/** The naming list shows at most this many people. */
const MOST = 8;

/** Who is being named, what has been typed, and whom it may mean. Likeness before spelling; accents and case do not matter in finding. */
export class Naming {
  /** What was typed, without the completion. */
  typed = $state("");
  found = $state.raw<readonly LikelyPerson[]>([]);
  at = $state(-1);
  readonly options: readonly NameOption[] = $derived.by(() => this.#options());
  readonly chosen: NameOption | null = $derived(this.options[this.at] ?? null);
  #turn = 0;
  #pending: Promise<void> = Promise.resolve();
  readonly #who: () => { readonly personId?: number; readonly faceIds?: readonly number[] };

  constructor(who: () => { readonly personId?: number; readonly faceIds?: readonly number[] }) {
    this.#who = who;
  }

  /** Looks for people as the text changes. Answers that come too late are dropped. */
  type(text: string): Promise<void> {
    this.#pending = this.#look(text);
    return this.#pending;
  }
  /** The list fits the text: whoever presses Enter faster than the answer comes must not make a second person of the same name. */
  settled(): Promise<void> {
    return this.#pending;
  }
  async #look(text: string): Promise<void> {
    this.typed = text;
    this.#turn += 1;
    const turn = this.#turn;
    this.at = this.#first();
    const { personId, faceIds } = this.#who();
    try {
      const found = await ask("people.find", {
        text: text.trim(),
        limit: MOST + 1,
        ...(personId === undefined ? {} : { personId }),
        ...(faceIds === undefined ? {} : { faceIds: [...faceIds] }),
      });
      if (turn !== this.#turn) return;
      this.found = found.filter((person) => person.personId !== personId && person.name !== null);
      this.at = this.#first();
    } catch {
      // The list only helps; a new name can be given without it.
      if (turn === this.#turn) this.found = [];
    }
  }
  /** The rest of the chosen name, when it begins with what was typed; "" otherwise. */
  get completion(): string {
    const chosen = this.chosen;
    if (chosen === null || chosen.kind === "new" || this.typed.trim() === "") return "";
    return restOf(chosen.name, this.typed);
  }
  step(by: 1 | -1): void {
    const count = this.options.length;
    if (count > 0) this.at = this.at < 0 ? (by === 1 ? 0 : count - 1) : (this.at + by + count) % count;
  }

  #options(): readonly NameOption[] {
    const typed = this.typed.trim();
    const people = this.found
      .slice(0, MOST)
      .flatMap((person): readonly NameOption[] => (person.name === null ? [] : [{ kind: "person", person, name: person.name }]));
    return typed === "" ? people : [...people, { kind: "new", name: typed }];
  }
  /** What Enter would do now: whom the text names, else a new person; nothing while nothing is typed. */
  #first(): number {
    const typed = fold(this.typed);
    if (typed === "") return -1;
    const options = this.#options();
    const match = options.findIndex((option) => option.kind === "person" && fold(option.name).startsWith(typed));
    return match >= 0 ? match : options.length - 1;
  }
}

/** What is left of a name behind the letters that were typed; one letter may stand for two, as ß for ss. */
function restOf(name: string, typed: string): string {
  const wanted = fold(typed);
  if (!fold(name).startsWith(wanted)) return "";
  const letters = [...name];
  for (let at = 1; at < letters.length; at += 1) {
    const begun = letters.slice(0, at).join("");
    if (fold(begun).length >= wanted.length && !/^\p{M}/u.test(letters[at] ?? ""))
      return fold(begun) === wanted ? letters.slice(at).join("") : "";
  }
  return "";
}
