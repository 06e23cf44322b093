import { t } from "../../strings/words.svelte.ts";

/** Whole months from a birthday (`YYYY-MM-DD`) to a wall-clock time; negative before it, null where either is unknown. */
export function monthsAt(birthday: string | null, takenAt: string | null): number | null {
  if (birthday === null || takenAt === null) return null;
  const [year = 0, month = 0, day = 0] = birthday.split("-").map(Number);
  const [thenYear = 0, thenMonth = 0, thenDay = 0] = takenAt.slice(0, 10).split("-").map(Number);
  return (thenYear - year) * 12 + thenMonth - month - (thenDay < day ? 1 : 0);
}
/** Whole years, likewise. */
export function yearsAt(birthday: string | null, takenAt: string | null): number | null {
  const months = monthsAt(birthday, takenAt);
  return months === null ? null : Math.floor(months / 12);
}
/** How old somebody was, short enough to stand under a face: months up to the second birthday, then years; "" where it is not known. */
export function ageWords(birthday: string | null, takenAt: string | null): string {
  const months = monthsAt(birthday, takenAt);
  if (months === null) return "";
  if (months < 0) return t().person.captionUnborn;
  return months < 24 ? t().person.captionMonths(months) : t().person.captionYears(Math.floor(months / 12));
}

/** Spans of ages that are offered for filtering; both ends included, in years. */
export const ageSpans: readonly (readonly [number, number])[] = [
  [0, 2],
  [3, 5],
  [6, 9],
  [10, 13],
  [14, 17],
  [18, 29],
  [30, 44],
  [45, 59],
  [60, 200],
];
