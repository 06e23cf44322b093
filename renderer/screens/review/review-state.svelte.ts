import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { DecisionResult, Question } from "../../../electron/contract/views.ts";
import { asProblemView, ask } from "../../bridge.ts";
import { decide, onTakenBack, undo } from "../../state/decide.svelte.ts";
import { library } from "../../state/library.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";
import { loadAhead } from "./load-ahead.ts";

/** What somebody said to a question. */
export type Answer =
  | { readonly kind: "yes" | "no" | "not-sure" | "stranger" | "not-a-face" }
  | { readonly kind: "person"; readonly personId: number; readonly name: string | null }
  | { readonly kind: "new"; readonly name: string };
/** Which questions are wanted. */
export type About =
  { readonly kind: "everyone" | "unnamed" } | { readonly kind: "person"; readonly personId: number; readonly name: string | null };
interface Answered {
  readonly question: Question;
  /** Null: left as not sure, or still being saved. */
  readonly decisionId: number | null;
  readonly settled: number;
  readonly unsure: boolean;
}

/** Keys pressed this soon after a question appeared are dropped: nobody answers what they have not seen. */
export const BLIND_MS = 150;
/** So many questions are fetched at once; the next ones' pictures are loaded meanwhile. */
const AHEAD = 12;

/**
 * The questions, one at a time, and what has been answered in this sitting. Answers are saved one after another behind the questions;
 * while one is on its way, nothing else is asked about the group it is about.
 */
export class Review {
  questions = $state.raw<readonly Question[]>([]);
  left = $state(0);
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  about = $state.raw<About>({ kind: "everyone" });
  answered = $state.raw<readonly Answered[]>([]);
  /** Groups asked about whose answer is being saved: they may be gone with it. The person they may be stays who they are. */
  #held = $state.raw<readonly number[]>([]);
  /** The question in view stays until it is answered, whatever comes before it meanwhile. */
  #shown = $state<string | undefined>();
  #shownAt = 0;
  #saved: Promise<unknown> = Promise.resolve();
  #done: readonly string[] = [];
  /** Asked again because somebody went back to them: they stay until they are answered, whatever the engine would ask now. */
  #again: readonly string[] = [];
  #turn = 0;

  constructor(about: About) {
    this.about = about;
  }

