import { Worker } from "node:worker_threads";
import type { EmbedderPlan } from "../../../models/packs.ts";
import type { ProblemView } from "../../contract/problems.ts";
import { asProblem, Problem } from "../errors.ts";

/** What a pack-worker is started with: plain data. */
export interface PackWork {
  readonly plan: EmbedderPlan;
  /** Where the network, its manifest and the unfinished download go. */
  readonly outDir: string;
  /** A copy of the weights that somebody has. */
  readonly file?: string;
}
/** How far it is (0..1), or that it ended: well (null) or with a problem. */
export type PackReply = { readonly part: number } | { readonly done: ProblemView | null };

interface Fetch {
  readonly worker: Worker;
  readonly done: Promise<void>;
  part: number;
}

/** Brings packs into the library's own folder, each on a thread of its own. What came of a stopped download is gone on with the next time. */
export class PackFetcher {
  readonly #outDir: string;
  readonly #onChange: () => void;
  readonly #running = new Map<string, Fetch>();

  constructor(outDir: string, onChange: () => void) {
    this.#outDir = outDir;
    this.#onChange = onChange;
  }

  /** How much of a pack has come (0..1), or null where it is not being fetched. */
  part(name: string): number | null {
    return this.#running.get(name)?.part ?? null;
  }

  /** Fetches it, or takes the file; who asks for one that is being fetched waits for that. Rejects with what `addPack` throws. */
  fetch(plan: EmbedderPlan, file?: string): Promise<void> {
    const { name } = plan.about;
    const running = this.#running.get(name);
    if (running) return running.done;
    const work: PackWork = { plan, outDir: this.#outDir, ...(file === undefined ? {} : { file }) };
    const own = `./pack-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
    const worker = new Worker(new URL(own, import.meta.url), { workerData: work });
    const done = this.#end(name, worker);
    this.#running.set(name, { worker, done, part: 0 });
    this.#onChange();
    return done;
  }

  /** Stops fetching a pack; the one who asked for it hears `cancelled`. */
  cancel(name: string): void {
    this.#running.get(name)?.worker.postMessage("stop");
  }

  async close(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { worker } of all) worker.postMessage("stop");
    await Promise.allSettled(all.map(({ done }) => done));
  }

  async #end(name: string, worker: Worker): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        worker.on("message", (reply: PackReply) => {
          if ("part" in reply) {
            const running = this.#running.get(name);
            if (running) running.part = reply.part;
            this.#onChange();
          } else if (reply.done === null) resolve();
          else reject(new Problem(reply.done.code, reply.done.detail, { sentence: reply.done.sentence }));
        });
        worker.on("error", (thrown) => reject(asProblem(thrown, name)));
        worker.on("exit", () => reject(new Problem("internal", `fetching ${name} stopped`)));
      });
    } finally {
      this.#running.delete(name);
      await worker.terminate();
      this.#onChange();
    }
  }
}
