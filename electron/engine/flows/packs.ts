import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { sha256OfFile } from "../../../models/files.ts";
import type { EmbedderPlan, FetchedSource } from "../../../models/packs.ts";
import type { PackView } from "../../contract/views.ts";
import { asProblem, Problem } from "../errors.ts";
import type { House } from "./house.ts";
import { embedderOf } from "./models.ts";
import { prefer } from "./preferences.ts";

/** Every pack there is, ready or to be fetched. */
export function listPacks(house: House): PackView[] {
  const ready = house.manifest().embedders;
  return house.plans.map(({ about, source }) => {
    const pack = ready.find((one) => one.name === about.name);
    const part = house.fetcher.part(about.name);
    return {
      name: about.name,
      title: about.title,
      state: pack ? "ready" : part === null ? "fetchable" : "fetching",
      inUse: about.name === house.packName(),
      dimensions: about.dimensions,
      calibrated: about.calibration !== null,
      licence: about.licence,
      credit: about.credit,
      bytes: pack?.bytes ?? (source.kind === "fetched" ? source.bytes : 0),
      fetched: part,
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

/** Reads the library with another pack. What was read with the old one stays, so going back is instant. */
export async function usePack(house: House, name: string): Promise<PackView[]> {
  embedderOf(house.manifest(), name);
  prefer(house.keep, { pack: name });
  await house.refit();
  house.scanner.start(house.keep.folders().map((folder) => folder.id));
  house.emit("changed", { what: ["packs", "settings"], personIds: [] });
  return listPacks(house);
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
