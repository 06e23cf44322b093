import type { SafetyWords } from "./en-safety.ts";
import { counted, number } from "./format.ts";

const people = (n: number): string => counted(n, "Person", "Personen");
const decisions = (n: number): string => counted(n, "Entscheidung", "Entscheidungen");
const copies = (n: number): string => counted(n, "Sicherung", "Sicherungen");

/** German words about backups, putting them back, and forgetting. */
export const deSafety: SafetyWords = {
  safety: {
    backups: "Sicherungen",
    backupsText:
      "Familiar sichert seinen Katalog einmal am Tag und vor jeder großen Änderung und prüft jede Sicherung nach dem Schreiben. Im Katalog stehen alle Namen und Entscheidungen; die Fotos sind nicht darin und brauchen hier keine Sicherung.",
    make: "Jetzt sichern",
    made: "Gesichert.",
    none: "Noch keine Sicherungen. Die erste entsteht mit der ersten Entscheidung.",
    holds: (n, d) => `${people(n)} · ${decisions(d)}`,
    damaged: "Beschädigt, nicht brauchbar",
    reasons: (reason) => {
      if (reason === "daily") return "täglich";
      if (reason === "by-hand") return "von dir";
      if (reason === "before-restore") return "bevor eine andere zurückgeholt wurde";
      if (reason === "before-update") return "vor einer neuen Fassung";
      return "vor einer großen Änderung";
    },
    restore: "Zurückholen",
    look: "Was würde sich ändern?",
    title: (when) => `Sicherung von ${when} zurückholen`,
    now: "Jetzt",
    then: "In der Sicherung",
    people: "Personen mit Namen",
    decisions: "Entscheidungen",
    confirmed: "Von dir bestätigte Gesichter",
    photos: "Fotos",
    back: "Namen, die wiederkommen",
    gone: "Namen, die gehen",
    moreNames: (n) => `und ${number(n)} weitere`,
    nothingChanges: "Die Sicherung und der jetzige Stand sind gleich.",
    decisionsGone: (n) => `${decisions(n)} seither ${n === 1 ? "geht" : "gehen"}`,
    decisionsBack: (n) => `${decisions(n)} ${n === 1 ? "kommt" : "kommen"} wieder`,
    readAgain: (n) => `${counted(n, "Foto kam", "Fotos kamen")} seither dazu und ${n === 1 ? "wird" : "werden"} noch einmal gelesen.`,
    unreadable: "Der jetzige Stand ist nicht lesbar. Er wird beiseitegelegt, nicht gelöscht.",
    firstCopied: "Der jetzige Stand wird zuerst gesichert, also lässt sich das zurücknehmen.",
    restored: (when) => `Sicherung von ${when} zurückgeholt.`,
    restoreCopy: (when) => `Sicherung von ${when} zurückholen`,
    closedTitle: "Familiar konnte seinen Katalog nicht öffnen",
    closedGood: (when, n, d) =>
      `Die Sicherung von ${when} ist vollständig: ${people(n)}, ${decisions(d)}. Deine Fotos sind nicht betroffen.`,
    closedNone: "Es gibt keine gute Sicherung davon. Deine Fotos sind nicht betroffen.",
    startEmpty: "Mit einem leeren Katalog anfangen",
    startEmptyTitle: "Mit einem leeren Katalog anfangen?",
    startEmptyText: [
      "Die Namen, Personen und Entscheidungen aus dem beschädigten Katalog sind dann nicht da: Familiar beginnt wie am ersten Tag, und du fügst deine Ordner wieder hinzu.",
      "Der beschädigte Katalog wird im Ordner der Bibliothek beiseitegelegt, nicht gelöscht. Wer sich mit Datenbanken auskennt, kann vielleicht noch etwas daraus retten.",
      "Wenn du deine Namen einmal als Datei gesichert hast, kommen sie daraus zurück, während deine Fotos gelesen werden.",
    ],
    startEmptyYes: "Leer anfangen",
    startEmptyFile: "Mit Namen aus einer Datei anfangen",
    startedEmpty: "Mit einem leeren Katalog angefangen. Der beschädigte wurde beiseitegelegt.",
    otherCopies: "Andere Sicherungen",
    stillThere: "Der beschädigte Katalog wird beiseitegelegt, nicht gelöscht.",
    forget: "Vergessen",
    forgetText:
      "Vergessen entfernt Gesichtsdaten für immer: Es ist das Einzige in Familiar, das sich nicht zurücknehmen lässt. Fotos werden nie angerührt. Ausgeführte Dateien bleiben, wo du sie hingelegt hast.",
    onePerson: "Eine Person",
    onePersonText: "Alles, was Familiar über eine Person weiß: Name, Gesichter und jede Entscheidung über sie.",
    choose: "Person wählen",
    everything: "Alles",
    everythingText:
      "Alle Namen, Gesichter und Entscheidungen. Familiar ist dann wie am ersten Tag: Es liest keinen Ordner, bis du wieder einen wählst.",
    forgetAll: "Alles vergessen",
    forgetOneTitle: (name) => `${name} vergessen?`,
    forgetAllTitle: "Alle Gesichter und Namen vergessen?",
    forgotten: "Es ist vergessen",
    removes: "Das entfernt, was Familiar weiß:",
    removed: "Das wurde entfernt:",
    account: (a) => [
      a.personId === null ? counted(a.people, "Name", "Namen") : a.people > 0 ? "Der Name" : "",
      a.faces > 0 ? `${counted(a.faces, "Gesicht", "Gesichter")} in ${counted(a.photos, "Foto", "Fotos")}` : "",
      a.vectors > 0 ? `${counted(a.vectors, "Gesicht", "Gesichter")} als Zahlen, woran sie erkannt werden` : "",
      a.pictures > 0 ? counted(a.pictures, "kleines Bild", "kleine Bilder") : "",
      a.decisions > 0 ? `${decisions(a.decisions)}${a.personId === null ? "" : " (was sie über andere sagen, bleibt)"}` : "",
      a.albums > 0 ? counted(a.albums, "Album", "Alben") : "",
    ],
    alsoBackups: (n, size) => `Auch ${n === 1 ? "die Sicherung" : `die ${copies(n)}`} (${size})`,
    alsoBackupsText: (n) =>
      n === 1
        ? "Sie enthält das alles auch; sie zurückzuholen brächte es wieder."
        : "Sie enthalten das alles auch; eine zurückzuholen brächte es wieder.",
    backupsGone: (n) => copies(n),
    backupsLeft: (n) => `${copies(n)} ${n === 1 ? "enthält" : "enthalten"} das Vergessene noch.`,
    photosStay: "Deine Fotos bleiben, wie sie sind.",
    photosStayed: "Deine Fotos sind, wie sie waren.",
    seenAgain: "Werden ihre Fotos noch einmal gelesen, findet Familiar die Gesichter neu, ohne Namen.",
    never: "Das lässt sich nicht zurücknehmen.",
    doForget: "Vergessen",
    keep: "Behalten",
    done: "Fertig",
    unnamed: "diese Gruppe",
  },
};
