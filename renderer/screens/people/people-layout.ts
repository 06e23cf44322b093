import { layOut, type GridLayout } from "../../parts/grid-layout.ts";

/** Tile sizes that the + and - keys step through, pixels. */
export const tileSizes = [96, 124, 168] as const;

/** How high a group card is for its width: padding, one large face over two small, the field. */
export function cardHeight(width: number): number {
  const inside = width - 16;
  const large = ((inside - 6) * 2) / 5 + 2;
  return Math.round(8 + large + 6 + 34 + 8);
}

/** People by their picture's least width, then cards for those without a name: four across, more where it is wide, three or two as it gets narrow. */
export function peopleLayout(people: number, groups: number, tile: number, width: number): GridLayout {
  const columns = width >= 2100 ? 7 : width >= 1750 ? 6 : width >= 1400 ? 5 : width >= 1000 ? 4 : width >= 720 ? 3 : width >= 460 ? 2 : 1;
  return layOut(
    [
      {
        count: people,
        heading: 0,
        after: people > 0 ? 34 : 0,
        rowHeight: (cell) => Math.round(cell) + 42,
        least: tile,
        gapAcross: 20,
        gapDown: 22,
      },
      { count: groups, heading: groups > 0 ? 38 : 0, after: 0, rowHeight: cardHeight, columns, gapAcross: 16, gapDown: 16 },
    ],
    width,
  );
}

/** First position of each letter in a list sorted by name; what is no Latin letter stands under its own first sign. */
export function letterJumps(names: readonly string[]): readonly { readonly letter: string; readonly index: number }[] {
  const jumps: { readonly letter: string; readonly index: number }[] = [];
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const letter = [...name.normalize("NFD").trim()][0]?.toUpperCase() ?? "";
    if (letter === "" || seen.has(letter)) return;
    seen.add(letter);
    jumps.push({ letter, index });
  });
  return jumps;
}
