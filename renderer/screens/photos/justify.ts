/** One picture's place in a row, in pixels from the section's left edge. */
export interface Cell {
  /** Position in the list that was given. */
  readonly index: number;
  readonly left: number;
  readonly width: number;
}
export interface Row {
  /** Pixels from the top of the first row. */
  readonly top: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}
export interface Measure {
  /** Room across, in pixels. */
  readonly width: number;
  /** Wanted row height, in pixels. */
  readonly height: number;
  readonly gap: number;
}

/** Panoramas and strips are cropped to these so that one picture never makes a row of its own a few pixels high. */
const narrowest = 0.5;
const widest = 3;

/**
 * Justified rows: every row fills the width, heights stay near the wanted one.
 * `ends`: the list is the end of its month, so the last row keeps the height of the row above instead of being stretched.
 * Where it does not end there, a short last row joins the row above or is stretched, so that every row is full.
 */
export function justify(aspects: readonly number[], measure: Measure, ends: boolean): readonly Row[] {
  const groups = split(aspects, measure);
  const last = groups.at(-1);
  if (!ends && last !== undefined && groups.length > 1 && filled(last, aspects, measure) < 0.6) {
    groups.pop();
    groups.at(-1)?.push(...last);
  }
  const rows: Row[] = [];
  let top = 0;
  groups.forEach((group, i) => {
    const loose = ends && i === groups.length - 1 && filled(group, aspects, measure) < 0.95;
    const full = rowHeight(group, aspects, measure);
    const height = Math.round(loose ? Math.min(full, rows.at(-1)?.height ?? measure.height) : full);
    rows.push({ top, height, cells: cells(group, aspects, measure, height, loose) });
    top += height + measure.gap;
  });
  return rows;
}

/** Height of all rows together. */
export function rowsHeight(rows: readonly Row[]): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

/** What `count` pictures will take before their shapes are known, from the mean shape of those already seen. */
export function estimateHeight(count: number, meanAspect: number, measure: Measure): number {
  if (count === 0) return 0;
  const across = Math.max(1, Math.round((measure.width + measure.gap) / (meanAspect * measure.height + measure.gap)));
  const height = Math.round((measure.width - measure.gap * (across - 1)) / (across * meanAspect));
  const rows = Math.ceil(count / across);
  return rows * height + (rows - 1) * measure.gap;
}

/** A picture's shape as width over height, within bounds; unknown sizes count as 4:3. */
export function aspectOf(size: { readonly width: number; readonly height: number }): number {
  if (!(size.width > 0 && size.height > 0)) return 4 / 3;
  return Math.min(widest, Math.max(narrowest, size.width / size.height));
}

function split(aspects: readonly number[], measure: Measure): number[][] {
  const groups: number[][] = [];
  let group: number[] = [];
  let across = 0;
  aspects.forEach((aspect, index) => {
    const width = aspect * measure.height;
    const before = across + measure.gap * Math.max(0, group.length - 1);
    const after = across + width + measure.gap * group.length;
    // Break before this picture when that leaves the row nearer to the wanted height than taking it along would.
    if (group.length > 0 && after > measure.width && measure.width - before < after - measure.width) {
      groups.push(group);
      group = [];
      across = 0;
    }
    group.push(index);
    across += width;
    if (across + measure.gap * (group.length - 1) >= measure.width) {
      groups.push(group);
      group = [];
      across = 0;
    }
  });
  if (group.length > 0) groups.push(group);
  return groups;
}

function sum(group: readonly number[], aspects: readonly number[]): number {
  return group.reduce((total, index) => total + (aspects[index] ?? 1), 0);
}

function rowHeight(group: readonly number[], aspects: readonly number[], measure: Measure): number {
  return (measure.width - measure.gap * (group.length - 1)) / sum(group, aspects);
}

function filled(group: readonly number[], aspects: readonly number[], measure: Measure): number {
  return (sum(group, aspects) * measure.height + measure.gap * (group.length - 1)) / measure.width;
}

function cells(group: readonly number[], aspects: readonly number[], measure: Measure, height: number, loose: boolean): readonly Cell[] {
  const out: Cell[] = [];
  let left = 0;
  group.forEach((index, i) => {
    const last = i === group.length - 1;
    const rest = Math.max(1, measure.width - left);
    const width = last && !loose ? rest : Math.min(rest, Math.round((aspects[index] ?? 1) * height));
    out.push({ index, left, width: Math.max(1, width) });
    left += width + measure.gap;
  });
  return out;
}
