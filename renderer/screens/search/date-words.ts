import type { DateSpan } from "./date-phrase.ts";

/** Month names by their first letters (three are enough to tell them apart in both languages). */
const months: readonly (readonly string[])[] = [
  ["january", "januar", "jänner"],
  ["february", "februar"],
  ["march", "märz", "maerz"],
  ["april"],
  ["may", "mai"],
  ["june", "juni"],
  ["july", "juli"],
  ["august"],
  ["september"],
  ["october", "oktober"],
  ["november"],
  ["december", "dezember"],
];
/** First month and how many; winter goes into the next year. Seasons of the northern half of the earth. */
const seasons: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 3],
  frühling: [3, 3],
  frühjahr: [3, 3],
  summer: [6, 3],
  sommer: [6, 3],
  autumn: [9, 3],
  fall: [9, 3],
  herbst: [9, 3],
  winter: [12, 3],
};
const decades: Readonly<Record<string, number>> = {
  twenties: 1920,
  thirties: 1930,
  forties: 1940,
  fifties: 1950,
  sixties: 1960,
  seventies: 1970,
  eighties: 1980,
  nineties: 1990,
};

/** One named stretch of time ("summer of 2019", "July 2004", "2004-07-12", "the 90s", "last year"), or null. Lower case in. */
export function namedSpan(text: string, today: string): DateSpan | null {
  const phrase = text
    .replace(/^(in|the|on|im|am|den|die|der) /u, "")
    .replace(/ (of|im|des|the) /gu, " ")
    .trim();
  return numeric(phrase) ?? relative(phrase, today) ?? decade(phrase) ?? worded(phrase, today);
}

function numeric(phrase: string): DateSpan | null {
  let found = /^(\d{4})$/u.exec(phrase);
  if (found !== null) return years(Number(found[1]), 1);
  found = /^(\d{4})[-/.](\d{1,2})$/u.exec(phrase);
  if (found !== null) return monthSpan(Number(found[1]), Number(found[2]), 1);
  found = /^(\d{1,2})[-/.](\d{4})$/u.exec(phrase);
  if (found !== null) return monthSpan(Number(found[2]), Number(found[1]), 1);
  found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(phrase);
  if (found !== null) return day(Number(found[1]), Number(found[2]), Number(found[3]));
  found = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/u.exec(phrase);
  if (found !== null) return day(Number(found[3]), Number(found[2]), Number(found[1]));
  return null;
}

function relative(phrase: string, today: string): DateSpan | null {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  switch (phrase) {
    case "today":
    case "heute":
      return { from: today, to: today };
    case "yesterday":
    case "gestern":
      return { from: before(today, 1), to: before(today, 1) };
    case "this year":
    case "dieses jahr":
      return years(year, 1);
    case "last year":
    case "letztes jahr":
      return years(year - 1, 1);
    case "this month":
    case "diesen monat":
      return monthSpan(year, month, 1);
    case "last month":
    case "letzten monat":
      return month === 1 ? monthSpan(year - 1, 12, 1) : monthSpan(year, month - 1, 1);
    case "last week":
    case "letzte woche":
      return { from: before(today, 7), to: today };
    default:
  }
  const season = /^(?:last|letzten|letzter|letztes) (\p{L}+)$/u.exec(phrase);
  const length = season === null ? undefined : seasons[season[1] ?? ""];
  if (length === undefined) return null;
  const thisYear = monthSpan(year, length[0], length[1]);
  return thisYear?.to !== undefined && thisYear.to !== null && thisYear.to < today ? thisYear : monthSpan(year - 1, length[0], length[1]);
}

function decade(phrase: string): DateSpan | null {
  const found = /^(\d{4}|\d{2})(?:s|'s|er|er jahre)$/u.exec(phrase);
  if (found !== null) {
    const number = Number(found[1]);
    const start = number >= 100 ? number : number < 30 ? 2000 + number : 1900 + number;
    return start % 10 === 0 ? years(start, 10) : null;
  }
  const word = decades[phrase];
  return word === undefined ? null : years(word, 10);
}

function worded(phrase: string, today: string): DateSpan | null {
  const feast = /^(christmas|weihnachten|new year|silvester)(?: (\d{4}))?$/u.exec(phrase);
  if (feast !== null) {
    const year = Number(feast[2] ?? today.slice(0, 4));
    if (feast[1] === "christmas" || feast[1] === "weihnachten") return { from: iso(year, 12, 24), to: iso(year, 12, 26) };
    return feast[1] === "silvester"
      ? { from: iso(year, 12, 31), to: iso(year + 1, 1, 1) }
      : { from: iso(year - 1, 12, 31), to: iso(year, 1, 1) };
  }
  const season = /^(\p{L}+) (\d{4})$/u.exec(phrase);
  const length = season === null ? undefined : seasons[season[1] ?? ""];
  if (season !== null && length !== undefined) return monthSpan(Number(season[2]), length[0], length[1]);
  let found = /^(\p{L}{3,})\.? (\d{4})$/u.exec(phrase);
  if (found !== null) return monthSpan(Number(found[2]), monthOf(found[1] ?? ""), 1);
  found = /^(\d{1,2})(?:\.|st|nd|rd|th)? (\p{L}{3,})\.? (\d{4})$/u.exec(phrase);
  if (found !== null) return day(Number(found[3]), monthOf(found[2] ?? ""), Number(found[1]));
  found = /^(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/u.exec(phrase);
  if (found !== null) return day(Number(found[3]), monthOf(found[1] ?? ""), Number(found[2]));
  return null;
}

/** 1..12, or 0 where the word is no month. "Sept" is common besides "Sep". */
function monthOf(word: string): number {
  return months.findIndex((names) => names.some((name) => name.startsWith(word))) + 1;
}

function years(first: number, count: number): DateSpan | null {
  if (first < 1800 || first > 2200) return null;
  return { from: iso(first, 1, 1), to: iso(first + count - 1, 12, 31) };
}

function monthSpan(year: number, month: number, count: number): DateSpan | null {
  if (year < 1800 || year > 2200 || month < 1 || month > 12) return null;
  const end = new Date(Date.UTC(year, month - 1 + count, 0));
  return { from: iso(year, month, 1), to: end.toISOString().slice(0, 10) };
}

function day(year: number, month: number, date: number): DateSpan | null {
  const span = monthSpan(year, month, 1);
  if (span?.to === undefined || span.to === null || date < 1 || date > Number(span.to.slice(8))) return null;
  return { from: iso(year, month, date), to: iso(year, month, date) };
}

function before(today: string, days: number): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

function iso(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}
