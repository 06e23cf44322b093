import type { MonthView } from "../../../electron/contract/views.ts";

/** A stretch of photos that is laid out and loaded as one. A large month is several, and only its first has the heading. */
export interface Section {
  readonly key: string;
  /** Which month it belongs to, `YYYY-MM`; null: without a date. */
  readonly month: string | null;
  /** Position of its first photo in the whole list. */
  readonly offset: number;
  readonly count: number;
  /** Photos of the whole month when this section carries the heading, else null. */
  readonly heading: number | null;
  /** The last of its month: its last row is not stretched. */
  readonly ends: boolean;
  readonly people: MonthView["people"];
}

/** Photos loaded and laid out at once: enough for several screens, few enough that a month of 20,000 does not wait. */
export const sectionLength = 240;

/** Cuts months into sections. Months without photos are left out. */
export function sectionsOf(months: readonly MonthView[], length = sectionLength): readonly Section[] {
  const out: Section[] = [];
  for (const month of months) {
    for (let start = 0; start < month.photos; start += length) {
      const count = Math.min(length, month.photos - start);
      out.push({
        key: `${month.month ?? "none"}+${start}`,
        month: month.month,
        offset: month.offset + start,
        count,
        heading: start === 0 ? month.photos : null,
        ends: start + count >= month.photos,
        people: start === 0 ? month.people : [],
      });
    }
  }
  return out;
}

/** Months gathered into years, `YYYY`; who is in them is taken from all of its months. */
export function yearsOf(months: readonly MonthView[]): readonly MonthView[] {
  const out: MonthView[] = [];
  for (const month of months) {
    const year = month.month?.slice(0, 4) ?? null;
    const last = out.at(-1);
    if (last === undefined || last.month !== year) out.push({ ...month, month: year });
    else {
      const known = new Set(last.people.map((person) => person.personId));
      const people = [...last.people, ...month.people.filter((person) => !known.has(person.personId))].slice(0, 6);
      out[out.length - 1] = { ...last, photos: last.photos + month.photos, people };
    }
  }
  return out;
}

/** Months of photos that come as a list in date order, as search results do. */
export function monthsOf(photos: readonly { readonly takenAt: string | null }[]): readonly MonthView[] {
  const out: { month: string | null; photos: number; offset: number; people: [] }[] = [];
  photos.forEach((photo, offset) => {
    const month = photo.takenAt?.slice(0, 7) ?? null;
    const last = out.at(-1);
    if (last !== undefined && last.month === month) last.photos += 1;
    else out.push({ month, photos: 1, offset, people: [] });
  });
  return out;
}

/** Tops of stacked heights; one more than there are heights, the last being the whole. */
export function stack(heights: readonly number[]): Float64Array {
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, i) => {
    tops[i + 1] = (tops[i] ?? 0) + height;
  });
  return tops;
}

/** Index of the stretch that holds `y`: the last whose top is not below it. */
export function indexAt(tops: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Years for the scrubber: spaced by number of photos, dropped where they would touch. `at` and `gap` are fractions of its length. */
export function scrubberYears(months: readonly MonthView[], gap: number): readonly { readonly year: string; readonly at: number }[] {
  const total = months.reduce((sum, month) => sum + month.photos, 0);
  const out: { year: string; at: number }[] = [];
  let seen = 0;
  let previous = "";
  for (const month of months) {
    const year = month.month?.slice(0, 4) ?? "";
    const at = total === 0 ? 0 : seen / total;
    const last = out.at(-1);
    if (year !== "" && year !== previous && (last === undefined || at - last.at >= gap)) out.push({ year, at });
    previous = year;
    seen += month.photos;
  }
  return out;
}
