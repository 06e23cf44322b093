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
    anyOf: (n) => `Eine der ${["", "", "zwei", "drei", "vier", "fünf"][n] ?? number(n)} Personen`,
    neverTogether: "Sie sind nie zusammen auf einem Foto.",
    renameAlbum: "Album umbenennen",
    saveChanges: "Änderungen speichern",
    age: "Alter",
    ageFirst: "Wähle zuerst eine Person, oder schreib „Anna mit 2 bis 5“",
    ageUnknown: (name) => `${name} hat noch keinen Geburtstag`,
    previewRest:
      "Bewege einen Regler, und hier steht, was sich ändern würde, mit Gesichtern aus deinen Fotos. Erst wenn du ihn übernimmst, ändert sich etwas.",
    readingIn: (folder) => `liest ${folder}`,
    waiting: (n) => (n > 0 ? `${number(n)} mehr. Zeigen` : "Zeigen, was sich geändert hat"),
    earlier: "Früherer Monat",
    later: "Späterer Monat",
    larger: "Größere Bilder",
    smaller: "Kleinere Bilder",
  },
};
