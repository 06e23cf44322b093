import { estimateHeight, justify, rowsHeight, type Cell, type Measure, type Row } from "./justify.ts";
import { followScroll, steerScroll, type LongScroll } from "./long-scroll.ts";
import { indexAt, stack, type Section } from "./sections.ts";

/** Gap between pictures, pixels. */
const gap = 4;
/** Heading of a month with the room under it, and the room under a month, pixels. */
const heading = 38;
const between = 28;
/** Mean shape of photos until some are known: between 4:3 and 3:2 with some upright ones. */
const usualAspect = 1.3;

/** One section as it is drawn. */
export interface DrawnSection {
  readonly section: Section;
  /** Pixels from the top of the whole wall. */
  readonly top: number;
  readonly headed: boolean;
  readonly rows: readonly Row[];
  /** Pixels from the section's top to its rows. */
  readonly inset: number;
  /** All photos of its month that have come have no date of their own: it is said once above them, not on each. */
  readonly undated: boolean;
}

/** A wall of justified pictures of any length: what is where, and what is in view. Shapes are asked for only where one looks. */
export class Wall {
  #sections = $state.raw<readonly Section[]>([]);
  #measure = $state.raw<Measure>({ width: 0, height: 180, gap });
  /** Pixels that can be seen at once. */
  view = $state(0);
  /** Pixels that stand before the first section (a header that scrolls along). */
  before = $state(0);
  #scroll = $state.raw<LongScroll>({ height: 0, top: 0, scrollTop: 0 });
  /** Goes up whenever the scroll bar has to be put somewhere, as opposed to being followed. */
  moves = $state(0);
  #tops = $state.raw<Float64Array>(new Float64Array(1));
  #heights: number[] = [];
  // Not for the screen to follow: whoever changes it changes the tops too, and those are followed.
  #known = new Map<string, { readonly rows: readonly Row[]; readonly undated: boolean }>();
  #aspects = { sum: 0, count: 0 };

