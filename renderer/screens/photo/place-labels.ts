/** A rectangle in stage pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Gap between a face box and its name, in pixels. */
const gap = 5;

/**
 * Where the name of each face stands: under its box, above it when there is no room below or another face would be covered,
 * else under it again, lower down, until nothing is covered. Never outside the stage.
 * `labels` are the names' sizes, in the order of `boxes`.
 */
export function placeLabels(
  boxes: readonly Rect[],
  labels: readonly { readonly width: number; readonly height: number }[],
  stage: { readonly width: number; readonly height: number },
): readonly Rect[] {
  const placed: Rect[] = [];
  boxes.forEach((box, i) => {
    const size = labels[i] ?? { width: 0, height: 0 };
    const left = Math.min(Math.max(0, box.x + box.width / 2 - size.width / 2), Math.max(0, stage.width - size.width));
    const below = box.y + box.height + gap;
    const above = box.y - gap - size.height;
    const step = size.height + 2;
    const wishes = [below, above, below + step, above - step, below + 2 * step, above - 2 * step].map((y) => ({ x: left, y, ...size }));
    const inside = wishes.filter((wish) => wish.y >= 0 && wish.y + wish.height <= stage.height);
    const free = inside.find((wish) => !boxes.some((other) => overlap(wish, other)) && !placed.some((other) => overlap(wish, other)));
    placed.push(free ?? inside.find((wish) => !boxes.some((other) => overlap(wish, other))) ?? inside[0] ?? { x: left, y: below, ...size });
  });
  return placed;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
