import type { Said } from "../../electron/contract/said.ts";
import type { DecisionResult, HistoryEntry } from "../../electron/contract/views.ts";
import { localDay, localTime } from "../screens/history/days.ts";
import { clock, longDate } from "./format.ts";
import { t } from "./words.svelte.ts";

/** What a decision said in the chosen language; its own sentence where an older Familiar kept nothing else. */
export function told({ said, sentence }: { readonly said: Said | null; readonly sentence: string }): string {
  return said === null ? sentence : t().said.told(said);
}

/** What came of a decision just made, for the toast. */
export function toldResult(result: DecisionResult): string {
  return result.said === null ? result.sentence : t().said.told(result.said) + t().said.found(result.found, result.toCheck);
}

/** Why a decision cannot be taken back on its own, or "". */
export function toldBlocked(entry: HistoryEntry): string {
  const { blocked } = entry;
  if (blocked === null) return entry.blockedBy;
  const at = new Date(blocked.at);
  const today = localDay(at) === localDay(new Date());
  return t().said.blocked(blocked, told(blocked), today ? "" : longDate(localDay(at)), clock(localTime(at)));
}
