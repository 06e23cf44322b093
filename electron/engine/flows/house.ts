import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { embedders, type EmbedderPlan } from "../../../models/packs.ts";
import { asProblem, Problem } from "../errors.ts";
import type { EventName, Events } from "../../contract/events.ts";
import type { ProviderView } from "../../contract/views.ts";
import { openKeep, type Keep } from "../3-keep/keep.ts";
import type { Reading } from "../3-keep/shapes.ts";
import type { RunProbe } from "../onnx/run-probe.ts";
import type { EmbedderPack, PackManifest } from "../types.ts";
import { withCalibrations } from "./calibrate-pack.ts";
import { Grouper } from "./grouper.ts";
import { detectorOf, embedderOf, readManifest } from "./models.ts";
import { comingPack } from "./change-pack.ts";
import { PackFetcher } from "./pack-fetcher.ts";
import { Pools } from "./pools.ts";
import { preferences } from "./preferences.ts";
import { Progress } from "./progress.ts";
import { Scanner } from "./scanner.ts";
import type { SeePool } from "./see-pool.ts";
import { settings } from "../settings.ts";
import { idleWords } from "./words.ts";

export interface HouseOptions {
  /** Folder of the library; made where it is missing. */
  readonly libraryDir: string;
  /** Folder with `manifest.json` and the ONNX files. */
  readonly modelsDir: string;
  /** Worker threads; as many as there are cores unless given. */
  readonly workers?: number;
  /** What runs the process an accelerator is tried in, where Node's own fork cannot. */
  readonly runProbe?: RunProbe;
  /** Packs that can be had; others only in tests. */
  readonly plans?: readonly EmbedderPlan[];
  /** Faces above which neighbours come from coarse lists first; another number only in tests. */
  readonly exactUpTo?: number;
}
export type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

/** Everything that is open while a library is: what the request handlers work with. */
export interface House {
  readonly keep: Keep;
  readonly emit: Emit;
  readonly modelsDir: string;
  readonly plans: readonly EmbedderPlan[];
  readonly exactUpTo: number;
  readonly fetcher: PackFetcher;
  readonly progress: Progress;
  readonly scanner: Scanner;
  readonly grouper: Grouper;
  /** Reads the manifest anew: a pack may have been fetched since. */
  manifest(): PackManifest;
  embedder(): EmbedderPack;
  /** Name of the pack in use. */
  packName(): string;
  /** What photos are read with when it is with this pack. */
  reading(pack: EmbedderPack): Reading;
  readonly pools: Pools;
  /** The pool for the pack and accelerator in use; opened when first needed. */
  pool(): Promise<SeePool>;
  provider(): ProviderView;
  /** After the accelerator changed: lets go of the workers. Reading that was going on begins again. */
  refit(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the library and everything that works on it. Throws the library's problems; a missing model is only met when it is needed. */
export async function openHouse(options: HouseOptions, emit: Emit): Promise<House> {
  try {
    mkdirSync(options.libraryDir, { recursive: true });
  } catch (thrown) {
    const problem = asProblem(thrown, options.libraryDir);
    throw problem.code === "disk-full" ? problem : new Problem("library-unwritable", options.libraryDir, { cause: thrown });
  }
  const keep = openKeep({ libraryDir: options.libraryDir });
  const progress = new Progress((view) => emit("progress", view));

  // Beside the library, since the folder of the built-in packs cannot be written in an installed app.
  const packsDir = join(options.libraryDir, "packs");
  const manifest = (): PackManifest => withCalibrations(keep, readManifest(options.modelsDir, packsDir));
  const embedder = (): EmbedderPack => embedderOf(manifest(), preferences(keep).pack);
  const pools = new Pools({
    libraryDir: options.libraryDir,
    modelsDir: options.modelsDir,
    workers: options.workers,
    runProbe: options.runProbe,
    manifest,
    wanted: () => preferences(keep).provider,
    onFellBack: (why) => emit("problem", new Problem("accelerator-failed", why).view()),
  });
  let goOn: NodeJS.Timeout | null = null;

  const house: House = {
    keep,
    emit,
    modelsDir: options.modelsDir,
    plans: options.plans ?? embedders,
    exactUpTo: options.exactUpTo ?? settings.group.exactUpTo,
    fetcher: new PackFetcher(packsDir, () => emit("changed", { what: ["packs"], personIds: [] })),
    progress,
    scanner: new Scanner(() => house),
    grouper: new Grouper(() => house),
    manifest,
    embedder,
    packName: () => preferences(keep).pack,
    reading(pack) {
      const detector = detectorOf(manifest());
      return {
        detector: detector.name,
        detectorVersion: detector.version,
        embedder: pack.name,
        embedderVersion: pack.version,
        smallFaces: preferences(keep).smallFaces,
      };
    },
    pools,
    pool: async () => pools.of(embedder()),
    provider: () => pools.provider(house.packName()),
    async refit() {
      const { busy } = house.scanner;
      await house.scanner.cancel();
      await pools.keepOnly([]);
      if (busy) house.scanner.start(keep.folders().map((folder) => folder.id));
    },
    async close() {
      if (goOn) clearTimeout(goOn);
      await house.fetcher.close();
      await house.scanner.cancel();
      await house.grouper.close();
      await pools.close();
      await keep.backupsDone();
      keep.close();
    },
  };
  const counts = keep.reads.counts();
  progress.rest(idleWords(counts));
  if (comingPack(house) !== null) {
    goOn = setTimeout(() => house.scanner.start([]), settings.packs.goOnAfter);
    goOn.unref();
  }
  if (keep.groupingIsOpen) house.grouper.soon();
  else if (counts.faces > house.exactUpTo) house.grouper.finishLater();
  return house;
}
