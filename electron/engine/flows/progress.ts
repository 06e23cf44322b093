import type { ProblemView } from "../../contract/problems.ts";
import type { ProgressView, ScanPhase } from "../../contract/views.ts";
import { settings } from "../settings.ts";

const number = new Intl.NumberFormat("en");

/** Counts what is being done and says so truthfully: rate over the last 20 seconds, no time left until there is a rate. */
export class Progress {
  readonly #push: (view: ProgressView) => void;
  #phase: ScanPhase = "idle";
  /** The phase that a pause holds. */
  #held: ScanPhase = "reading";
  #done = 0;
  #total = 0;
  #faces = 0;
  #failed = 0;
  #at: string | null = null;
  #problem: ProblemView | null = null;
  #marks: { readonly at: number; readonly done: number }[] = [];
  #lastPush = 0;
  #idleWords = "";
  #closer: NonNullable<ProgressView["closer"]> | null = null;

  constructor(push: (view: ProgressView) => void) {
    this.#push = push;
  }

  /** Enters a phase with its own total; `done` restarts, or goes on from what an earlier run did. */
  begin(phase: ScanPhase, total = 0, done = 0): void {
    this.#phase = phase;
    this.#done = done;
    this.#total = total;
    this.#problem = null;
    this.#marks = [{ at: Date.now(), done }];
    if (phase === "reading") this.#faces = this.#failed = 0;
    this.#at = null;
    this.#say(true);
  }

  /** One more photo finished. */
  step(by: { readonly faces?: number; readonly failed?: number; readonly at?: string } = {}): void {
    this.#done += 1;
    this.#faces += by.faces ?? 0;
    this.#failed += by.failed ?? 0;
    this.#at = by.at ?? this.#at;
    const now = Date.now();
    this.#marks.push({ at: now, done: this.#done });
    while (this.#marks.length > 2 && now - (this.#marks[0]?.at ?? now) > settings.patience.rateOver) this.#marks.shift();
    this.#say(false);
  }

  setDone(done: number, total: number): void {
    this.#done = done;
    this.#total = total;
    this.#say(false);
  }

  hold(paused: boolean): void {
    if (paused && this.#phase !== "paused") this.#held = this.#phase;
    this.#phase = paused ? "paused" : this.#held;
    this.#marks = [{ at: Date.now(), done: this.#done }];
    this.#say(true);
  }

  stop(problem: ProblemView): void {
    this.#phase = "stopped";
    this.#problem = problem;
    this.#say(true);
  }

  /** Rests; `words` is the idle line of the status bar. */
  rest(words: string): void {
    this.#phase = "idle";
    this.#idleWords = words;
    this.#say(true);
  }

  /** How far the closer look at all faces is, that goes on while nothing else does; null when there is none. */
  lookCloser(closer: NonNullable<ProgressView["closer"]> | null): void {
    const began = (this.#closer === null) !== (closer === null);
    this.#closer = closer;
    this.#say(began);
  }

  view(): ProgressView {
    const rate = this.#rate();
    const left = rate && (this.#phase === "reading" || this.#phase === "changing") ? Math.max(0, this.#total - this.#done) / rate : null;
    return {
      phase: this.#phase,
      done: this.#done,
      total: this.#total,
      faces: this.#faces,
      failed: this.#failed,
      secondsLeft: left,
      photosPerSecond: this.#phase === "reading" ? rate : null,
      at: this.#phase === "reading" ? this.#at : null,
      problem: this.#problem,
      words: this.#words(left),
      closer: this.#phase === "idle" ? this.#closer : null,
    };
  }

  #rate(): number | null {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (!first || !last || last.done - first.done < 8 || last.at === first.at) return null;
    return ((last.done - first.done) / (last.at - first.at)) * 1000;
  }

  #words(left: number | null): string {
    const of = `${number.format(this.#done)} of ${number.format(this.#total)} photos`;
    const failed = this.#failed > 0 ? [`${number.format(this.#failed)} could not be read`] : [];
    switch (this.#phase) {
      case "looking":
        return "Looking through the folders";
      case "reading":
        return [of, ...(left === null ? [] : [timeLeft(left)]), ...failed].join(" · ");
      case "changing":
        return ["Reading faces with the other model", of, ...(left === null ? [] : [timeLeft(left)])].join(" · ");
      case "grouping":
        return `Grouping ${number.format(this.#total)} faces`;
      case "paused":
        return `Paused at ${of}`;
      case "stopped":
        return this.#problem ? `${this.#problem.sentence} ${this.#problem.act}`.trim() : "Stopped";
      case "idle":
        return [this.#idleWords, ...(this.#closer === null ? [] : [closerWords(this.#closer)])].join(" · ");
    }
  }

  #say(now: boolean): void {
    const at = Date.now();
    if (!now && at - this.#lastPush < settings.patience.pushEvery) return;
    this.#lastPush = at;
    this.#push(this.view());
  }
}

function closerWords({ done, total }: { readonly done: number; readonly total: number }): string {
  return `taking a closer look at all faces, ${Math.floor((100 * done) / Math.max(1, total))} %`;
}

/** Seconds as a person says them: never seconds. */
export function timeLeft(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return "under a minute";
  if (minutes < 90) return `${minutes} min left`;
  return `${Math.round(minutes / 60)} hours left`;
}
