import { longDate, monthYear } from "../../strings/format.ts";
import { t } from "../../strings/words.svelte.ts";
import type { DateSpan } from "./date-phrase.ts";

/** Today in local time, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** A span in words that can be read back: a year, a month, a day, or two of them with a dash. */
export function spanWords(span: DateSpan): string {
  const [from, to] = [span.from, span.to];
  if (from === null && to === null) return "";
  if (from !== null && to !== null) {
    if (from.slice(0, 4) === to.slice(0, 4) && starts(from, "year") && ends(to, "year")) return from.slice(0, 4);
    if (from === to && from.length === 10) return longDate(from);
    if (from.slice(0, 7) === to.slice(0, 7) && starts(from, "month") && ends(to, "month")) return monthYear(from);
    if (starts(from, "year") && ends(to, "year")) return `${from.slice(0, 4)} – ${to.slice(0, 4)}`;
    if (starts(from, "month") && ends(to, "month")) return `${monthYear(from)} – ${monthYear(to)}`;
    return `${longDate(from)} – ${longDate(to)}`;
  }
  if (from !== null) return t().find.since(starts(from, "year") ? from.slice(0, 4) : longDate(from));
  return t().find.until(to === null ? "" : ends(to, "year") ? to.slice(0, 4) : longDate(to));
}

function starts(day: string, of: "year" | "month"): boolean {
  return of === "year" ? /^\d{4}(-01(-01)?)?$/u.test(day) : /^\d{4}-\d{2}(-01)?$/u.test(day);
}
function ends(day: string, of: "year" | "month"): boolean {
  if (day.length === 4) return true;
  if (of === "year") return /-12(-31)?$/u.test(day);
  if (day.length === 7) return true;
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}
