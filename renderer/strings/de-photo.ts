import type { enPhoto } from "./en-photo.ts";

/** German words for turning a photo, moving the box of a face, and people at an age. */
export const dePhoto: typeof enPhoto = {
  turning: {
    left: "Nach links drehen",
    right: "Nach rechts drehen",
    adjust: "Rahmen verschieben",
    adjusting: "Rahmen eines Gesichts, der verschoben wird",
    hint: "Den Rahmen, seine Kanten oder Ecken ziehen",
    keep: "Behalten",
    leave: "Lassen, wie er war",
  },
  sides: ["N", "S", "O", "W"],
  undated: {
    title: "Datum unbekannt",
    byFiles: "nach der Zeit ihrer Dateien",
    mark: "Datum unbekannt: Es steht dort, wo die Zeit seiner Datei es hinstellt",
    of: (date) => `Datum unbekannt, Datei vom ${date}`,
  },
  ages: {
    kind: "Alter",
    noBirthday: "Geburtstag nicht bekannt",
    of: (name, from, to) => (from === to ? `${name} mit ${from}` : `${name} mit ${from}–${to}`),
    anyAge: (name) => `${name} in jedem Alter`,
  },
};
