import type { Said } from "../../contract/said.ts";

/** What a kept decision said, as data; null without one, and where an older Familiar kept its sentence alone. */
export function saidOf(row: { readonly said: string | null } | null | undefined): Said | null {
  const said = row?.said ?? null;
  return said === null ? null : (JSON.parse(said) as Said);
}
