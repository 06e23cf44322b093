import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { DecisionResult, Question } from "../../../electron/contract/views.ts";
import { asProblemView, ask, faceUrl } from "../../bridge.ts";
import { decide, undo } from "../../state/decide.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

/** What somebody said to a question. */
export type Answer =
  | { readonly kind: "yes" | "no" | "not-sure" | "stranger" | "not-a-face" }
  | { readonly kind: "person"; readonly personId: number; readonly name: string | null }
  | { readonly kind: "new"; readonly name: string };
interface Answered {
  readonly question: Question;
  readonly decisionId: number | null;
  readonly settled: number;
}

/** Keys pressed this soon after a question appeared are dropped: nobody answers what they have not seen. */
export const BLIND_MS = 150;
/** So many questions are fetched at once; the next ones' pictures are loaded meanwhile. */
const AHEAD = 12;

/** The questions, one at a time, and what has been answered in this sitting. */
export class Review {
  questions = $state.raw<readonly Question[]>([]);
  left = $state(0);
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  answered = $state.raw<readonly Answered[]>([]);
  readonly current: Question | null = $derived(this.questions[0] ?? null);
  readonly settled: number = $derived(this.answered.reduce((sum, each) => sum + each.settled, 0));
  readonly unsure: number = $derived(this.answered.filter((each) => each.decisionId === null).length);
  #shownAt = 0;
  #busy = false;
  #done: readonly string[] = [];
  /** Asked about first when it is the other side of a question. */
  readonly #about: number | undefined;

  constructor(about: number | undefined) {
    this.#about = about;
  }

  /** Fetches questions. `keep`: the one in view stays first as long as it is still worth asking. */
  async load(keep: boolean): Promise<void> {
    try {
      const view = await ask("review.next", { limit: AHEAD + this.#done.length });
      const shown = this.current;
      const fresh = view.questions.filter((question) => !this.#done.includes(question.id));
      if (this.#about !== undefined) fresh.sort((a, b) => Number(b.b.id === this.#about) - Number(a.b.id === this.#about));
      const same = keep && shown !== null ? fresh.find((question) => question.id === shown.id) : undefined;
      this.questions = same === undefined ? fresh : [same, ...fresh.filter((question) => question !== same)];
      this.left = Math.max(view.left, this.questions.length);
      if (this.current?.id !== shown?.id) this.#shownAt = performance.now();
      this.problem = null;
      this.ready = true;
      this.#preload();
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  /** Answers the question in view. The next one is there at once; the engine is told meanwhile. */
  async answer(answer: Answer): Promise<void> {
    const question = this.current;
    if (question === null || this.#busy || performance.now() - this.#shownAt < BLIND_MS) return;
    this.#busy = true;
    this.#done = [...this.#done, question.id];
    this.questions = this.questions.slice(1);
    this.left = Math.max(0, this.left - 1);
    this.#shownAt = performance.now();
    this.#preload();
    try {
      const result = await this.#say(question, answer);
      if (result === undefined) {
        this.#putBack(question);
        return;
      }
      this.answered = [...this.answered, { question, decisionId: result?.decisionId ?? null, settled: result?.changed ?? 0 }];
    } finally {
      this.#busy = false;
    }
    if (this.questions.length < AHEAD / 2) void this.load(true);
  }
  /** Goes back to the last question and takes its answer back. */
  async back(): Promise<void> {
    const last = this.answered.at(-1);
    if (last === undefined || this.#busy) return;
    this.#busy = true;
    if (last.decisionId === null || (await undo(last.decisionId)) !== null) {
      this.answered = this.answered.slice(0, -1);
      this.#putBack(last.question);
    }
    this.#busy = false;
  }
  /** Asks again what was left as not sure. */
  async again(): Promise<void> {
    const unsure = this.answered.filter((each) => each.decisionId === null);
    this.answered = this.answered.filter((each) => each.decisionId !== null);
    for (const each of [...unsure].reverse()) this.#putBack(each.question);
  }

  #putBack(question: Question): void {
    this.#done = this.#done.filter((id) => id !== question.id);
    this.questions = [question, ...this.questions.filter((each) => each.id !== question.id)];
    this.left += 1;
    this.#shownAt = performance.now();
  }
  /** Null: left as not sure. Undefined: it was refused, and the refusal has been said. */
  async #say(question: Question, answer: Answer): Promise<DecisionResult | null | undefined> {
    const { a, b } = question;
    switch (answer.kind) {
      case "not-sure":
        return this.#skip(question);
      case "yes":
        return (
          (await decide("merge", { into: b.id, from: [a.id] }, { sentence: (result) => t().review.same(result.changed) })) ?? undefined
        );
      case "no":
        return (await decide("never-merge", { a: a.id, b: b.id })) ?? undefined;
      case "stranger":
        return (await decide("stranger", { personId: a.id })) ?? undefined;
      case "not-a-face":
        return (await decide("not-a-face", { faceIds: await facesOf(a.id, a.faceIds) })) ?? undefined;
      case "person":
        return (await decide("merge", { into: answer.personId, from: [a.id] })) ?? undefined;
      case "new":
        return (await decide("name", { personId: a.id, name: answer.name })) ?? undefined;
    }
  }
  async #skip(question: Question): Promise<null | undefined> {
    try {
      await ask("review.skip", { questionId: question.id });
      return null;
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
      return undefined;
    }
  }
  /** The pictures of the next two questions are in the browser's cache before they are shown. */
  #preload(): void {
    if (typeof Image === "undefined") return;
    for (const question of this.questions.slice(1, 3)) {
      for (const card of [question.a, question.b]) {
        if (card.keyFaceId !== null) new Image().src = faceUrl(card.keyFaceId, 256);
        for (const id of card.faceIds.slice(0, 7)) new Image().src = faceUrl(id, 128);
      }
    }
  }
}

/** "Not a face" means the whole group that was asked about. */
async function facesOf(personId: number, shown: readonly number[]): Promise<number[]> {
  const page = await ask("person.faces", { personId, limit: 100_000 });
  return page.items.length > 0 ? page.items.map((face) => face.id) : [...shown];
}
