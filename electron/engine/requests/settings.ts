import { checkUpdate } from "../flows/check-update.ts";
import { measurePack } from "../flows/measure-pack.ts";
import { cancelFetch, fetchPackFor, importPack, listPacks, usePack } from "../flows/packs.ts";
import { prefer, preferences } from "../flows/preferences.ts";
import type { Handlers } from "./handlers.ts";

/** Settings: preferences, models, accelerator. */
export const settingsHandlers = {
  "settings.get": (house) => preferences(house.keep),
  async "settings.set"(house, patch) {
    const before = preferences(house.keep);
    const after = prefer(house.keep, patch);
    if (after.provider !== before.provider) await house.refit();
    if (after.daring !== before.daring) house.grouper.startAnew();
    house.emit("changed", { what: ["settings"], personIds: [] });
    return after;
  },
  "updates.check": (house) => checkUpdate(house),
  "packs.list": (house) => listPacks(house),
  "packs.fetch": (house, { name }) => fetchPackFor(house, name),
  "packs.cancel": (house, { name }) => cancelFetch(house, name),
  "packs.import": (house, { file }) => importPack(house, file),
  "packs.use": (house, { name }) => usePack(house, name),
  async "packs.measure"(house, { name }) {
    await measurePack(house, name);
    return listPacks(house);
  },
} satisfies Partial<Handlers>;
