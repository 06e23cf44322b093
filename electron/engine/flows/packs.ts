import type { PackView } from "../../contract/views.ts";
import { embedders } from "../../../models/packs.ts";
import { fetchPack } from "../../../models/fetch-pack.ts";
import { asProblem } from "../errors.ts";
import { embedderOf } from "./models.ts";
import { prefer } from "./preferences.ts";
import type { House } from "./house.ts";

/** Packs being fetched now, with how far each is (0..1). */
const fetching = new Map<string, number>();

/** Every pack there is, ready or to be fetched. */
export function listPacks(house: House): PackView[] {
  const ready = house.manifest().embedders;
  return embedders.map(({ about, source }) => {
    const pack = ready.find((one) => one.name === about.name);
    const part = fetching.get(about.name) ?? null;
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

/** Fetches a pack by its pinned address, or takes a local file. Throws `model-fetch`, `model-mismatch`; nothing is left behind then. */
export async function fetchPackFor(
  house: House,
  { name, file }: { readonly name: string; readonly file?: string | undefined },
): Promise<PackView[]> {
  if (!fetching.has(name)) {
    fetching.set(name, 0);
    try {
      const onProgress = (bytes: number, total: number): void => {
        fetching.set(name, bytes / total);
        house.emit("changed", { what: ["packs"], personIds: [] });
      };
      await fetchPack(name, { outDir: house.modelsDir, onProgress, ...(file === undefined ? {} : { file }) });
    } catch (thrown) {
      throw asProblem(thrown, name);
    } finally {
      fetching.delete(name);
    }
  }
  house.emit("changed", { what: ["packs"], personIds: [] });
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
