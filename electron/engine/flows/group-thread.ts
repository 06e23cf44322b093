import { Worker } from "node:worker_threads";
import type { ProblemView } from "../../contract/problems.ts";
import { asProblem, Problem } from "../errors.ts";
import { endWorker } from "./end-worker.ts";
import type { Answers, TaskName, Tasks } from "./group-task.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (problem: Problem) => void;
}
type Reply = { readonly id: number } & ({ readonly ok: unknown } | { readonly problem: ProblemView });

/** The engine's end of the grouping thread: started when first asked, and again after it was lost. */
export class GroupThread {
  readonly #libraryDir: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #next = 1;
  #closed = false;

  constructor(libraryDir: string) {
    this.#libraryDir = libraryDir;
  }

  /** Rejects with the task's problem, `cancelled` once closed, `internal` where the thread is lost. */
  ask<K extends TaskName>(kind: K, task: Tasks[K]): Promise<Answers[K]> {
    if (this.#closed) return Promise.reject(new Problem("cancelled"));
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    return new Promise<Answers[K]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, kind, task });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#worker !== null) await endWorker(this.#worker);
    this.#lose(new Problem("cancelled"));
  }

  #start(): Worker {
    const file = `./group-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { libraryDir: this.#libraryDir } });
    worker.on("message", (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ("ok" in reply) waiting?.resolve(reply.ok as never);
      else waiting?.reject(new Problem(reply.problem.code, reply.problem.detail));
    });
    const lost = (error: unknown): void => {
      if (this.#worker !== worker) return;
      this.#lose(this.#closed ? new Problem("cancelled") : asProblem(error));
    };
    worker.on("error", lost);
    worker.on("messageerror", lost);
    worker.on("exit", () => lost(new Error("the grouping thread stopped")));
    return worker;
  }

  #lose(problem: Problem): void {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(problem);
    this.#waiting.clear();
  }
}
