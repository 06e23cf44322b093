import { foldName } from "../../electron/contract/name-match.ts";

/** A text as it is compared when finding: no accents, no capitals. Names themselves are kept as they were typed. */
export function fold(text: string): string {
  return foldName(text).trim();
}
