/**
 * [Note: Long scrolling] A browser stops making elements taller at some 30 million pixels; a million photos in large rows are taller.
 * The scrolled element is therefore never taller than `tallest`, and what it shows is shifted: position = scrollTop + shift.
 * Small steps (a wheel, a key) move by the same number of pixels; large ones (dragging the scroll bar) move by the same fraction.
 */
const tallest = 12_000_000;

export interface LongScroll {
  /** Height to give the scrolled element. */
  readonly height: number;
  /** Position in the whole, in pixels. */
  readonly top: number;
  /** Where the scroll bar has to stand for it. */
  readonly scrollTop: number;
}

/** Follows the scroll bar from `before` (top and scrollTop) to `scrollTop`. `total`: whole height; `view`: what is seen at once. */
export function followScroll(before: LongScroll, scrollTop: number, total: number, view: number): LongScroll {
  const height = Math.min(total, tallest);
  const furthest = Math.max(0, total - view);
  if (total <= tallest) return { height, top: clamp(scrollTop, furthest), scrollTop };
  const step = scrollTop - before.scrollTop;
  const end = height - view;
  // At both ends, and on long jumps, the fraction counts; in between, the step.
  if (Math.abs(step) > view * 2 || scrollTop <= 0 || scrollTop >= end - 1) {
    return { height, top: (clamp(scrollTop, end) / end) * furthest, scrollTop };
  }
  return { height, top: clamp(before.top + step, furthest), scrollTop };
}

/** The scroll bar for a wanted position. */
export function scrollFor(top: number, total: number, view: number): LongScroll {
  const height = Math.min(total, tallest);
  const furthest = Math.max(0, total - view);
  const held = clamp(top, furthest);
  if (total <= tallest) return { height, top: held, scrollTop: held };
  return { height, top: held, scrollTop: furthest === 0 ? 0 : (held / furthest) * (height - view) };
}

/** The scroll bar for a wanted position near `before`: it moves by the same pixels where it can, so that what is seen does not jump. */
export function steerScroll(before: LongScroll, top: number, total: number, view: number): LongScroll {
  const height = Math.min(total, tallest);
  const held = clamp(top, Math.max(0, total - view));
  const scrollTop = before.scrollTop + held - before.top;
  const inside = scrollTop > 1 && scrollTop < height - view - 1 && held > 1 && held < total - view - 1;
  if (total <= tallest || !inside || Math.abs(held - before.top) > view * 2) return scrollFor(held, total, view);
  return { height, top: held, scrollTop };
}

function clamp(value: number, largest: number): number {
  return Math.min(largest, Math.max(0, value));
}
