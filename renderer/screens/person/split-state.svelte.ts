import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, LikelyPerson } from "../../../electron/contract/views.ts";
import { SvelteSet } from "svelte/reactivity";
import { asProblemView, ask } from "../../bridge.ts";
import { undoAction } from "../../state/decide.svelte.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { firstName, yearOf, years } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";

/** One part as it stands in the sheet: faces, and who they are to become. */
export interface Part {
  readonly faceIds: readonly number[];
  readonly likely: LikelyPerson | null;
  /** Somebody known, a new name, or null to leave it unnamed. */
  readonly to: { readonly personId: number; readonly name: string } | { readonly name: string } | null;
}

/** The split as it is being prepared; nothing changes until it is carried out. */
export class Split {
  readonly personId: number;
  parts = $state.raw<readonly Part[]>([]);
  /** The machine itself thinks there is more than one person. */
  mixed = $state(false);
  /** Somebody said how many parts. */
  chosen = $state(false);
  ready = $state(false);
  busy = $state(false);
  /** A proposal is on its way: what stands there is about to be replaced. */
  asking = $state(false);
  problem = $state.raw<ProblemView | null>(null);

  /** Faces that move together. */
  readonly selected = new SvelteSet<number>();
  /** What a move came to, for those who cannot see it. */
  said = $state("");
  /** Where a range starts. */
  #from: number | null = null;

  constructor(personId: number) {
    this.personId = personId;
  }

  /** Asks for a proposal in so many parts, or in as many as the machine sees. */
  async propose(count?: number): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const view = await ask("person.split", { personId: this.personId, ...(count === undefined ? {} : { parts: count }) });
      this.parts = view.parts.map((part, index) => ({
        ...part,
        to:
          index > 0 && part.likely !== null && part.likely.name !== null && part.likely.sureness === "sure"
            ? { personId: part.likely.personId, name: part.likely.name }
            : null,
      }));
      this.mixed = view.mixed;
      this.chosen = count !== undefined;
      this.selected.clear();
      this.problem = null;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
    this.asking = false;
    this.ready = true;
  }
  /** Selects or unselects one face; with `range` everything of its part from the last one on. */
  select(faceId: number, range: boolean): void {
    const part = this.parts.find((each) => each.faceIds.includes(faceId));
    const [from, to] = [part?.faceIds.indexOf(this.#from ?? -1) ?? -1, part?.faceIds.indexOf(faceId) ?? -1];
    if (range && part !== undefined && from >= 0) {
      for (const id of part.faceIds.slice(Math.min(from, to), Math.max(from, to) + 1)) this.selected.add(id);
    } else if (!this.selected.delete(faceId)) this.selected.add(faceId);
    this.#from = faceId;
  }
  /** Moves a face to another part, and all that are selected with it when it is one of them. */
  move(faceId: number, to: number): void {
    const together = this.selected.has(faceId);
    const moves = (id: number): boolean => (together ? this.selected.has(id) : id === faceId);
    const target = this.parts[to];
    if (target === undefined) return;
    const coming = this.parts.flatMap((part, index) => (index === to ? [] : part.faceIds.filter(moves)));
    if (coming.length === 0) return;
    this.parts = this.parts.map((part, index) => ({
      ...part,
      faceIds: index === to ? [...coming, ...part.faceIds] : part.faceIds.filter((id) => !moves(id)),
    }));
    this.selected.clear();
    this.said = t().split.moved(coming.length, to === 0 ? t().split.part(1) : (target.to?.name ?? t().split.part(to + 1)));
  }
  name(index: number, to: Part["to"]): void {
    this.parts = this.parts.map((part, at) => (at === index ? { ...part, to } : part));
  }
  /** What will happen, in words. */
  get sentence(): string {
    const said = this.parts.slice(1).flatMap((part) => {
      if (part.faceIds.length === 0) return [];
      return [part.to === null ? t().split.become(part.faceIds.length) : t().split.goTo(part.faceIds.length, firstName(part.to.name))];
    });
    return said.length === 0 ? t().split.nothing : `${said.join(", ")}.`;
  }
  get any(): boolean {
    return this.parts.slice(1).some((part) => part.faceIds.length > 0);
  }
  /** Carries it out: one decision a part, taken back together. False when it was refused. */
  async carryOut(): Promise<boolean> {
    this.busy = true;
    const sentence = this.sentence;
    const done: number[] = [];
    try {
      for (const part of this.parts.slice(1)) {
        if (part.faceIds.length === 0) continue;
        const to = part.to === null ? {} : "personId" in part.to ? { into: part.to.personId } : { name: part.to.name };
        const payload = { personId: this.personId, faceIds: [...part.faceIds], ...to };
        done.push((await ask("decide", { kind: "split", payload })).decisionId);
      }
      toasts.say(sentence, { tone: "done", action: { ...undoAction(0), run: () => void takeBack(done) } });
      return true;
    } catch (thrown) {
      if (done.length > 0) await takeBack(done);
      toasts.problem(asProblemView(thrown));
      return false;
    } finally {
      this.busy = false;
    }
  }
}

async function takeBack(decisions: readonly number[]): Promise<void> {
  try {
    for (const decisionId of [...decisions].reverse()) await ask("undo", { decisionId });
    toasts.say(t().toast.takenBack, { tone: "done" });
  } catch (thrown) {
    toasts.problem(asProblemView(thrown));
  }
}

/** `248 faces · 1999–2004` of some faces. */
export function partFacts(faceIds: readonly number[], byId: ReadonlyMap<number, FaceView>): string {
  const seen = faceIds.flatMap((id) => yearOf(byId.get(id)?.takenAt ?? null) ?? []);
  const span = seen.length === 0 ? "" : years(Math.min(...seen), Math.max(...seen));
  return [t().people.faces(faceIds.length), span].filter(Boolean).join(" · ");
}
