import { Worker } from "node:worker_threads";
import { asProblem, Problem } from "../errors.ts";
import { log } from "../log.ts";
import { usableCalibration } from "../4-group/sureness.ts";
import type { ProblemView } from "../../contract/problems.ts";
import type { GroupAnswer, GroupTask } from "./group-task.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";

/** Milliseconds of quiet before a grouping that was asked for "soon" begins. */
const quiet = 400;
/** Faces up to which the answer to a decision waits for the grouping that follows from it. */
const waitUpTo = 20_000;

/** Groups faces on a thread of its own, one run at a time; a run asked for meanwhile follows once. */
export class Grouper {
  readonly #house: () => House;
  #worker: Worker | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #anew = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(house: () => House) {
    this.#house = house;
  }

  /** Faces were kept that no grouping has seen: after a crash, or when `derived.db` was made anew. */
  get stale(): boolean {
    const { keep } = this.#house();
    return keep.reads.counts().faces > 0 && keep.constraints().proposed.size === 0;
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
      this.run().catch((thrown: unknown) => log("warn", `grouping stopped: ${asProblem(thrown).message}`));
    }, quiet);
    this.#timer.unref();
  }

  /** After a decision: at once where that is quick, so that the answer can say what it found; in the background otherwise. */
  async after(faceIds: readonly number[]): Promise<void> {
    if (faceIds.length === 0) return;
    if (this.#house().keep.reads.counts().faces > waitUpTo) return this.soon();
    try {
      await this.run();
    } catch (thrown) {
      log("warn", `grouping stopped: ${asProblem(thrown).message}`);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#worker?.terminate();
    await this.#running?.catch(() => undefined);
  }

  async #group(): Promise<void> {
    const house = this.#house();
    const { keep } = house;
    const pack = house.embedder();
    const calibration = usableCalibration(pack.calibration, pack.name);
    const faces = keep.facesToGroup(pack.name);
    if (faces.faceIds.length === 0) return keep.keepGrouping({ proposals: [], groups: [], questions: [] });
    const { takenAt, birthdays } = keep.datesFor(faces);
    const task: GroupTask = {
      faces,
      constraints: keep.constraints(),
      takenAt,
      birthdays,
      calibration,
      alpha: preferences(keep).daring,
      anew: this.#anew,
      firstId: keep.reservePersonIds(faces.faceIds.length),
    };
    const answer = await this.#ask(task);
    if (task.anew) this.#anew = false;
    if (this.#closed) throw new Problem("cancelled");
    keep.keepGrouping(answer.grouping);
    house.emit("changed", { what: ["people"], personIds: [] });
  }

  #ask(task: GroupTask): Promise<GroupAnswer> {
    const file = `./group-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;
    const worker = (this.#worker ??= new Worker(new URL(file, import.meta.url)));
    return new Promise<GroupAnswer>((resolve, reject) => {
      // Only our own listeners are taken away: a worker's thread hangs on listeners of Node's own too.
      const end = (finish: () => void): void => {
        worker.off("message", answered);
        worker.off("error", lost);
        worker.off("messageerror", lost);
        worker.off("exit", ended);
        finish();
      };
      const answered = (reply: { ok: GroupAnswer } | { problem: ProblemView }): void =>
        end(() => ("ok" in reply ? resolve(reply.ok) : reject(new Problem(reply.problem.code, reply.problem.detail))));
      const lost = (error: unknown): void =>
        end(() => {
          this.#worker = null;
          reject(this.#closed ? new Problem("cancelled") : asProblem(error));
        });
      const ended = (): void => lost(new Error("the grouping thread stopped"));
      worker.on("message", answered);
      worker.on("error", lost);
      worker.on("messageerror", lost);
      worker.on("exit", ended);
      worker.postMessage(task);
    });
  }
}
