import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Problem } from "../errors.ts";
import type { EmbedderPack } from "../types.ts";
import { endWorker } from "./end-worker.ts";
import type { SeeAnswers, SeeReply, SeeTask, SeeWorkerData } from "./see-task.ts";
import { settings } from "../settings.ts";

interface Waiting {
  readonly task: SeeTask;
  readonly resolve: (answer: never) => void;
  readonly reject: (problem: Problem) => void;
}
interface Seat {
  readonly worker: Worker;
  readonly running: Map<number, Waiting>;
}

/**
 * Worker threads that read and see photos. ONNX Runtime blocks its thread for the whole of a run, so none of it happens on
 * the engine's own thread. A worker that dies takes only its own photos with it, and another takes its seat.
 */
export class SeePool {
  readonly #data: SeeWorkerData;
  readonly #seats: Seat[] = [];
  readonly #queue: Waiting[] = [];
  readonly #size: number;
  readonly #onFellBack: (why: string) => void;
  readonly #inHand = new Set<Promise<unknown>>();
  #nextId = 1;
  #closed = false;

  constructor(data: SeeWorkerData, options: { workers?: number; onFellBack?: (why: string) => void } = {}) {
    this.#data = data;
    this.#size = Math.max(1, options.workers ?? availableParallelism());
    this.#onFellBack = options.onFellBack ?? (() => undefined);
  }

  /** The pack that its vectors are of. */
  get pack(): EmbedderPack {
    return this.#data.embedder;
  }

  /** How many photos can be worked on at once; feed it about this many. */
  get width(): number {
    return this.#size * settings.scan.perWorker;
  }

  /** Runs one task; rejects with a Problem. */
  run<K extends SeeTask["kind"]>(task: SeeTask & { kind: K }): Promise<SeeAnswers[K]> {
    if (this.#closed) return Promise.reject(new Problem("cancelled"));
    const answer = new Promise<SeeAnswers[K]>((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#feed();
    });
    const settled = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#inHand.add(settled);
    void settled.then(() => this.#inHand.delete(settled));
    return answer;
  }

  /** Closes it when everything that was asked has been answered. */
  async retire(): Promise<void> {
    await Promise.all(this.#inHand);
    await this.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.reject(new Problem("cancelled"));
    await Promise.all(
      this.#seats.splice(0).map(async (seat) => {
        await endWorker(seat.worker);
        for (const waiting of seat.running.values()) waiting.reject(new Problem("cancelled"));
      }),
    );
  }

  #feed(): void {
    while (this.#queue.length > 0) {
      let seat = this.#seats.find((one) => one.running.size === 0);
      if (!seat && this.#seats.length < this.#size) seat = this.#open();
      seat ??= this.#seats.toSorted((a, b) => a.running.size - b.running.size)[0];
      if (!seat || seat.running.size >= settings.scan.perWorker) return;
      const waiting = this.#queue.shift();
      if (!waiting) return;
      const id = this.#nextId++;
      seat.running.set(id, waiting);
      seat.worker.postMessage({ id, task: waiting.task });
    }
  }

  #open(): Seat {
    const file = `./see-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
    const seat: Seat = { worker: new Worker(new URL(file, import.meta.url), { workerData: this.#data }), running: new Map() };
    seat.worker.on("message", (reply: SeeReply) => this.#answer(seat, reply));
    seat.worker.on("error", (error) => this.#lose(seat, error));
    seat.worker.on("exit", () => this.#lose(seat, new Error("the worker stopped")));
    this.#seats.push(seat);
    return seat;
  }

  #answer(seat: Seat, reply: SeeReply): void {
    if ("fellBack" in reply) return this.#onFellBack(reply.fellBack);
    const waiting = seat.running.get(reply.id);
    seat.running.delete(reply.id);
    if (waiting && "ok" in reply) waiting.resolve(reply.ok as never);
    else if (waiting && "problem" in reply) {
      waiting.reject(new Problem(reply.problem.code, reply.problem.detail, { sentence: reply.problem.sentence }));
    }
    this.#feed();
  }

  #lose(seat: Seat, error: Error): void {
    const place = this.#seats.indexOf(seat);
    if (place < 0) return;
    this.#seats.splice(place, 1);
    for (const waiting of seat.running.values())
      waiting.reject(new Problem("internal", `${waiting.task.path}: ${error.message}`, { cause: error }));
    seat.running.clear();
    if (!this.#closed) this.#feed();
  }
}
