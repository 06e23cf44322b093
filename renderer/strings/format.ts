/** Numbers, dates and spans as this language writes them. The screen's words set the language; nothing else formats. */
let locale = "en-GB";
let numbers = new Intl.NumberFormat(locale);
/** Making one takes a third of a millisecond: as long as a whole tile of a long list may take. */
const dates = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();

/** Sets the language of every later number and date. */
export function setLocale(language: "en" | "de"): void {
  locale = language === "de" ? "de-DE" : "en-GB";
  // English numbers carry a comma, as in 12,430; German a point.
  numbers = new Intl.NumberFormat(locale);
  dates.clear();
}

/** `12430` as `12,430`. */
export function number(value: number): string {
  return numbers.format(value);
}

/** `PT` as `Portugal`, in this language. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
  } catch {
    // No code at all.
    return code;
  }
}

/** `0.971` as `97.1 %`, the way the language writes it. */
export function percent(share: number): string {
  return share.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
}

/** `9.4215` as `9.42`: degrees to about a kilometre. */
export function degrees(value: number): string {
  return value.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `1, "face", "faces"` as `1 face`. */
export function counted(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** First and last year as `1999–2004`, or one year, or "" where no photo says. */
export function years(first: number | null, last: number | null): string {
  if (first === null || last === null) return "";
  return first === last ? String(first) : `${first}–${last}`;
}

/** A wall-clock ISO time (`YYYY-MM-DD…`, no zone) as a date in local parts, so that no zone can move it to another day. */
function parts(iso: string): Date | null {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?/u.exec(iso);
  if (found === null) return null;
  const [, year, month, day, hour, minute] = found;
  return new Date(Number(year), Number(month) - 1, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0));
}

function shown(iso: string | null, options: Intl.DateTimeFormatOptions): string {
  const date = iso === null ? null : parts(iso);
  if (date === null) return "";
  let format = dates.get(options);
  if (format === undefined) dates.set(options, (format = new Intl.DateTimeFormat(locale, options)));
  return format.format(date);
}
const asDay: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
const asWeekday: Intl.DateTimeFormatOptions = { weekday: "long", ...asDay };
const asMonth: Intl.DateTimeFormatOptions = { month: "long", year: "numeric" };
const asTime: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** `2003-07-04…` as `4 July 2003`. */
export function longDate(iso: string | null): string {
  return shown(iso, asDay);
}
/** `2003-07-04…` as `Friday 4 July 2003`. */
export function weekdayDate(iso: string | null): string {
  return shown(iso, asWeekday).replace(",", "");
}
/** `2003-07…` as `July 2003`. */
export function monthYear(iso: string | null): string {
  return shown(iso, asMonth);
}
/** `…T17:42:00` as `17:42`. */
export function clock(iso: string | null): string {
  return iso !== null && iso.includes("T") ? shown(iso, asTime) : "";
}
/** The year of a wall-clock time, or null. */
export function yearOf(iso: string | null): number | null {
  return iso === null ? null : Number(iso.slice(0, 4));
}
/** A number to a tenth at most, as `1.8` or `2`. */
export function tenths(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}
/** Bytes as `1.1 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${tenths(bytes / 1_000_000)} MB`;
}
/** A file name cut in its middle, so that its kind stays readable. */
export function fileName(name: string, longest = 40): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const end = Math.min(12, Math.floor(longest / 2));
  return `${letters.slice(0, longest - end - 1).join("")}…${letters.slice(-end).join("")}`;
}
/** Last part of a path of either kind. */
export function baseName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/u, "")
      .split(/[/\\]/u)
      .at(-1) ?? path
  );
}
/** Folders of a path with thin signs between them: `Pictures › 2025`. */
export function crumbs(path: string, last = 3): string {
  const folders = path.split(/[/\\]/u).filter((part) => part !== "");
  return folders.slice(-last).join(" › ");
}
/** A name's first word where that is enough to know who is meant. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}
