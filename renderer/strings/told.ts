import type { BlockedView, Said } from "../../electron/contract/said.ts";
import type { DecisionResult } from "../../electron/contract/views.ts";
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

/** Why a decision cannot be taken back on its own, or not be done `again`. */
export function toldBlocked(blocked: BlockedView, again = false): string {
  const at = new Date(blocked.at);
  const today = localDay(at) === localDay(new Date());
  return t().said.blocked(blocked, told(blocked), today ? "" : longDate(localDay(at)), clock(localTime(at)), again);
}

/** The names in what was said, the longest first. */
export function namesIn(said: Said | null): readonly string[] {
  if (said === null) return [];
  if ("what" in said) return namesIn(said.what);
  const names: readonly (string | null)[] = [
    "name" in said ? said.name : null,
    "was" in said ? said.was : null,
    "off" in said ? said.off : null,
    "into" in said ? said.into : null,
    ...("names" in said && said.names !== null ? said.names : []),
  ];
  return names.flatMap((name) => (name === null || name === "" ? [] : [name])).sort((a, b) => b.length - a.length);
}
