/** A text as it is compared when finding: no accents, no capitals. Names themselves are kept as they were typed. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
