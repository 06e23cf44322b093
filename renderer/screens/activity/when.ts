import type { AllWords } from "../../strings/words.svelte.ts";
import { clock, longDate } from "../../strings/format.ts";
import { daysBefore, localDay, localTime } from "../history/days.ts";

/** A moment as `today, 14:02`, `yesterday, 9:15` or `3 March 2026`, in local time. */
export function whenWords(iso: string, now: Date, words: AllWords["activity"]): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return "";
  const day = localDay(moment);
  const time = clock(localTime(moment));
  if (day === daysBefore(now, 0)) return `${words.today}, ${time}`;
  if (day === daysBefore(now, 1)) return `${words.yesterday}, ${time}`;
  return longDate(day);
}
