import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { GrowthView } from "../../../electron/contract/growth-views.ts";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import { asProblemView, ask, eyesUrl } from "../../bridge.ts";
import { toasts } from "../../state/toasts.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

export type Speed = "slow" | "medium" | "fast";
/** Milliseconds that a face is shown for. */
const shownFor: Readonly<Record<Speed, number>> = { slow: 1100, medium: 550, fast: 220 };

/** Somebody through the years: which face is shown, and whether it goes on by itself. It never goes on to a picture that is not there yet. */
export class Growth {
  readonly personId: number;
  view = $state.raw<GrowthView | null>(null);
  problem = $state.raw<ProblemView | null>(null);
  at = $state(0);
  playing = $state(false);
  speed = $state<Speed>("medium");
  saving = $state(false);
  /** Faces whose photo could not be opened. */
  readonly broken = new SvelteSet<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #loaded = new SvelteMap<number, Promise<boolean>>();

  constructor(personId: number) {
    this.personId = personId;
  }
  // Read, not kept: pictures still arrive when the strip has been closed, and what was kept goes with it.
  get frames(): GrowthView["frames"] {
    return this.view?.frames ?? [];
  }
  get frame(): GrowthView["frames"][number] | undefined {
    return this.frames[this.at];
  }

  async load(): Promise<void> {
    try {
      this.view = await ask("person.growth", { personId: this.personId });
      this.problem = null;
      void this.#ready(0);
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  /** Shows a face; stops going on by itself. */
  show(at: number): void {
    this.pause();
    this.at = Math.max(0, Math.min(this.frames.length - 1, at));
    void this.#ready(this.at + 1);
  }
  step(by: number): void {
    this.show(this.at + by);
  }
  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }
  play(): void {
    if (this.frames.length < 2) return;
    if (this.at >= this.frames.length - 1) this.at = 0;
    this.playing = true;
    void this.#go();
  }
  pause(): void {
    this.playing = false;
    clearTimeout(this.#timer);
  }
  async #go(): Promise<void> {
    const next = this.at + 1;
    if (!this.playing) return;
    if (next >= this.frames.length) {
      this.pause();
      return;
    }
    const [fine] = await Promise.all([
      this.#ready(next),
      new Promise((done) => (this.#timer = setTimeout(() => done(null), shownFor[this.speed]))),
    ]);
    // Paused and played again meanwhile, or stepped by hand.
    if (!this.playing || this.at + 1 !== next) return;
    this.at = next;
    if (!fine) this.broken.add(this.frames[next]?.faceId ?? 0);
    void this.#ready(next + 1);
    void this.#go();
  }
  /** Fetches a face's picture; false when it cannot be shown. */
  #ready(at: number): Promise<boolean> {
    const frame = this.frames[at];
    if (frame === undefined) return Promise.resolve(true);
    const known = this.#loaded.get(frame.faceId);
    if (known !== undefined) return known;
    const picture = new Image();
    picture.src = eyesUrl(frame.faceId);
    const loaded = picture.decode().then(
      () => true,
      () => false,
    );
    this.#loaded.set(frame.faceId, loaded);
    return loaded;
  }

  /** Writes every face and one picture of all into a new folder inside the chosen one. */
  async save(folder: string): Promise<void> {
    this.pause();
    this.saving = true;
    try {
      const faceIds = this.frames.map((frame) => frame.faceId);
      const saved = await ask("person.saveGrowth", { personId: this.personId, faceIds, folder });
      const words = t().growth;
      toasts.say(saved.left === 0 ? words.saved(saved.pictures, saved.folder) : words.savedSome(saved.pictures, saved.left, saved.folder), {
        tone: "done",
      });
    } catch (thrown) {
      toasts.problem(asProblemView(thrown));
    } finally {
      this.saving = false;
    }
  }
}
