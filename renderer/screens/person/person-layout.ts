import { layOut, type GridLayout, type GridRow } from "../../parts/grid-layout.ts";
import { justify } from "../photos/justify.ts";

/** Room between faces, between photos, and inside the box of proposed faces; pixels. */
const FACE_GAP = 6;
const PHOTO_GAP = 4;
const BOX_PAD = 12;
const BOX_HEAD = 48;
const YEAR_HEAD = 32;
const BETWEEN = 28;

/** How many faces the box of proposed ones shows: all when open, else one row, with its last cell left for "+n". */
export function boxShown(count: number, open: boolean, size: number, width: number): number {
  const columns = across(width - 2 * BOX_PAD, size);
  return open || count <= columns ? count : Math.max(1, columns - 1);
}
/** How many cells of at least `size` fit. */
export function across(width: number, size: number): number {
  return Math.max(1, Math.floor((width + FACE_GAP) / (size + FACE_GAP)));
}

export interface PersonSections {
  /** Faces in the box, and whether a "+n" follows them; 0 for no box. */
  readonly boxed: number;
  readonly more: boolean;
  /** Faces of each section below the box. `headed`: with the year above. */
  readonly counts: readonly number[];
  readonly headed: boolean;
  /** Sections in which no face has a line under it. */
  readonly bare?: ReadonlySet<number>;
}

/** The box of proposed faces, then faces by year, with a line of `caption` pixels under each. Section 0 is the box where there is one; its heading's height is `boxHeight`. */
export function facesLayout(sections: PersonSections, size: number, width: number, caption = 0): GridLayout {
  const square = (cell: number): number => cell + caption;
  const grid = { after: BETWEEN, rowHeight: square, least: size, gapAcross: FACE_GAP, gapDown: FACE_GAP };
  const years = layOut(
    sections.counts.map((count, at) => ({
      ...grid,
      ...(sections.bare?.has(at) === true ? { rowHeight: (cell: number) => cell } : {}),
      count,
      heading: sections.headed ? YEAR_HEAD : 0,
    })),
    width,
  );
  if (sections.boxed === 0) return years;
  const box = layOut([{ ...grid, count: sections.boxed, heading: BOX_HEAD, after: 0 }], width - 2 * BOX_PAD);
  const rows: GridRow[] = box.rows.map((row) => ({ ...row, lefts: row.lefts.map((left) => left + BOX_PAD) }));
  const end = box.height + BOX_PAD + BETWEEN;
  for (const row of years.rows) rows.push({ ...row, section: row.section + 1, top: row.top + end, first: row.first + sections.boxed });
  return { rows, height: years.height + end, count: years.count + sections.boxed };
}
/** Height of the box around its faces, heading and padding included. */
export function boxHeight(boxed: number, more: boolean, size: number, width: number, caption = 0): number {
  const inner = layOut(
    [
      {
        count: boxed + (more ? 1 : 0),
        heading: BOX_HEAD,
        after: 0,
        rowHeight: (cell) => cell + caption,
        least: size,
        gapAcross: FACE_GAP,
        gapDown: FACE_GAP,
      },
    ],
    width - 2 * BOX_PAD,
  );
  return inner.height + BOX_PAD;
}
/** The place of "+n" in the box: after the last face of its only row. */
export function moreCell(
  boxed: number,
  size: number,
  width: number,
): { readonly left: number; readonly top: number; readonly side: number } {
  const columns = across(width - 2 * BOX_PAD, size);
  const side = (width - 2 * BOX_PAD - FACE_GAP * (columns - 1)) / columns;
  return { left: BOX_PAD + (boxed % columns) * (side + FACE_GAP), top: BOX_HEAD, side };
}

/** Whole photos by year in justified rows. */
export function photosLayout(sections: readonly (readonly number[])[], headed: boolean, height: number, width: number): GridLayout {
  const rows: GridRow[] = [];
  let top = 0;
  let first = 0;
  sections.forEach((aspects, section) => {
    if (headed) {
      rows.push({ kind: "heading", section, top, height: YEAR_HEAD, first, lefts: [], widths: [] });
      top += YEAR_HEAD;
    }
    let bottom = 0;
    for (const row of justify(aspects, { width, height, gap: PHOTO_GAP }, true)) {
      rows.push({
        kind: "cells",
        section,
        top: top + row.top,
        height: row.height,
        first: first + (row.cells[0]?.index ?? 0),
        lefts: row.cells.map((cell) => cell.left),
        widths: row.cells.map((cell) => cell.width),
      });
      bottom = row.top + row.height;
    }
    top += bottom + BETWEEN;
    first += aspects.length;
  });
  return { rows, height: top, count: first };
}
