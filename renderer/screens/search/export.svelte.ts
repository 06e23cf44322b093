import type { ExportView } from "../../../electron/contract/finding-views.ts";
import type { ProblemView } from "../../../electron/contract/problems.ts";
import type { SearchQuery } from "../../../electron/contract/views.ts";
import { asProblemView, ask } from "../../bridge.ts";
import { asArgs } from "../photo/neighbours.svelte.ts";

/** Photos written between two looks at whether to go on. */
const page = 25;

interface Wanted {
  readonly query: SearchQuery;
  readonly sort: "newest" | "oldest";
  /** Only these, instead of what a search finds. */
  readonly photoIds: readonly number[] | undefined;
  readonly how: "copy" | "link";
  readonly into: string;
  /** Name of a folder to make in it, or "". */
  readonly newFolder: string;
}

/** Writing files out: a page at a time, so that it can be watched and stopped. */
export class Export {
  busy = $state(false);
  /** It is over, and there is something to tell. */
  ended = $state(false);
  done = $state(0);
  written = $state(0);
  already = $state(0);
  failed = $state.raw<ExportView["failed"]>([]);
  /** What ended it, or kept it from beginning. */
  problem = $state.raw<ProblemView | null>(null);
  into = $state("");
  /** Not gone through. */
  left = $state(0);
  #stopped = false;

  async run({ query, sort, photoIds, how, into, newFolder }: Wanted, total: number): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.#stopped = false;
    let all = total;
    try {
      while (this.done < all && !this.#stopped && this.problem === null) {
        const what =
          photoIds === undefined
            ? { query: asArgs(query), sort, offset: this.done }
            : { photoIds: photoIds.slice(this.done, this.done + page), offset: 0 };
        const answer = await ask("photos.export", { ...what, how, into, ...(newFolder !== "" && { newFolder }), limit: page });
        if (photoIds === undefined) all = answer.total;
        this.into = answer.into;
        this.written += answer.written;
        this.already += answer.already;
        this.failed = [...this.failed, ...answer.failed];
        this.problem = answer.stopped;
        this.done = Math.min(all, this.done + page);
        this.ended = answer.stopped !== null;
      }
      this.ended = true;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
      // A folder that cannot be used is asked for again; what was written before is told.
      this.ended = this.done > 0;
    } finally {
      this.left = Math.max(0, all - this.written - this.already - this.failed.length);
      this.busy = false;
    }
  }
  stop(): void {
    this.#stopped = true;
  }
}
