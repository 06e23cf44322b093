import type { SettingsView } from "../../contract/views.ts";
import type { Keep } from "../3-keep/keep.ts";
import { settings } from "../settings.ts";

/** How Familiar is delivered. */
export const asDelivered: SettingsView = {
  theme: "system",
  smallFaces: false,
  daring: settings.group.alpha,
  checkAbove: settings.sureness.bands[0],
  lookAlikes: true,
  singleKeys: true,
  pack: "mobilefacenet",
  provider: "auto",
  language: "en",
  pauseOnBattery: false,
  notify: true,
  openAtLogin: false,
  tray: false,
  checkUpdates: false,
  updateFeed: "",
};

/** What a person chose for this library, over what is delivered. */
export function preferences(keep: Keep): SettingsView {
  return { ...asDelivered, ...keep.getSetting<Partial<SettingsView>>("preferences", {}) };
}

/** Changes the given ones. */
export function prefer(keep: Keep, patch: { readonly [K in keyof SettingsView]?: SettingsView[K] | undefined }): SettingsView {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const next = { ...preferences(keep), ...given };
  keep.setSetting("preferences", next);
  return next;
}