  get sections(): readonly Section[] {
    return this.#sections;
  }
  get scroll(): LongScroll {
    return this.#scroll;
  }
  /** Height of the whole, with what stands before and a margin after. */
  get total(): number {
    return this.before + (this.#tops.at(-1) ?? 0);
  }
  get count(): number {
    const last = this.#sections.at(-1);
    return last === undefined ? 0 : last.offset + last.count;
  }
  /** What to subtract from a position in the whole to get one in the scrolled element. */
  get shift(): number {
    return this.#scroll.top - this.#scroll.scrollTop;
  }

  /** New photos, another width or another size of pictures: everything is measured again, what is in view stays in view. */
  arrange(sections: readonly Section[], width: number, height: number): void {
    const held = this.#sections.length > 0 ? this.#anchor() : null;
    this.#sections = sections;
    this.#measure = { width, height, gap };
    this.#known.clear();
    const mean = this.#mean();
    this.#heights = sections.map((section) => this.#frame(section) + estimateHeight(section.count, mean, this.#measure));
    this.#tops = stack(this.#heights);
    if (held !== null) this.#reach(held);
    else this.#move(this.#scroll.top);
  }

  /** Tells the shapes of a section's photos; `undated`: none of them has a date of its own. */
  learn(index: number, aspects: readonly number[], undated = false): void {
    const section = this.#sections[index];
    if (section === undefined || this.#measure.width <= 0) return;
    const rows = justify(aspects, this.#measure, section.ends);
    if (!this.#known.has(section.key)) {
      this.#aspects = { sum: this.#aspects.sum + aspects.reduce((a, b) => a + b, 0), count: this.#aspects.count + aspects.length };
    }
    this.#known.set(section.key, { rows, undated });
    const held = this.#anchor();
    this.#heights[index] = this.#frame(section) + rowsHeight(rows);
    this.#tops = stack(this.#heights);
    this.#reach(held);
  }
  knows(index: number): boolean {
    const section = this.#sections[index];
    return section !== undefined && this.#known.has(section.key);
  }

  /** The scroll bar was moved. */
  scrolled(scrollTop: number): void {
    if (Math.abs(scrollTop - this.#scroll.scrollTop) < 0.5) return;
    this.#scroll = followScroll(this.#scroll, scrollTop, this.total, this.view);
  }
  /** Goes to a position in the whole. */
  goTo(top: number): void {
    this.#move(top);
  }
  /** First and last section (included) within a margin around what is in view. */
  range(margin: number): readonly [number, number] {
    const top = this.#scroll.top - this.before;
    return [indexAt(this.#tops, top - margin), indexAt(this.#tops, top + this.view + margin)];
  }
  /** A section and its rows; estimated rows while its photos have not come. */
  drawn(index: number): DrawnSection | null {
    const section = this.#sections[index];
    if (section === undefined) return null;
    const inset = section.heading === null ? 0 : heading;
    const top = this.before + (this.#tops[index] ?? 0);
    return { section, top, headed: section.heading !== null, rows: this.#rows(section), inset, undated: this.#undated(index) };
  }
  /** The section in view at the top. */
  get here(): Section | undefined {
    return this.#sections[indexAt(this.#tops, this.#scroll.top - this.before + 60)];
  }
  /** Positions `[from, to)` of the photos that can be seen, if only in part. */
  inView(): readonly [number, number] {
    const [first, last] = this.range(0);
    const [top, bottom] = [this.#scroll.top, this.#scroll.top + this.view];
    let [from, to] = [Infinity, 0];
    for (let index = first; index <= last; index += 1) {
      const drawn = this.drawn(index);
      for (const row of drawn?.rows ?? []) {
        const at = (drawn?.top ?? 0) + (drawn?.inset ?? 0) + row.top;
        if (drawn === null || at >= bottom || at + row.height <= top) continue;
        from = Math.min(from, drawn.section.offset + (row.cells[0]?.index ?? 0));
        to = Math.max(to, drawn.section.offset + (row.cells.at(-1)?.index ?? -1) + 1);
      }
    }
    return from < to ? [from, to] : [0, 0];
  }
  /** Positions of the photos that a rectangle touches; pixels of the whole, `left` and `right` from the left edge of the rows. */
  touching(box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }): readonly number[] {
    const found: number[] = [];
    const [first, last] = [indexAt(this.#tops, box.top - this.before), indexAt(this.#tops, box.bottom - this.before)];
    for (let index = first; index <= last; index += 1) {
      const drawn = this.drawn(index);
      for (const row of drawn?.rows ?? []) {
        const at = (drawn?.top ?? 0) + (drawn?.inset ?? 0) + row.top;
        if (drawn === null || at >= box.bottom || at + row.height <= box.top) continue;
        for (const cell of row.cells)
          if (cell.left < box.right && cell.left + cell.width > box.left) found.push(drawn.section.offset + cell.index);
      }
    }
    return found;
  }
  /** Which section holds a photo. */
  sectionOf(photo: number): number {
    let low = 0;
    let high = this.#sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#sections[middle]?.offset ?? 0) <= photo) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  /** Where a photo stands: its row's top in the whole, its height, its cell. */
  placeOf(
    photo: number,
  ): { readonly top: number; readonly height: number; readonly cell: Cell; readonly row: number; readonly section: number } | null {
    const index = this.sectionOf(photo);
    const drawn = this.drawn(index);
    if (drawn === null) return null;
    for (const [row, each] of drawn.rows.entries()) {
      const cell = each.cells.find((candidate) => candidate.index === photo - drawn.section.offset);
      if (cell !== undefined) return { top: drawn.top + drawn.inset + each.top, height: each.height, cell, row, section: index };
    }
    return null;
  }
  /** The photo above (-1) or below (1) another, by the middle of its picture. */
  beside(photo: number, step: -1 | 1): number | null {
    const place = this.placeOf(photo);
    if (place === null) return null;
    let section = place.section;
    let drawn = this.drawn(section);
    let row = drawn?.rows[place.row + step];
    while (drawn !== null && row === undefined) {
      section += step;
      drawn = this.drawn(section);
      row = step > 0 ? drawn?.rows[0] : drawn?.rows.at(-1);
    }
    if (drawn === null || row === undefined) return null;
    const middle = place.cell.left + place.cell.width / 2;
    const cell = row.cells.find((each) => each.left + each.width + gap > middle) ?? row.cells.at(-1);
    return cell === undefined ? null : drawn.section.offset + cell.index;
  }
  /** Scrolls no more than needed to have a photo in view. */
  show(photo: number, margin: number): void {
    const place = this.placeOf(photo);
    if (place === null) return;
    if (place.top - margin < this.#scroll.top) this.#move(place.top - margin);
    else if (place.top + place.height + margin > this.#scroll.top + this.view) this.#move(place.top + place.height + margin - this.view);
  }
  /** Top of a section in the whole. */
  topOf(index: number): number {
    return this.before + (this.#tops[index] ?? 0);
  }

  #move(top: number): void {
    const next = steerScroll(this.#scroll, top, this.total, this.view);
    const same = Math.abs(next.scrollTop - this.#scroll.scrollTop) < 0.5;
    if (same && next.height === this.#scroll.height && next.top === this.#scroll.top) return;
    this.#scroll = next;
    if (!same) this.moves += 1;
  }
  #mean(): number {
    return this.#aspects.count > 50 ? this.#aspects.sum / this.#aspects.count : usualAspect;
  }
  #frame(section: Section): number {
    return (section.heading === null ? 0 : heading) + (section.ends ? between : gap);
  }
  #rows(section: Section): readonly Row[] {
    const known = this.#known.get(section.key);
    if (known !== undefined) return known.rows;
    return justify(new Array<number>(section.count).fill(this.#mean()), this.#measure, section.ends);
  }
  #undated(index: number): boolean {
    const { month, key } = this.#sections[index] ?? {};
    if (key === undefined || this.#known.get(key)?.undated !== true) return false;
    const others = (step: -1 | 1): boolean => {
      for (let at = index + step; this.#sections[at]?.month === month; at += step)
        if (this.#known.get(this.#sections[at]?.key ?? "")?.undated === false) return false;
      return true;
    };
    return others(-1) && others(1);
  }
  /** What is at the top of the view: a section and how far into it. */
  #anchor(): { readonly offset: number; readonly into: number } {
    const top = this.#scroll.top - this.before;
    const index = indexAt(this.#tops, top);
    const from = this.#tops[index] ?? 0;
    const height = (this.#tops[index + 1] ?? from) - from;
    const into = top - from;
    // Near its top the pixels count; further down, the share: its estimated height may have been wrong.
    return { offset: this.#sections[index]?.offset ?? 0, into: into < this.view || height <= 0 ? into : -into / height };
  }
  #reach(held: { readonly offset: number; readonly into: number }): void {
    const top = this.#scroll.top;
    // Above the first section (negative and small) nothing that was measured can move what is seen.
    if (top < this.before) return this.#move(top);
    const index = this.sectionOf(held.offset);
    const from = this.#tops[index] ?? 0;
    const height = (this.#tops[index + 1] ?? from) - from;
    this.#move(this.before + from + (held.into < 0 ? -held.into * height : held.into));
  }
}
