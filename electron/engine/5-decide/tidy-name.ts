import { Problem } from "../errors.ts";

/** A name as it is kept: composed (NFC), trimmed, inner white space collapsed, invisible characters dropped. Throws `name-empty`. */
export function tidyName(name: string): string {
  const tidy = name
    .normalize("NFC")
    .replace(/[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, (character) => (/\s/u.test(character) ? " " : ""))
    .replace(/\s+/gu, " ")
    .trim();
  if (!/[\p{L}\p{N}\p{S}]/u.test(tidy)) throw new Problem("name-empty");
  return tidy;
}
