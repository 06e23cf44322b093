import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { sha256OfFile } from "../../../models/files.ts";
import type { EmbedderPlan, FetchedSource } from "../../../models/packs.ts";
import type { PackView } from "../../contract/views.ts";
import { asProblem, Problem } from "../errors.ts";
import { canCalibrate, checkUsable } from "./calibrate-pack.ts";
import { calibrated, comingPack, isReady, takePack, wishForPack } from "./change-pack.ts";
import type { House } from "./house.ts";
import { measures } from "./measure-pack.ts";
import { embedderOf } from "./models.ts";

/** Every pack there is, ready or to be fetched. */
export function listPacks(house: House): PackView[] {
  const ready = house.manifest().embedders;
  const coming = comingPack(house);
  const measurable = ready.some((pack) => pack.calibration === null) && canCalibrate(house);
  return house.plans.map(({ about, source }) => {
    const pack = ready.find((one) => one.name === about.name);
    const part = house.fetcher.part(about.name);
    return {
      name: about.name,
      title: about.title,
      state: pack ? "ready" : part === null ? "fetchable" : "fetching",
      inUse: about.name === house.packName(),
      dimensions: about.dimensions,
      calibrated: (pack ?? about).calibration !== null,
      usable: pack !== undefined && (pack.calibration !== null || measurable),
      licence: about.licence,
      credit: about.credit,
      bytes: pack?.bytes ?? (source.kind === "fetched" ? source.bytes : 0),
      fetched: part,
      coming: about.name === coming,
      ...measures(house, pack ?? null),
    };
  });
}

/** Fetches a pack by its pinned address. Throws `not-found`, `model-fetch`, `model-mismatch`, `cancelled`; no pack is left behind then. */
export async function fetchPackFor(house: House, name: string): Promise<PackView[]> {
  await house.fetcher.fetch(planNamed(house, name));
  return listPacks(house);
}

/** Stops fetching; what has come is kept and gone on with the next time. */
export function cancelFetch(house: House, name: string): PackView[] {
  house.fetcher.cancel(planNamed(house, name).about.name);
  return listPacks(house);
}

/**
 * Takes the weights of a pack from a file that somebody has; which pack they are is known by their hash. Throws `model-mismatch` where
 * they are none's, or why the file could not be read.
 */
export async function importPack(house: House, file: string): Promise<PackView[]> {
  const path = resolve(file);
  const plan = await planOfFile(house, path);
  await house.fetcher.fetch(plan, path);
  return listPacks(house);
}

/** Chooses a pack, and begins to make it ready where it is not; see [Note: Changing the pack]. Throws `not-found`, `pack-uncalibrated`. */
export async function usePack(house: House, name: string): Promise<PackView[]> {
  if (name === house.packName()) await stay(house);
  else {
    await choosePack(house, name);
    // It makes the pack ready; where it is, it embeds what was drawn meanwhile.
    house.scanner.start([]);
  }
  return listPacks(house);
}

/** Nothing is wished for any more. */
async function stay(house: House): Promise<void> {
  wishForPack(house, null);
  if (house.scanner.changing) await house.scanner.cancel();
  await house.pools.keepOnly([house.packName()]);
  house.emit("changed", { what: ["packs"], personIds: [] });
}

/**
 * Puts a pack that knows all faces into use at once, so going back costs nothing; wishes for another, which the next reading makes ready.
 * Throws `not-found`, `pack-uncalibrated`.
 */
export async function choosePack(house: House, name: string): Promise<void> {
  const pack = embedderOf(house.manifest(), name);
  const { scanner, grouper } = house;
  if (name === house.packName()) return stay(house);
  checkUsable(house, pack);
  if (!(await isReady(house, pack))) {
    wishForPack(house, name);
    // One that was to come instead is given up; photos that are being read are read first.
    if (scanner.changing) await scanner.cancel();
    house.emit("changed", { what: ["packs"], personIds: [] });
    return;
  }
  calibrated(house, pack);
  const { busy } = scanner;
  await scanner.cancel();
  takePack(house, name);
  grouper.soon();
  if (busy) scanner.start(house.keep.folders().map((folder) => folder.id));
}

function planNamed(house: House, name: string): EmbedderPlan {
  const plan = house.plans.find(({ about }) => about.name === name);
  if (!plan) throw new Problem("not-found", name, { sentence: `There is no model called ${name}.` });
  return plan;
}

async function planOfFile(house: House, path: string): Promise<EmbedderPlan> {
  let bytes: number;
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new Problem("model-mismatch", path);
    bytes = facts.size;
  } catch (thrown) {
    const problem = asProblem(thrown, path);
    throw problem.code === "file-vanished" ? new Problem(problem.code, path, { sentence: "There is no such file." }) : problem;
  }
  const sized = house.plans.filter((plan): plan is EmbedderPlan & { source: FetchedSource } => {
    return plan.source.kind === "fetched" && plan.source.bytes === bytes;
  });
  // A file of another size is not read through.
  const hash = sized.length > 0 ? await sha256OfFile(path) : "";
  const plan = sized.find(({ source }) => source.sha256 === hash);
  if (!plan) throw new Problem("model-mismatch", path, { sentence: "These are not the weights of a model that Familiar knows." });
  return plan;
}
