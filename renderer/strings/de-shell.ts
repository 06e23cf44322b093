import type { enShell } from "./en-shell.ts";
import { number } from "./format.ts";

/** German words of the window as a whole: what the palette does, keys, and copying. */
export const deShell: typeof enShell = {
  shell: {
    settingsPlaces: {
      folders: "Ordner",
      sureness: "Sicherheit",
      recognition: "Erkennung",
      looks: "Aussehen",
      backups: "Sicherungen und Namen als Datei",
      forget: "Gesichtsdaten vergessen",
      about: "Über Familiar und neuere Versionen",
    },
    stopReading: "Lesen beenden",
    retryFailed: "Nicht Gelesenes noch einmal versuchen",
    lettersOn: "Einzelne Buchstaben als Tasten",
    lettersOff: "Keine einzelnen Buchstaben als Tasten",
    zoom: "Alles größer, kleiner",
    zoomPhoto: "Heran, zurück",
    ends: "Erstes, letztes",
    pages: "Eine Seite hoch, runter",
    howMany: "Wie viele Teile",
    copy: "Bild kopieren",
    copyPlaces: "Kopieren, wo sie liegen",
    copied: "Bild kopiert.",
    copiedPlaces: (n) => `Kopiert, wo ${number(n)} Dateien liegen.`,
    notCopiedText: "Es ließ sich nicht kopieren. Vielleicht erlaubt es der Browser hier nicht.",
    notCopied: "Das Bild ließ sich nicht kopieren. Vielleicht erlaubt es der Browser hier nicht.",
    earlier: "Früherer Monat",
    later: "Späterer Monat",
    larger: "Größere Bilder",
    smaller: "Kleinere Bilder",
  },
};
