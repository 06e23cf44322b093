import type { LookAlikeFace, LookAlikesView } from "../../../electron/contract/finding-views.ts";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, PersonCard } from "../../../electron/contract/views.ts";
import { asProblemView, ask, faceUrl, photoUrl } from "../../bridge.ts";
import { decide, onTakenBack, undo } from "../../state/decide.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { heldForReview } from "./load-ahead.ts";

/** What was said of a face: the one, the other, neither, or nothing. */
export type Said = "a" | "b" | "neither" | "not-sure";
interface Answered {
  readonly said: Said;
  readonly decisionId: number | null;
}

/** Keys pressed this soon after a face appeared are dropped. */
const blindMs = 150;
/** So many faces' pictures are had ready. */
const ahead = 4;

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
    return Math.max(0, this.faces.length - this.#said.size);
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
  /** What was taken back elsewhere is open again. Returns how to stop. */
  start(): () => void {
    return onTakenBack(() => void this.#recall());
  }
  say(said: Said): void {
    const shown = this.current;
    if (shown === null || performance.now() - this.#shownAt < blindMs) return;
    const { face } = shown;
    this.#seen.add(face.id);
    this.#said = new Map([...this.#said, [face.id, { said, decisionId: null }]]);
    // After one that was gone back to, those answered since are not asked again.
    const next = this.faces.findIndex((one, index) => index > this.at && !this.#said.has(one.face.id));
    this.at = next < 0 ? this.faces.length : next;
    this.#look();
    this.#saved = this.#saved.then(async () => {
      const decisionId = await this.#keep(face, said);
      // Refused, and that has been said: it is asked again.
      if (decisionId === undefined) return this.#forget(this.faces.findIndex((one) => one.face.id === face.id));
      await ask("review.skip", { questionId: shown.questionId }).catch((thrown: unknown) => toasts.problem(asProblemView(thrown)));
      const still = this.#said.get(face.id);
      if (still !== undefined) this.#said = new Map([...this.#said, [face.id, { ...still, decisionId }]]);
    });
  }
  /** Back to the last face, its answer taken back. */
  async back(): Promise<void> {
    await this.#saved;
    const index = this.faces.findLastIndex((one, at) => at < this.at && this.#said.has(one.face.id));
    const last = this.faces[index];
    const answer = last === undefined ? undefined : this.#said.get(last.face.id);
    if (last === undefined) return;
    if (answer !== undefined && answer.decisionId !== null && (await undo(answer.decisionId)) === null) return;
    // Taken back already, when the taking-back was heard of first.
    if (this.#said.has(last.face.id)) this.#forget(index);
  }

  /** As if nothing had been said of this face: it is shown again. */
  #forget(index: number): void {
    const face = this.faces[index];
    if (face === undefined) return;
    this.#said = new Map([...this.#said].filter(([id]) => id !== face.face.id));
    this.#seen.delete(face.face.id);
    this.at = index;
    this.#look();
    // It is shown in any case; only a later sitting would leave it out.
    void ask("review.skip", { questionId: face.questionId, again: true }).catch(() => undefined);
  }
  /** Goes back to the first face whose answer was taken back. */
  async #recall(): Promise<void> {
    await this.#saved;
    const { items } = await ask("history", { limit: Math.min(200, this.#said.size + 20) }).catch(() => ({ items: [] }));
    const undone = new Set(items.filter((entry) => entry.undone).map((entry) => entry.decisionId));
    const index = this.faces.findIndex(({ face }) => {
      const decisionId = this.#said.get(face.id)?.decisionId;
      return decisionId !== undefined && decisionId !== null && undone.has(decisionId);
    });
    if (index >= 0) this.#forget(index);
  }

  #look(): void {
    this.#shownAt = performance.now();
    for (const { face } of this.faces.slice(this.at + 1, this.at + 1 + ahead)) {
      heldForReview.hold(faceUrl(face.id, 256));
      heldForReview.hold(photoUrl(face.photoId, "thumb"));
    }
  }
  /** Null: there was nothing to decide. Undefined: it was refused. */
  async #keep(face: FaceView, said: Said): Promise<number | null | undefined> {
    const faceIds = [face.id];
    const wanted = said === "a" ? this.a.id : said === "b" ? this.b.id : null;
    if (said === "not-sure" || face.personId === null) return null;
    if (wanted === face.personId && face.state === "confirmed") return null;
    const result =
      wanted === null
        ? await decide("reject", { faceIds, personId: face.personId }, { alone: true })
        : wanted === face.personId
          ? await decide("confirm", { faceIds, personId: wanted }, { alone: true })
          : await decide("move", { faceIds, personId: wanted }, { alone: true });
    return result?.decisionId;
  }
}
