import { dirname, join } from "node:path";
import { utilityProcess, type UtilityProcess } from "electron";
import type { RequestArgs, RequestName } from "../contract/args.ts";
import { problemView, type ProblemView } from "../contract/problems.ts";
import type { Results } from "../contract/requests.ts";
import { tryAccelerator } from "./try-accelerator.ts";

export interface EngineHostOptions {
  /** The engine's bundle. */
  readonly entry: string;
  readonly libraryDir: string;
  readonly modelsDir: string;
  /** Hears what the engine pushes. */
  readonly onEvent: (name: string, payload: unknown) => void;
  /** The engine could not be started, or stopped too often to be started again. */
  readonly onLost: (problem: ProblemView) => void;
}
export type Answer = { readonly ok: unknown } | { readonly problem: ProblemView };

/** Milliseconds in which as many as `mostRestarts` crashes mean that starting again does not help. */
const crashWindow = 60_000;
const mostRestarts = 3;
/** Milliseconds the engine gets to finish what it is writing when the app quits. */
const closing = 10_000;

/** The engine in a process of its own: started, asked, started again when it crashes, and closed in order. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #child: UtilityProcess | null = null;
  #opened: Promise<ProblemView | null> = Promise.resolve(problemView("engine-gone"));
  #nextId = 1;
  #crashes: number[] = [];
  #closed = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#start();
  }

  /** Asks the engine; every way of failing is a problem, never a rejection. */
  async ask(name: RequestName, args: unknown): Promise<Answer> {
    const refused = await this.#opened;
    const child = this.#child;
    if (refused !== null || child === null) return { problem: refused ?? problemView("engine-gone") };
    const id = this.#nextId++;
    return new Promise((done) => {
      this.#waiting.set(id, done);
      child.postMessage({ id, name, args });
    });
  }

  /** The same for the host's own questions, with their types. Rejects with the problem. */
  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Results[N]> {
    const answer = await this.ask(name, args);
    if ("problem" in answer) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`, { cause: answer.problem });
    return answer.ok as Results[N];
  }

  /** Lets the engine finish and ends it; takes at most ten seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === null) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(() => {
        child.kill();
        done();
      }, closing);
      child.once("exit", () => {
        clearTimeout(timer);
        done();
      });
      child.postMessage({ close: true });
    });
  }

  #start(): void {
    const { entry, libraryDir, modelsDir } = this.#options;
    const child = utilityProcess.fork(entry, [], { serviceName: "Familiar engine", stdio: "inherit" });
    this.#child = child;
    this.#opened = new Promise((done) => {
      child.on("message", (message: unknown) => {
        if (typeof message !== "object" || message === null) return;
        if ("opened" in message) {
          const problem = message.opened === true ? null : asProblem("problem" in message ? message.problem : null);
          if (problem !== null) this.#options.onLost(problem);
          done(problem);
        } else this.#take(message);
      });
      child.once("exit", (code) => {
        done(problemView("engine-gone", `exit ${code}`));
        this.#ended();
      });
    });
    child.postMessage({ open: { libraryDir, modelsDir } });
  }

  #take(message: object): void {
    if ("probe" in message)
      void this.#probe(message as { readonly probe: number; readonly args: readonly string[]; readonly timeLimit: number });
    else if ("event" in message && typeof message.event === "string") {
      this.#options.onEvent(message.event, "payload" in message ? message.payload : null);
    } else if ("id" in message && typeof message.id === "number") {
      const done = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ("ok" in message) done?.({ ok: message.ok });
      else done?.({ problem: asProblem("problem" in message ? message.problem : null) });
    }
  }

  /** The engine cannot start a process itself: a packed Electron does not run as Node. */
  async #probe({
    probe,
    args,
    timeLimit,
  }: {
    readonly probe: number;
    readonly args: readonly string[];
    readonly timeLimit: number;
  }): Promise<void> {
    const child = this.#child;
    const outcome = await tryAccelerator(join(dirname(this.#options.entry), "probe-child.js"), args, timeLimit);
    if (child === this.#child) child?.postMessage({ probe, outcome });
  }

  #ended(): void {
    this.#child = null;
    for (const done of this.#waiting.values()) done({ problem: problemView("engine-gone") });
    this.#waiting.clear();
    if (this.#closed) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashWindow), now];
    this.#options.onEvent("problem", problemView("engine-gone"));
    if (this.#crashes.length <= mostRestarts) {
      this.#start();
      // What the screens show may be from before the crash.
      this.#options.onEvent("changed", { what: ["people", "photos", "history", "folders", "settings", "packs"], personIds: [] });
    } else this.#options.onLost(problemView("engine-gone", "", "The part of Familiar that reads photos stopped several times in a row."));
  }
}

function asProblem(value: unknown): ProblemView {
  // The engine is our own code: what it calls a problem is one.
  return typeof value === "object" && value !== null && "code" in value ? (value as ProblemView) : problemView("internal");
}
