import { de } from "./de.ts";
import { deFinding } from "./de-finding.ts";
import { deGrouping } from "./de-grouping.ts";
import { dePacks } from "./de-packs.ts";
import { dePeople } from "./de-people.ts";
import { dePhoto } from "./de-photo.ts";
import { dePlaces } from "./de-places.ts";
import { dePortable } from "./de-portable.ts";
import { deSaid } from "./de-said.ts";
import { deSafety } from "./de-safety.ts";
import { deSettings } from "./de-settings.ts";
import { deShell } from "./de-shell.ts";
import { en } from "./en.ts";
import { enFinding } from "./en-finding.ts";
import { enGrouping } from "./en-grouping.ts";
import { enPacks } from "./en-packs.ts";
import { enPeople } from "./en-people.ts";
import { enPhoto } from "./en-photo.ts";
import { enPlaces } from "./en-places.ts";
import { enPortable } from "./en-portable.ts";
import { enSaid } from "./en-said.ts";
import { enSafety } from "./en-safety.ts";
import { enSettings } from "./en-settings.ts";
import { enShell } from "./en-shell.ts";
import { setLocale } from "./format.ts";

const tables = {
  en: {
    ...en,
    ...enFinding,
    ...enGrouping,
    ...enPacks,
    ...enPeople,
    ...enPhoto,
    ...enPlaces,
    ...enPortable,
    ...enSafety,
    ...enSaid,
    ...enSettings,
    ...enShell,
  },
  de: {
    ...de,
    ...deFinding,
    ...deGrouping,
    ...dePacks,
    ...dePeople,
    ...dePhoto,
    ...dePlaces,
    ...dePortable,
    ...deSafety,
    ...deSaid,
    ...deSettings,
    ...deShell,
  },
} as const;
/** Every word of the screen in one language. */
export type AllWords = (typeof tables)["en"];

let language = $state<"en" | "de">("en");

/** The words in the chosen language; read in markup it follows a change of language. */
export function t(): AllWords {
  return tables[language];
}
/** The chosen language; read in markup it follows a change. */
export function spoken(): "en" | "de" {
  return language;
}
/** Changes the language of words, numbers and dates. */
export function speak(next: "en" | "de"): void {
  setLocale(next);
  language = next;
  if (typeof document !== "undefined") document.documentElement.lang = next;
}
