import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { FaceView, LikelyPerson } from "../../../electron/contract/views.ts";
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
  mixed = $state(false);
  ready = $state(false);
  busy = $state(false);
  problem = $state.raw<ProblemView | null>(null);

  constructor(personId: number) {
    this.personId = personId;
  }

  /** Asks for a proposal in so many parts, or in as many as the machine sees. */
  async propose(count?: number): Promise<void> {
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
      this.problem = null;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
    this.ready = true;
  }
  move(faceId: number, to: number): void {
    if (this.parts[to] === undefined || this.parts[to].faceIds.includes(faceId)) return;
    this.parts = this.parts.map((part, index) => ({
      ...part,
      faceIds: index === to ? [faceId, ...part.faceIds] : part.faceIds.filter((id) => id !== faceId),
    }));
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
