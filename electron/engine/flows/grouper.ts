import { asProblem, Problem } from "../errors.ts";
import { log } from "../log.ts";
import { usableCalibration } from "../4-group/sureness.ts";
import { settings } from "../settings.ts";
import { applyGrouping } from "./apply-grouping.ts";
import type { Answers, TaskName, Tasks, WithPack } from "./group-task.ts";
import { GroupThread } from "./group-thread.ts";
import type { House } from "./house.ts";
import type { EmbedderPack } from "../types.ts";
import { asDelivered, preferences } from "./preferences.ts";

/** Setting that names the pack which the proposals come from. */
const groupedWith = "grouped-with";
/** What is answered in a moment, and must not wait for a grouping. */
const quickly = new Set<TaskName>(["rank", "suggest", "why", "warm"]);
/** What a task is asked with, besides the pack in use. */
type Rest<K extends TaskName> = Omit<Tasks[K], keyof WithPack>;

/** Groups faces and compares them, on a thread of its own. One grouping at a time; one that is asked for meanwhile follows once. */
export class Grouper {
  readonly #house: () => House;
  #thread: GroupThread | null = null;
  /** Answers what somebody waits for while the other groups. */
  #quick: GroupThread | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #anew = false;
  #timer: NodeJS.Timeout | null = null;
  #finishTimer: NodeJS.Timeout | null = null;
  #finishing: Promise<void> | null = null;
  #closed = false;

  constructor(house: () => House) {
    this.#house = house;
  }

  /** Faces were kept that no grouping has seen, or one was cut off: after a crash, or when `derived.db` was made anew. */
  get stale(): boolean {
    const { keep } = this.#house();
    return keep.groupingIsOpen || (keep.reads.counts().faces > 0 && !keep.hasProposals);
  }

  /** Groups everything now. Rejects with what went wrong; nothing that was known is touched then. */
  run(): Promise<void> {
    if (this.#closed) return Promise.reject(new Problem("cancelled"));
    if (this.#running) {
      this.#again = true;
      return this.#running.then(() => (this.#again ? this.run() : undefined));
    }
    this.#again = false;
    this.#running = this.#group().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /**
   * Groups with a pack that is to come; `take` puts it into use right before what was found is written down, or says that nobody wants it
   * any more: then nothing changes and this rejects with `cancelled`.
   */
  async change(pack: EmbedderPack, take: () => boolean): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined);
    if (this.#closed) throw new Problem("cancelled");
    this.#running = this.#group(pack, take).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The next run groups from nothing what nobody acted on. */
  startAnew(): void {
    this.#anew = true;
    this.soon();
  }

  /** Groups when it has been quiet for a moment. */
  soon(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#quietly();
    }, settings.group.quiet);
    this.#timer.unref();
  }

  /**
   * In a very large library neighbours come from coarse lists. They are finished exactly when nothing has been done for a moment, and
   * then everything is grouped once more.
   */
  finishLater(): void {
    if (this.#closed || this.#finishing !== null) return;
    if (this.#finishTimer) clearTimeout(this.#finishTimer);
    this.#finishTimer = setTimeout(() => {
      this.#finishTimer = null;
      this.#finishing ??= this.#finish()
        .catch((thrown: unknown) => {
          if (!this.#closed) log("warn", `the closer look stopped: ${asProblem(thrown).message}`);
        })
        .finally(() => {
          this.#finishing = null;
        });
    }, settings.group.finish.quiet);
    this.#finishTimer.unref();
  }

  /**
   * After a decision. In a small library it waits for the grouping, so that the answer can say what it found, and gives null; in a
   * large one it gives at once what settles when the grouping is through.
   */
  async after(faceIds: readonly number[]): Promise<{ readonly later: Promise<void> } | null> {
    if (faceIds.length === 0) return null;
    if (this.#house().keep.reads.counts().faces <= settings.group.waitUpTo) {
      await this.#quietly();
      return null;
    }
    return { later: this.#quietly() };
  }

  /** Asks the thread something about the faces of the pack in use. Throws `pack-uncalibrated`, `model-missing`. */
  ask<K extends Exclude<TaskName, "warm">>(kind: K, rest: Rest<K>, pack = this.#house().embedder()): Promise<Answers[K]> {
    const calibration = usableCalibration(pack.calibration, pack.name);
    // The rest and the pack are the whole task; that cannot be said of a task not yet named.
    return this.#open(kind).ask(kind, { ...rest, pack: pack.name, calibration } as unknown as Tasks[K]);
  }

  /** Has the thread read the vectors, so that the first question need not wait for it. */
  warm(): void {
    if (this.#closed) return;
    const pack = this.#house().packName();
    this.#open("warm")
      .ask("warm", { pack })
      .catch((thrown: unknown) => {
        if (!this.#closed) log("warn", `comparing faces is not ready: ${asProblem(thrown).message}`);
      });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#finishTimer) clearTimeout(this.#finishTimer);
    await Promise.all([this.#thread?.close(), this.#quick?.close()]);
    await this.#running?.catch(() => undefined);
  }

  /** Two threads, each with the vectors in its memory; where those are many, one. */
  #open(kind: TaskName): GroupThread {
    if (this.#closed) throw new Problem("cancelled");
    const { keep, exactUpTo } = this.#house();
    const { libraryDir, reads } = keep;
    if (quickly.has(kind) && reads.counts().faces <= exactUpTo) return (this.#quick ??= new GroupThread(libraryDir));
    return (this.#thread ??= new GroupThread(libraryDir));
  }

  async #quietly(): Promise<void> {
    try {
      await this.run();
    } catch (thrown) {
      if (!this.#closed) log("warn", `grouping stopped: ${asProblem(thrown).message}`);
    }
  }

  async #group(pack = this.#house().embedder(), take: (() => boolean) | null = null): Promise<void> {
    const house = this.#house();
    const { keep } = house;
    // What another pack proposed is no start for this one.
    const anew = this.#anew || keep.getSetting(groupedWith, asDelivered.pack) !== pack.name;
    const answer = await this.ask("group", { alpha: preferences(keep).daring, anew, exactUpTo: house.exactUpTo }, pack);
    if (this.#closed || take?.() === false) throw new Problem("cancelled");
    await applyGrouping(keep, answer, () => this.#closed);
    if (anew) {
      this.#anew = false;
      keep.setSetting(groupedWith, pack.name);
    }
    house.emit("changed", { what: ["people"], personIds: [] });
    // Who stands where is different now: the next ranking finds it read already.
    this.warm();
    if (answer.rough > 0) this.finishLater();
    else house.progress.lookCloser(null);
  }

  /** Piece after piece, for as long as nothing else is done; then everything is grouped once more. */
  async #finish(): Promise<void> {
    const { progress, scanner } = this.#house();
    let found = 0;
    while (!this.#closed) {
      const busy = scanner.busy || this.#running !== null || this.#timer !== null;
      const some = busy ? "gave-way" : await this.ask("finish", {});
      if (some === "group-first") return;
      if (some === "gave-way") {
        await new Promise<void>((resolve) => setTimeout(resolve, settings.group.finish.quiet).unref());
        continue;
      }
      found += some.finished;
      progress.lookCloser(some.left === 0 ? null : { done: some.all - some.left, total: some.all });
      if (some.left > 0) continue;
      if (found > 0) this.soon();
      return;
    }
  }
}
