import type { LookAlikeFace, LookAlikesView } from "../../../electron/contract/finding-views.ts";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, PersonCard } from "../../../electron/contract/views.ts";
import { asProblemView, ask, faceUrl } from "../../bridge.ts";
import { decide, undo } from "../../state/decide.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";

/** What was said of a face: the one, the other, neither, or nothing. */
export type Said = "a" | "b" | "neither" | "not-sure";
interface Answered {
  readonly said: Said;
  readonly decisionId: number | null;
}

/** Keys pressed this soon after a face appeared are dropped. */
const blindMs = 150;

/** Two people who look alike: their doubtful faces one by one, and what was said of each. */
export class LookAlikeState {
  readonly a: PersonCard;
  readonly b: PersonCard;
  faces = $state.raw<readonly LookAlikeFace[]>([]);
  ready = $state(false);
  problem = $state.raw<ProblemView | null>(null);
  at = $state(0);
  #view = $state.raw<LookAlikesView | null>(null);
  #said = $state.raw<ReadonlyMap<number, Answered>>(new Map());
  #saved: Promise<unknown> = Promise.resolve();
  #shownAt = 0;
  /** Looked at in this sitting, whatever was said: not shown again by "look for more". */
  readonly #seen = new Set<number>();

  constructor(a: PersonCard, b: PersonCard) {
    this.a = a;
    this.b = b;
    void this.load();
  }

  // Read, not kept: an answer may still be on its way when the screen has gone, and what was kept goes with it.
  get current(): LookAlikeFace | null {
    return this.faces[this.at] ?? null;
  }
  get answered(): number {
    return this.#said.size;
  }
  get left(): number {
    return Math.max(0, this.faces.length - this.at);
  }
  saidOf(faceId: number): Said | undefined {
    return this.#said.get(faceId)?.said;
  }
  /** Nine faces to compare with: those of the same time of life first. */
  beside(which: "a" | "b"): readonly FaceView[] {
    const list = (which === "a" ? this.#view?.ofA : this.#view?.ofB) ?? [];
    const year = Number(this.current?.face.takenAt?.slice(0, 4) ?? Number.NaN);
    const away = (face: FaceView): number => {
      const distance = Math.abs(Number(face.takenAt?.slice(0, 4) ?? Number.NaN) - year);
      return Number.isNaN(distance) ? 1000 : distance;
    };
    return list.toSorted((one, other) => away(one) - away(other)).slice(0, 9);
  }

  async load(): Promise<void> {
    await this.#saved;
    try {
      const view = await ask("review.lookAlikes", { a: this.a.id, b: this.b.id });
      this.#view = view;
      this.faces = view.faces.filter(({ face }) => !this.#seen.has(face.id));
      this.at = 0;
      this.#said = new Map();
      this.problem = null;
      this.ready = true;
      this.#look();
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  say(said: Said): void {
    const shown = this.current;
    if (shown === null || performance.now() - this.#shownAt < blindMs) return;
    const { face } = shown;
    this.#seen.add(face.id);
    this.#said = new Map([...this.#said, [face.id, { said, decisionId: null }]]);
    this.at += 1;
    this.#look();
    this.#saved = this.#saved.then(async () => {
      const decisionId = await this.#keep(face, said);
      await ask("review.skip", { questionId: shown.questionId }).catch((thrown: unknown) => toasts.problem(asProblemView(thrown)));
      const still = this.#said.get(face.id);
      if (still !== undefined) this.#said = new Map([...this.#said, [face.id, { ...still, decisionId }]]);
    });
  }
  /** Back to the last face, its answer taken back. */
  async back(): Promise<void> {
    await this.#saved;
    const last = this.faces[this.at - 1];
    const answer = last === undefined ? undefined : this.#said.get(last.face.id);
    if (last === undefined) return;
    if (answer !== undefined && answer.decisionId !== null && (await undo(answer.decisionId)) === null) return;
    this.#said = new Map([...this.#said].filter(([id]) => id !== last.face.id));
    this.#seen.delete(last.face.id);
    this.at -= 1;
    this.#look();
  }

  #look(): void {
    this.#shownAt = performance.now();
    const next = this.faces[this.at + 1];
    if (next !== undefined && typeof Image !== "undefined") new Image().src = faceUrl(next.face.id, 256);
  }
  async #keep(face: FaceView, said: Said): Promise<number | null> {
    const faceIds = [face.id];
    const wanted = said === "a" ? this.a.id : said === "b" ? this.b.id : null;
    if (said === "not-sure" || face.personId === null) return null;
    const result =
      wanted === null
        ? await decide("reject", { faceIds, personId: face.personId })
        : wanted === face.personId
          ? face.state === "confirmed"
            ? null
            : await decide("confirm", { faceIds, personId: wanted })
          : await decide("move", { faceIds, personId: wanted });
    return result?.decisionId ?? null;
  }
}
