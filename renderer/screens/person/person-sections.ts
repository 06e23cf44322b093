import type { MonthView } from "../../../electron/contract/views.ts";
import { yearOf } from "../../strings/format.ts";
import { yearsAt } from "./ages.ts";

/** What faces and photos are gathered by. */
interface Dated {
  readonly takenAt: string | null;
  /** Photos say where the date is from; faces carry only a date that counts. */
  readonly takenFrom?: string | null;
}
/** Faces or photos of one year or age (null: not known), or all of them in one without a heading. */
export interface Section<T> {
  readonly by: "year" | "age" | null;
  readonly value: number | null;
  readonly items: readonly T[];
}

/** When it was taken, as far as that is worth anything: the time of a file is when it was copied. */
export function dateOf(item: Dated): string | null {
  return item.takenFrom === "file-time" ? null : item.takenAt;
}

/** Items by the year of their date, newest or oldest first; those without a date come last. */
export function byYear<T extends Dated>(items: readonly T[], sort: "newest" | "oldest"): readonly Section<T>[] {
  return gather(sorted(items, sort === "newest" ? -1 : 1), "year", (date) => yearOf(date));
}
/** Items by how old somebody was, youngest first; what was taken before the birthday first of all, those without a date last. */
export function byAge<T extends Dated>(items: readonly T[], birthday: string): readonly Section<T>[] {
  return gather(sorted(items, 1), "age", (date) => {
    const age = yearsAt(birthday, date);
    return age === null ? null : Math.max(-1, age);
  });
}

/** Months of what stands in the sections, newest first, each with the position of its first item, counted from `first`. */
export function monthsOf(sections: readonly Section<Dated>[], first: number): readonly MonthView[] {
  const months = new Map<string, { month: string; offset: number; photos: number; people: [] }>();
  sections
    .flatMap((section) => section.items)
    .forEach((item, at) => {
      const month = dateOf(item)?.slice(0, 7);
      if (month === undefined) return;
      const known = months.get(month);
      if (known === undefined) months.set(month, { month, offset: first + at, photos: 1, people: [] });
      else known.photos += 1;
    });
  return [...months.values()].sort((a, b) => b.month.localeCompare(a.month));
}
/** Positions of the sections that gather what has no date: nobody knows how old somebody was in them. */
export function undatedSections(sections: readonly Section<unknown>[]): ReadonlySet<number> {
  return new Set(sections.flatMap((section, at) => (section.by !== null && section.value === null ? [at] : [])));
}

function sorted<T extends Dated>(items: readonly T[], direction: 1 | -1): readonly T[] {
  return [...items].sort((a, b) => {
    const [first, second] = [dateOf(a), dateOf(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return direction * first.localeCompare(second);
  });
}
function gather<T extends Dated>(
  items: readonly T[],
  by: "year" | "age",
  valueOf: (date: string | null) => number | null,
): readonly Section<T>[] {
  const sections: { by: "year" | "age"; value: number | null; items: T[] }[] = [];
  for (const item of items) {
    const value = valueOf(dateOf(item));
    const last = sections.at(-1);
    if (last !== undefined && last.value === value) last.items.push(item);
    else sections.push({ by, value, items: [item] });
  }
  return sections;
}
