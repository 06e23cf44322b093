import { asProblem, Problem } from "../errors.ts";
import { openHouse, type Emit, type House, type HouseOptions } from "./house.ts";
import { settings } from "../settings.ts";

export interface LibraryOptions extends HouseOptions {
  /**
   * Answer also when the library cannot be opened: then every request says why, copies can be listed and one of them put in its place,
   * and `status` tries again. Without it opening throws.
   */
  readonly evenClosed?: boolean;
}

/** A library that can be closed and opened again while the door to it stays: for putting a copy back, and for forgetting. */
export class Library {
  readonly dir: string;
  readonly emit: Emit;
  readonly #options: LibraryOptions;
  readonly #active = new Set<Promise<unknown>>();
  #house: House | null = null;
  #problem = new Problem("engine-gone");
  /** What is done alone: opening, and whatever is done while it is closed. */
  #alone: Promise<unknown> = Promise.resolve();
  #triedAt = 0;
  #ended = false;
  readonly #timer: NodeJS.Timeout;

  private constructor(options: LibraryOptions, emit: Emit) {
    this.dir = options.libraryDir;
    this.#options = options;
    this.emit = emit;
    this.#timer = setInterval(() => this.#copyDaily(), settings.keep.copyLook);
    this.#timer.unref();
  }

  /** Opens it. Throws the library's problems unless `evenClosed`. */
  static async open(options: LibraryOptions, emit: Emit): Promise<Library> {
    const library = new Library(options, emit);
    await library.#open();
    if (library.#house !== null || options.evenClosed === true) return library;
    clearInterval(library.#timer);
    throw library.#problem;
  }

  /**
   * Lets `work` use the open library. One that could not be opened is tried again, at once when `again`, else not more than once a
   * second: what was in the way may be gone. Throws why it is not open.
   */
  async use<T>(work: (house: House) => Promise<T> | T, again = false): Promise<T> {
    await this.#alone.catch(() => undefined);
    if (this.#house === null && !this.#ended && (again || Date.now() - this.#triedAt > settings.patience.reopen))
      await this.#inTurn(async () => {
        await this.#open();
        if (this.#house !== null) this.#tellAll();
      });
    const house = this.#house;
    if (house === null) throw this.#problem;
    const running = Promise.resolve(work(house));
    this.#active.add(running);
    try {
      return await running;
    } finally {
      this.#active.delete(running);
    }
  }

  /** Closes it, does `work`, and opens it again whatever came of that. Requests that come meanwhile wait. */
  whileClosed<T>(work: (libraryDir: string) => T): Promise<T> {
    return this.#inTurn(async () => {
      await this.#letGo();
      try {
        return work(this.dir);
      } finally {
        await this.#open();
        this.#tellAll();
      }
    });
  }

  /** Everything that is shown may be of another catalogue, or of none. */
  #tellAll(): void {
    this.emit("changed", { what: ["people", "photos", "history", "folders", "settings", "packs"], personIds: [] });
    if (this.#house !== null) this.emit("progress", this.#house.progress.view());
  }

  async close(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#timer);
    await this.#inTurn(() => this.#letGo());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#alone.catch(() => undefined).then(work);
    this.#alone = turn;
    return turn;
  }

  async #open(): Promise<void> {
    if (this.#house !== null || this.#ended) return;
    try {
      this.#house = await openHouse(this.#options, this.emit);
      this.#copyDaily();
    } catch (thrown) {
      this.#problem = asProblem(thrown, this.dir);
      this.#triedAt = Date.now();
    }
  }

  async #letGo(): Promise<void> {
    const house = this.#house;
    this.#house = null;
    if (house === null) return;
    await house.scanner.cancel();
    const waited = AbortSignal.timeout(settings.patience.library);
    await Promise.race([Promise.allSettled(this.#active), new Promise((done) => waited.addEventListener("abort", done, { once: true }))]);
    await house.close();
    this.#problem = new Problem("engine-gone");
  }

  /** A day of decisions is copied also when nothing is read on it. Nobody waits for it, the opening neither. */
  #copyDaily(): void {
    const keep = this.#house?.keep;
    if (keep !== undefined && keep.reads.canUndo() !== null) void keep.backupDaily();
  }
}
