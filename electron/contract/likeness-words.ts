import type { Sureness } from "./views.ts";

/** A likeness as one would say it in English, for the command line; the screens say it in their own language. */
export const likenessWords: Readonly<Record<Sureness, string>> = {
  confirmed: "confirmed",
  sure: "very alike",
  "fairly-sure": "alike",
  "not-sure": "somewhat alike",
  guess: "a little alike",
};
