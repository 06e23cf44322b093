import type { IndexResult } from "../../contract/views.ts";
import { asProblem, type Problem } from "../errors.ts";
import { log } from "../log.ts";
import { changePack } from "./change-pack.ts";
import { embedMissing } from "./embed-missing.ts";
import { Gate } from "./gate.ts";
import type { House } from "./house.ts";
import { measureSpeedOnce } from "./measure-pack.ts";
import { giveLateShares } from "./portable-import.ts";
import { scan, type ScanOutcome } from "./scan.ts";
import { idleWords } from "./words.ts";
import { settings } from "../settings.ts";

/** Runs one reading at a time; folders asked for meanwhile are read after it. */
export class Scanner {
  readonly #house: () => House;
  #gate: Gate | null = null;
  #running: Promise<ScanOutcome & { readonly group: number }> | null = null;
  #changing = false;
  /** It was asked for while it ran. */
  #again = false;
  readonly #next = new Set<number>();

  constructor(house: () => House) {
    this.#house = house;
  }

  /** Reading is done and another pack is being made ready; see [Note: Changing the pack]. */
  get changing(): boolean {
    return this.#changing;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Reads the folders in the background; progress and problems come as events. */
  start(folderIds: readonly number[]): void {
    if (this.#running) {
      for (const id of folderIds) this.#next.add(id);
      this.#again = true;
    } else
      this.run(folderIds).catch((thrown: unknown) => {
        const problem = asProblem(thrown);
        if (problem.code !== "cancelled") log("error", `reading stopped: ${problem.message}`);
      });
  }

  /** Reads the folders and groups; resolves when all is done. Rejects with what stopped it. */
  run(folderIds: readonly number[]): Promise<ScanOutcome & { readonly group: number }> {
    if (this.#running) return this.#running.then(() => this.run(folderIds));
    this.#running = this.#read(folderIds).finally(() => {
      this.#running = null;
      this.#gate = null;
      this.#changing = false;
      const next = [...this.#next];
      const again = this.#again;
      this.#next.clear();
      this.#again = false;
      if (again) this.start(next);
    });
    return this.#running;
  }

  pause(): void {
    if (!this.#gate || this.#gate.paused) return;
    this.#gate.pause();
    this.#house().progress.hold(true);
  }

  resume(): void {
    if (this.#running === null && this.#house().progress.view().phase === "stopped")
      return this.start(
        this.#house()
          .keep.folders()
          .map((folder) => folder.id),
      );
    if (!this.#gate?.paused) return;
    this.#gate.resume();
    this.#house().progress.hold(false);
  }

  /** Stops after what is in hand; what was read stays. */
  async cancel(): Promise<void> {
    this.#next.clear();
    this.#again = false;
    this.#gate?.cancel();
    await this.#running?.catch(() => undefined);
  }

  async #read(folderIds: readonly number[]): Promise<ScanOutcome & { readonly group: number }> {
    const house = this.#house();
    const gate = (this.#gate = new Gate());
    let since = 0;
    try {
      const pool = await house.pool();
      const reading = house.reading(pool.pack);
      const onPhoto = (): void => {
        since += 1;
        if (since % 50 === 0) house.emit("changed", { what: ["photos"], personIds: [] });
        if (since % settings.scan.groupEvery === 0) house.grouper.soon();
      };
      const onAway = (problem: Problem): void => house.emit("problem", problem.view());
      const outcome = await scan({ keep: house.keep, pool, progress: house.progress, reading, gate, onPhoto, onAway }, folderIds);
      house.emit("changed", { what: ["photos", "folders"], personIds: [] });
      const startedAt = performance.now();
      const late = await giveLateShares(house);
      const embedded = await embedMissing(house, gate);
      if (outcome.read > 0 || late > 0 || embedded > 0 || house.grouper.stale) {
        house.progress.begin("grouping", house.keep.reads.counts().faces);
        await house.grouper.run();
      }
      this.#changing = true;
      const changed = await changePack(house, gate, () => this.#next.size > 0);
      if (outcome.read + changed > 0) await measureSpeedOnce(house, await house.pool());
      void house.keep.backupDaily();
      house.progress.rest(idleWords(house.keep.reads.counts()));
      return { ...outcome, read: outcome.read + changed, group: (performance.now() - startedAt) / 1000 };
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === "cancelled") house.progress.rest(idleWords(house.keep.reads.counts()));
      else {
        house.progress.stop(problem.view());
        house.emit("problem", problem.view());
      }
      throw problem;
    }
  }
}

/** A reading's outcome in the words of the contract. */
export function indexResult(house: House, outcome: ScanOutcome & { readonly group: number }, startedAt: number): IndexResult {
  const failures = house.keep.reads.failures({ offset: 0, limit: 100_000 }).items;
  return {
    photos: outcome.photos,
    read: outcome.read,
    skipped: outcome.skipped,
    faces: house.keep.reads.counts().faces,
    failed: [...outcome.away, ...failures].map(({ path, problem }) => ({ path, code: problem.code, sentence: problem.sentence })),
    seconds: (performance.now() - startedAt) / 1000,
    stages: { ...outcome.stages, group: outcome.group },
  };
}
