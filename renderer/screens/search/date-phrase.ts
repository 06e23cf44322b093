import { namedSpan } from "./date-words.ts";

/** A span of days, both ends included, as `YYYY-MM-DD`; an open end is null. */
export interface DateSpan {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Reads what people write about a time: "summer 2019", "2015-2018", "July 2004", "12 July 2004", "since 2015", "before 2010",
 * "the 90s", "last year", "May to July 2019". English and German words. Null where it cannot be understood.
 * `today` as `YYYY-MM-DD` in local time.
 */
export function parseDatePhrase(text: string, today: string): DateSpan | null {
  const phrase = text.toLowerCase().normalize("NFC").replace(/[–—−]/gu, "-").replace(/[,]/gu, " ").replace(/\s+/gu, " ").trim();
  if (phrase === "") return null;
  const open = /^(since|from|after|seit|ab|nach|before|until|till|up to|vor|bis) (.+)$/u.exec(phrase);
  if (open !== null && !/ (to|until|till|bis) |-/u.test(open[2] ?? "")) return openSpan(open[1] ?? "", open[2] ?? "", today);
  const whole = namedSpan(phrase, today);
  if (whole !== null) return whole;
  return between(phrase.replace(/^(from|between|von|zwischen) /u, ""), today);
}

function openSpan(word: string, rest: string, today: string): DateSpan | null {
  const span = namedSpan(rest, today);
  if (span === null) return null;
  switch (word) {
    case "since":
    case "from":
    case "seit":
    case "ab":
      return { from: span.from, to: null };
    case "after":
    case "nach":
      return { from: shift(span.to, 1), to: null };
    case "before":
    case "vor":
      return { from: null, to: shift(span.from, -1) };
    default:
      return { from: null, to: span.to };
  }
}

/** "A to B", "A - B", "A and B". A missing year on the left is taken from the right. */
function between(phrase: string, today: string): DateSpan | null {
  for (const separator of [/ (?:to|until|till|bis|and|und) /u, / ?- ?/u]) {
    const at = separator.exec(phrase);
    if (at === null) continue;
    const left = phrase.slice(0, at.index);
    const right = phrase.slice(at.index + at[0].length);
    const end = namedSpan(right, today);
    if (end === null) continue;
    const year = end.to?.slice(0, 4) ?? "";
    const start = (/\d{4}/u.test(left) ? null : namedSpan(`${left} ${year}`, today)) ?? namedSpan(left, today);
    if (start === null || start.from === null || end.to === null || start.from > end.to) continue;
    return { from: start.from, to: end.to };
  }
  return null;
}

/** A day later or earlier. */
function shift(day: string | null, days: number): string | null {
  if (day === null) return null;
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
