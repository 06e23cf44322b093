import type { MenuItem } from "./menu-item.ts";

/** Pixels: a button's padding and icon, an average letter, the room between two, and the menu's own button. */
const AROUND = 44;
const LETTER = 7.4;
const GAP = 4;
const MENU = 32;

/** How many of the tools, from the left, stand as buttons in so many pixels; the menu takes room when it is needed or there anyway. */
export function toolsThatFit(tools: readonly Pick<MenuItem, "label" | "hint">[], room: number, menu: boolean): number {
  const widths = tools.map((tool) => AROUND + LETTER * (tool.label.length + (tool.hint?.length ?? 0)) + GAP);
  const all = widths.reduce((sum, width) => sum + width, 0);
  if (all + (menu ? MENU : 0) <= room) return tools.length;
  let used = MENU;
  let fit = 0;
  for (const width of widths) {
    used += width;
    if (used > room) break;
    fit += 1;
  }
  return fit;
}
