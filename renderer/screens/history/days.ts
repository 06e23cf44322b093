import type { HistoryEntry } from "../../../electron/contract/views.ts";

/** Decisions of one day, newest first. */
export interface Day {
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly entries: readonly HistoryEntry[];
}

/** Gathers decisions by the local day they were made on. The list is newest first and stays so. */
export function daysOf(entries: readonly HistoryEntry[]): readonly Day[] {
  const out: { day: string; entries: HistoryEntry[] }[] = [];
  for (const entry of entries) {
    const day = localDay(new Date(entry.at));
    const last = out.at(-1);
    if (last !== undefined && last.day === day) last.entries.push(entry);
    else out.push({ day, entries: [entry] });
  }
  return out;
}

/** A moment's day in local time, `YYYY-MM-DD`. */
export function localDay(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
/** A moment as a wall-clock time in local time, `YYYY-MM-DDTHH:MM:SS`. */
export function localTime(moment: Date): string {
  return `${localDay(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}
/** A day some days before, `YYYY-MM-DD`. */
export function daysBefore(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
