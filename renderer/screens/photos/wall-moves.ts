import type { Wall } from "./wall.svelte.ts";

/** Keys that move the focus over a wall. */
export const wallKeys = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp"] as const;
export type WallKey = (typeof wallKeys)[number];

/** Position of the photo that a key leads to from another; null where there is none. */
export function wallMove(wall: Wall, from: number, key: WallKey): number | null {
  switch (key) {
    case "ArrowRight":
      return from + 1;
    case "ArrowLeft":
      return from - 1;
    case "ArrowDown":
      return wall.beside(from, 1);
    case "ArrowUp":
      return wall.beside(from, -1);
    case "Home":
      return 0;
    case "End":
      return wall.count - 1;
    case "PageDown":
      return page(wall, from, 1);
    case "PageUp":
      return page(wall, from, -1);
  }
}

/** Most of a screen further, in the same column. */
function page(wall: Wall, from: number, step: -1 | 1): number {
  const start = wall.placeOf(from)?.top ?? 0;
  let to = from;
  for (;;) {
    const next = wall.beside(to, step);
    if (next === null) return to;
    to = next;
    if (Math.abs((wall.placeOf(to)?.top ?? 0) - start) > wall.view * 0.8) return to;
  }
}
