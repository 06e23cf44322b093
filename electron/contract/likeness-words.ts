import type { Sureness } from "./views.ts";

const words: Readonly<Record<Exclude<Sureness, "confirmed">, string>> = {
  sure: "very alike",
  "fairly-sure": "alike",
  "not-sure": "somewhat alike",
  guess: "a little alike",
};

/** A likeness as one would say it, for the command line; the screens say it in their own language. */
export function likenessWords(band: Exclude<Sureness, "confirmed">): string {
  return words[band];
}
