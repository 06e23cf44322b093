import type { MetricView, PreviewView } from "../../contract/grouping-views.ts";
import type { ParsedArgs } from "../../contract/args.ts";
import type { House } from "./house.ts";
import { preferences } from "./preferences.ts";

/** What moving the sliders of sureness would do, with examples; nothing changes. Throws `pack-uncalibrated`, and `cancelled` when asked again meanwhile. */
export function previewSliders(house: House, { daring, checkAbove }: ParsedArgs<"grouping.preview">): Promise<PreviewView> {
  const now = preferences(house.keep);
  const tried = { tryDaring: daring ?? null, tryCheckAbove: checkAbove ?? null };
  return house.grouper.ask("preview", { alpha: now.daring, checkAbove: now.checkAbove, anew: true, exactUpTo: house.exactUpTo, ...tried });
}

/** What this library's confirmed faces taught, by the figures. Nothing is learned while it is switched off. */
export async function metricFigures(house: House): Promise<MetricView> {
  if (!preferences(house.keep).lookAlikes) return { state: "off", before: null, after: null, people: 0, faces: 0, pairs: 0 };
  const { before, after, used, people, faces, pairs } = await house.grouper.ask("metric", {});
  const measured = Number.isFinite(before) && Number.isFinite(after);
  const state = used ? "used" : measured ? "no-gain" : "too-few";
  return { state, before: measured ? before : null, after: measured ? after : null, people, faces, pairs };
}