  // Read, not kept: an answer may still be on its way to the engine when the screen has gone, and what was kept goes with it.
  get current(): Question | null {
    const free = this.#free;
    return free.find((question) => question.id === this.#shown) ?? free[0] ?? null;
  }
  /** The one that comes after it, as far as is known. */
  get next(): Question | undefined {
    return this.#free.find((each) => each !== this.current);
  }
  get settled(): number {
    return this.answered.reduce((sum, each) => sum + each.settled, 0);
  }
  get unsure(): number {
    return this.answered.filter((each) => each.unsure).length;
  }
  /** What was taken back elsewhere, by a message's Undo or by Ctrl+Z, is asked again. Returns how to stop. */
  start(): () => void {
    return onTakenBack(() => void this.#recall());
  }
  /** What is left waits for an answer that is still being saved. */
  get waiting(): boolean {
    return this.current === null && this.questions.length > 0;
  }
  /** Asks about others from here on. */
  async ask(about: About): Promise<void> {
    this.about = about;
    this.questions = [];
    this.ready = false;
    await this.load(false);
  }
  /** Fetches questions. `keep`: the one in view stays first as long as it is still worth asking. */
  async load(keep: boolean): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { about } = this;
    try {
      const view = await ask("review.next", {
        limit: AHEAD + this.#done.length,
        ...(about.kind === "person" && { personId: about.personId }),
        ...(about.kind === "unnamed" && { unnamed: true }),
      });
      if (turn !== this.#turn) return;
      const shown = this.current;
      const asked = this.questions.filter((question) => this.#again.includes(question.id));
      const others = view.questions.filter((question) => !this.#done.includes(question.id) && !this.#again.includes(question.id));
      const fresh = [...asked, ...others];
      const same = keep && shown !== null ? fresh.find((question) => question.id === shown.id) : undefined;
      this.questions = same === undefined ? fresh : [same, ...fresh.filter((question) => question !== same)];
      this.left = Math.max(view.left - this.#unsaved, this.questions.length);
      this.problem = null;
      this.ready = true;
      this.#look();
    } catch (thrown) {
      if (turn === this.#turn) this.problem = asProblemView(thrown);
    }
  }
  /** Answers the question in view. The next one is there at once; the engine is told meanwhile. */
  async answer(answer: Answer): Promise<void> {
    const question = this.current;
    if (question === null || performance.now() - this.#shownAt < BLIND_MS) return;
    this.#done = [...this.#done, question.id];
    this.#again = this.#again.filter((id) => id !== question.id);
    this.#held = [...this.#held, question.a.id];
    this.questions = this.questions.filter((each) => each.id !== question.id);
    this.left = Math.max(0, this.left - 1);
    this.answered = [...this.answered, { question, decisionId: null, settled: 0, unsure: false }];
    this.#look();
    const saving = this.#saved.then(async () => {
      const result = await this.#say(question, answer);
      // Refused: it is asked again, unless the engine knows better by now.
      if (result === undefined) this.#forget(question, false);
      else {
        const settled = { decisionId: result?.decisionId ?? null, settled: result?.changed ?? 0, unsure: result === null };
        this.answered = this.answered.map((each) => (each.question.id === question.id ? { question, ...settled } : each));
      }
      this.#held = without(this.#held, question.a.id);
      this.#look();
    });
    this.#saved = saving;
    await saving;
    if (this.questions.length < AHEAD / 2 && this.#saved === saving) await this.load(true);
  }
  /** Goes back to the last question and takes its answer back. */
  async back(): Promise<void> {
    await this.#saved;
    const last = this.answered.at(-1);
    if (last === undefined) return;
    if (last.decisionId === null) await this.#unskip(last.question);
    else if ((await undo(last.decisionId)) === null) return;
    this.#forget(last.question, true);
  }
  /** Asks again what was left as not sure. */
  async again(): Promise<void> {
    await this.#saved;
    for (const each of this.answered.filter((one) => one.unsure).toReversed()) {
      await this.#unskip(each.question);
      this.#forget(each.question, true);
    }
  }

  /** Questions that no answer on its way is about. */
  get #free(): readonly Question[] {
    return this.questions.filter(({ a, b }) => !this.#held.includes(a.id) && !this.#held.includes(b.id));
  }
  get #unsaved(): number {
    return this.answered.filter((each) => each.decisionId === null && !each.unsure).length;
  }
  /** Finds out which answers of this sitting were taken back. */
  async #recall(): Promise<void> {
    await this.#saved;
    const ids = this.answered.map((each) => each.decisionId).filter((id) => id !== null);
    if (ids.length === 0) return;
    try {
      const { items } = await ask("history", { limit: Math.min(200, ids.length + 20) });
      const undone = new Set(items.filter((entry) => entry.undone).map((entry) => entry.decisionId));
      for (const each of this.answered) if (each.decisionId !== null && undone.has(each.decisionId)) this.#forget(each.question, true);
    } catch {
      // Then they count as answered, and History tells what stands.
    }
  }
  /** As if it had not been answered: it is asked first. `stays`: until there is another answer. */
  #forget(question: Question, stays: boolean): void {
    if (!this.answered.some((each) => each.question.id === question.id)) return;
    if (stays) this.#again = [...this.#again, question.id];
    this.answered = this.answered.filter((each) => each.question.id !== question.id);
    this.#done = this.#done.filter((id) => id !== question.id);
    this.questions = [question, ...this.questions.filter((each) => each.id !== question.id)];
    this.left += 1;
    this.#shown = undefined;
    this.#look();
  }
  /** Notes when a new question came into view, and has the next ones' pictures ready. */
  #look(): void {
    if (this.current?.id !== this.#shown) {
      this.#shown = this.current?.id;
      this.#shownAt = performance.now();
    }
    const next = this.#free.filter((each) => each !== this.current);
    // Those that wait for an answer to be saved come after, and soon.
    loadAhead([...next, ...this.questions.filter((each) => each !== this.current && !next.includes(each))]);
  }
  /** Null: left as not sure. Undefined: it was refused, and the refusal has been said. */
  async #say(question: Question, answer: Answer): Promise<DecisionResult | null | undefined> {
    const { a, b } = question;
    const alone = { alone: true } as const;
    switch (answer.kind) {
      case "not-sure":
        return this.#skip(question);
      case "yes":
        return (
          (await decide("merge", { into: b.id, from: [a.id] }, { ...alone, sentence: (result) => t().review.same(result.changed) })) ??
          undefined
        );
      case "no":
        return (await decide("never-merge", { a: a.id, b: b.id }, alone)) ?? undefined;
      case "stranger":
        return (await decide("stranger", { personId: a.id }, alone)) ?? undefined;
      case "not-a-face":
        return (await decide("not-a-face", { faceIds: await facesOf(a.id, a.faceIds) }, alone)) ?? undefined;
      case "person":
        return (await decide("merge", { into: answer.personId, from: [a.id] }, alone)) ?? undefined;
      case "new":
        return (await decide("name", { personId: a.id, name: answer.name }, alone)) ?? undefined;
    }
  }
  async #unskip(question: Question): Promise<void> {
    // It is asked in any case; only a later sitting would not ask it.
    await ask("review.skip", { questionId: question.id, again: true }).catch(() => undefined);
  }
  async #skip(question: Question): Promise<null | undefined> {
    try {
      await ask("review.skip", { questionId: question.id });
      // It changes nothing but how many are left to ask, which the rail says too.
      void library.refresh();
      return null;
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
      return undefined;
    }
  }
}

/** The list without one of these numbers; others like it stay. */
function without(list: readonly number[], gone: number): readonly number[] {
  const at = list.indexOf(gone);
  return at < 0 ? list : [...list.slice(0, at), ...list.slice(at + 1)];
}

/** "Not a face" means the whole group that was asked about. */
async function facesOf(personId: number, shown: readonly number[]): Promise<number[]> {
  const page = await ask("person.faces", { personId, limit: 100_000 });
  return page.items.length > 0 ? page.items.map((face) => face.id) : [...shown];
}
