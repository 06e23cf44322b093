import { join, resolve } from "node:path";
import type { ProviderView } from "../../contract/views.ts";
import { chooseProvider } from "../onnx/choose-provider.ts";
import { machineMark, markOf } from "../onnx/machine-mark.ts";
import { providerView } from "../onnx/provider-view.ts";
import { openProbeMemory } from "../onnx/probe-memory.ts";
import type { RunProbe } from "../onnx/run-probe.ts";
import type { EmbedderPack, PackManifest } from "../types.ts";
import { detectorOf } from "./models.ts";
import { SeePool } from "./see-pool.ts";

export interface PoolsOptions {
  readonly libraryDir: string;
  readonly modelsDir: string;
  readonly workers: number | undefined;
  readonly runProbe: RunProbe | undefined;
  readonly manifest: () => PackManifest;
  /** The accelerator that somebody chose, or `auto`. */
  readonly wanted: () => string;
  /** An accelerator gave up and the processor goes on. */
  readonly onFellBack: (why: string) => void;
}
interface Opened {
  readonly pool: Promise<SeePool>;
  provider: ProviderView;
}
const notYet = providerView("cpu", [{ code: "not-yet" }]);

/** Workers by pack: those of the pack in use, and for a while beside them those of one that is to come or is measured. */
export class Pools {
  readonly #options: PoolsOptions;
  readonly #opened = new Map<string, Opened>();

  constructor(options: PoolsOptions) {
    this.#options = options;
  }

  /** The pool of a pack; opened when first asked for. */
  of(pack: EmbedderPack): Promise<SeePool> {
    const known = this.#opened.get(pack.name);
    if (known) return known.pool;
    const opened: Opened = {
      provider: notYet,
      pool: this.#open(pack, (provider) => (opened.provider = provider)).catch((thrown: unknown) => {
        if (this.#opened.get(pack.name) === opened) this.#opened.delete(pack.name);
        throw thrown;
      }),
    };
    this.#opened.set(pack.name, opened);
    return opened.pool;
  }

  /** What runs a pack. */
  provider(name: string): ProviderView {
    return this.#opened.get(name)?.provider ?? notYet;
  }

  /** Lets go of all but these; what their workers have in hand is finished first, and heard by who asked for it. */
  async keepOnly(names: readonly string[]): Promise<void> {
    const gone = [...this.#opened].filter(([name]) => !names.includes(name));
    for (const [name] of gone) this.#opened.delete(name);
    await Promise.all(gone.map(([, { pool }]) => pool.then((open) => open.retire()).catch(() => undefined)));
  }

  /** Closes all at once; what is in hand is turned away. */
  async close(): Promise<void> {
    const all = [...this.#opened.values()];
    this.#opened.clear();
    await Promise.all(all.map(({ pool }) => pool.then((open) => open.close()).catch(() => undefined)));
  }

  async #open(pack: EmbedderPack, say: (provider: ProviderView) => void): Promise<SeePool> {
    const { libraryDir, modelsDir, workers, runProbe, manifest, wanted, onFellBack } = this.#options;
    const { view, batch } = await chooseProvider({
      wanted: wanted(),
      model: resolve(modelsDir, pack.file),
      mark: markOf([pack.sha256, machineMark()]),
      memory: openProbeMemory(join(libraryDir, "accelerators.json")),
      ...(runProbe === undefined ? {} : { run: runProbe }),
    });
    say(view);
    const data = { modelsDir, detector: detectorOf(manifest()), embedder: pack, provider: view.name, threads: 1, batch };
    let fallen = view.name === "cpu";
    return new SeePool(data, {
      ...(workers === undefined ? {} : { workers }),
      onFellBack: (why) => {
        if (fallen) return;
        fallen = true;
        say(providerView("cpu", [{ code: "gave-up", detail: why }]));
        onFellBack(why);
      },
    });
  }
}
