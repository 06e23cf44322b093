import type { Rect } from "./place-labels.ts";

/** Room kept to the window's edges and between the anchor and the popover, pixels. */
const edge = 12;
const gap = 10;

/**
 * Where a popover of a size stands beside its anchor, in pixels of the window: under it, else beside it, else above it; never over
 * it while there is room, and never outside the window.
 */
export function placePopover(
  anchor: Rect,
  size: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const clampX = (x: number): number => Math.min(Math.max(edge, x), Math.max(edge, window.width - size.width - edge));
  const clampY = (y: number): number => Math.min(Math.max(edge, y), Math.max(edge, window.height - size.height - edge));
  const below = anchor.y + anchor.height + gap;
  const x = clampX(anchor.x - 18);
  if (below + size.height + edge <= window.height) return { x, y: below };
  const right = anchor.x + anchor.width + gap;
  if (right + size.width + edge <= window.width) return { x: right, y: clampY(anchor.y) };
  const left = anchor.x - gap - size.width;
  if (left >= edge) return { x: left, y: clampY(anchor.y) };
  return { x, y: clampY(anchor.y - gap - size.height) };
}
