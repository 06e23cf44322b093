/** One drawn line of a virtual grid: a heading, or cells of one height. All measures are pixels from the grid's top left. */
export interface GridRow {
  readonly kind: "heading" | "cells";
  readonly section: number;
  readonly top: number;
  readonly height: number;
  /** Position (over all sections) of the row's first item. */
  readonly first: number;
  readonly lefts: readonly number[];
  readonly widths: readonly number[];
}
export interface GridLayout {
  readonly rows: readonly GridRow[];
  readonly height: number;
  /** Items of all sections together. */
  readonly count: number;
}
export interface GridCell {
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Cells of equal size under a heading. */
export interface GridSection {
  readonly count: number;
  /** Height of the heading with the room under it; 0 for none. */
  readonly heading: number;
  /** Room after the section. */
  readonly after: number;
  /** The row's height for a cell's width. */
  readonly rowHeight: (width: number) => number;
  /** Either so many columns, or as many as fit with at least this width. */
  readonly columns?: number;
  readonly least?: number;
  readonly gapAcross: number;
  readonly gapDown: number;
}

/** Lays out sections of equal cells as CSS `auto-fill, minmax(least, 1fr)` would, but with row heights known beforehand, so that the scroll bar is true. */
export function layOut(sections: readonly GridSection[], width: number): GridLayout {
  const rows: GridRow[] = [];
  let top = 0;
  let first = 0;
  sections.forEach((section, at) => {
    if (section.heading > 0) {
      rows.push({ kind: "heading", section: at, top, height: section.heading, first, lefts: [], widths: [] });
      top += section.heading;
    }
    const columns =
      section.columns ?? Math.max(1, Math.floor((width + section.gapAcross) / ((section.least ?? width) + section.gapAcross)));
    const cell = Math.max(1, (width - section.gapAcross * (columns - 1)) / columns);
    const lefts = Array.from({ length: columns }, (_, column) => column * (cell + section.gapAcross));
    const widths = lefts.map(() => cell);
    const height = section.rowHeight(cell);
    for (let item = 0; item < section.count; item += columns) {
      const short = Math.min(columns, section.count - item);
      rows.push({
        kind: "cells",
        section: at,
        top,
        height,
        first: first + item,
        lefts: short === columns ? lefts : lefts.slice(0, short),
        widths: short === columns ? widths : widths.slice(0, short),
      });
      top += height + section.gapDown;
    }
    if (section.count > 0) top -= section.gapDown;
    top += section.after;
    first += section.count;
  });
  return { rows, height: top, count: first };
}

/** Positions in `rows` of those that touch `[from, to)`, with `extra` rows more each way. */
export function rowsInView(layout: GridLayout, from: number, to: number, extra: number): readonly [number, number] {
  const first = firstRow(layout.rows, from);
  let last = first;
  while (last < layout.rows.length && (layout.rows[last]?.top ?? Infinity) < to) last += 1;
  return [Math.max(0, first - extra), Math.min(layout.rows.length, last + extra)];
}

/** The first row whose end lies after `top`, by halving. */
function firstRow(rows: readonly GridRow[], top: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.top + row.height <= top) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position in `rows` of the row that holds an item, or -1. */
export function rowOf(layout: GridLayout, index: number): number {
  let low = 0;
  let high = layout.rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = layout.rows[middle];
    if (row === undefined) return -1;
    if (index < row.first) high = middle - 1;
    else if (row.kind === "heading" || index >= row.first + row.lefts.length) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Where an item stands, or null when there is no such item. */
export function cellOf(layout: GridLayout, index: number): GridCell | null {
  const row = layout.rows[rowOf(layout, index)];
  if (row === undefined) return null;
  const column = index - row.first;
  return { index, left: row.lefts[column] ?? 0, top: row.top, width: row.widths[column] ?? 0, height: row.height };
}

/** The item above (-1) or below (1) whose middle is nearest; the same item where there is no such row. */
export function beside(layout: GridLayout, index: number, step: 1 | -1): number {
  const from = cellOf(layout, index);
  if (from === null) return index;
  let at = rowOf(layout, index) + step;
  while (layout.rows[at]?.kind === "heading") at += step;
  const row = layout.rows[at];
  if (row === undefined) return index;
  const middle = from.left + from.width / 2;
  let best = 0;
  row.lefts.forEach((left, column) => {
    const distance = Math.abs(left + (row.widths[column] ?? 0) / 2 - middle);
    const bestMiddle = (row.lefts[best] ?? 0) + (row.widths[best] ?? 0) / 2;
    if (distance < Math.abs(bestMiddle - middle)) best = column;
  });
  return row.first + best;
}

/** Where a key leads from an item; null for keys that do not move. `view` is the visible height. */
export function moved(layout: GridLayout, index: number, key: string, view: number): number | null {
  const last = layout.count - 1;
  const clamp = (to: number): number => Math.max(0, Math.min(last, to));
  switch (key) {
    case "ArrowLeft":
      return clamp(index - 1);
    case "ArrowRight":
      return clamp(index + 1);
    case "ArrowUp":
      return beside(layout, index, -1);
    case "ArrowDown":
      return beside(layout, index, 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "PageUp":
    case "PageDown": {
      const step = key === "PageUp" ? -1 : 1;
      const start = cellOf(layout, index)?.top ?? 0;
      let to = index;
      for (;;) {
        const next = beside(layout, to, step);
        if (next === to || Math.abs((cellOf(layout, next)?.top ?? 0) - start) > view) return to === index ? next : to;
        to = next;
      }
    }
    default:
      return null;
  }
}

/** Items whose cells touch a rectangle, in order. */
export function cellsTouching(
  layout: GridLayout,
  rectangle: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): readonly number[] {
  const [from, to] = rowsInView(layout, rectangle.top, rectangle.bottom, 0);
  const found: number[] = [];
  for (const row of layout.rows.slice(from, to)) {
    row.lefts.forEach((left, column) => {
      if (left < rectangle.right && left + (row.widths[column] ?? 0) > rectangle.left) found.push(row.first + column);
    });
  }
  return found;
}
