interface Size {
  readonly width: number;
  readonly height: number;
}
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Room between the anchor and what floats, and between that and the window's edge. */
const GAP = 8;

/** Where a floating panel's top left goes, in window pixels. Beside: the side with more room; above or below: the other one where it does not fit, beside where neither does. Never out of the window. */
export function floatAt(
  anchor: Box,
  panel: Size,
  view: Size,
  side: "beside" | "above" | "below",
): { readonly left: number; readonly top: number } {
  const within = (value: number, size: number, room: number): number => Math.max(GAP, Math.min(value, room - size - GAP));
  const middle = (anchor.left + anchor.right) / 2 - panel.width / 2;
  const right = view.width - anchor.right;
  const above = anchor.top - GAP - panel.height;
  const below = anchor.bottom + GAP;
  const neither = above < GAP && below + panel.height > view.height - GAP;
  if ((side === "beside" || neither) && Math.max(right, anchor.left) >= panel.width + 2 * GAP) {
    const left = right >= panel.width + 2 * GAP || right >= anchor.left ? anchor.right + GAP : anchor.left - GAP - panel.width;
    // Something low stands at the foot, where the field is.
    const top = panel.height < anchor.bottom - anchor.top ? anchor.bottom - panel.height : anchor.top;
    return { left, top: within(top, panel.height, view.height) };
  }
  const wantsAbove =
    side === "above" ? above >= GAP || below + panel.height > view.height : below + panel.height > view.height - GAP && above >= GAP;
  return { left: within(middle, panel.width, view.width), top: within(wantsAbove ? above : below, panel.height, view.height) };
}
