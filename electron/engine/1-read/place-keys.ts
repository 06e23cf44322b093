import { foldName } from "../../contract/name-match.ts";

/** The words of a name as they are compared: without accents, case and signs. */
export function placeWordsOf(name: string): readonly string[] {
  return foldName(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** How many words of a name can be begun with: longer names are sought by their first ones. */
export const startsPerName = 8;

/** A name from its `word`th word on: `san francisco` from 1 on is `francisco`. */
export function placeKey(name: string, word: number): string {
  return placeWordsOf(name).slice(word).join(" ");
}
