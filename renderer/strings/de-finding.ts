import type { enFinding } from "./en-finding.ts";
import { counted, number } from "./format.ts";

const faces = (n: number): string => counted(n, "Gesicht", "Gesichter");
const photos = (n: number): string => counted(n, "Foto", "Fotos");

/** The same in German. */
export const deFinding: typeof enFinding = {
  finding: {
    fieldHint: "Eine Person, „Sommer 2019“, „3 Gesichter“, ein Ordner, ein Ort",
    faces: (n, atLeast) => (n === 0 && !atLeast ? "Niemand" : atLeast ? `${faces(n)} oder mehr` : faces(n)),
    near: (place) => `bei ${place}`,
    place: "Ort",
    anyPlace: "Überall",
    remove: (words) => `${words} weglassen`,
    sort: "Reihenfolge",
    newest: "Neueste zuerst",
    oldest: "Älteste zuerst",
    dropParts: { facesAtLeast: "Mit beliebig vielen Gesichtern", near: "Von überall" },
    around: "Fotos aus der Umgebung",
    sameDay: "Fotos dieses Tages",
  },
  choosing: {
    all: "Alle auswählen",
    allOf: (month) => `${month} auswählen`,
  },
  exporting: {
    open: "Herausschreiben",
    title: (n) => `${photos(n)} herausschreiben`,
    how: "Wie",
    copies: "Kopien",
    links: "Verweise",
    copiesText: "Eigene ganze Dateien. Deine Fotos bleiben, wie sie sind.",
    linksText: "Kleine Dateien, die zu deinen Fotos führen. Sie enden, wo ein Foto verschoben wird.",
    into: "Ordner",
    choose: "Ordner wählen",
    change: "Ändern",
    newFolder: "In einem neuen Ordner namens",
    optional: "freiwillig",
    doCopies: "Kopien schreiben",
    doLinks: "Verweise schreiben",
    stop: "Anhalten",
    done: "Fertig",
    progress: (done, total) => `${number(done)} von ${photos(total)}`,
    wrote: (n, copies, folder) =>
      copies
        ? `${counted(n, "Kopie", "Kopien")} in ${folder} geschrieben.`
        : `${counted(n, "Verweis", "Verweise")} in ${folder} geschrieben.`,
    already: (n) => (n === 1 ? "1 war schon da." : `${number(n)} waren schon da.`),
    failed: (n) => (n === 1 ? "1 konnte nicht geschrieben werden." : `${number(n)} konnten nicht geschrieben werden.`),
    stopped: (n) => (n === 1 ? "1 blieb weg, weil du angehalten hast." : `${number(n)} blieben weg, weil du angehalten hast.`),
    writing: "Wird geschrieben",
    unnamed: "Aus Familiar",
  },
  alike: {
    mode: (a, b) => `${a} oder ${b}`,
    title: (a, b) => `${a} oder ${b}?`,
    text: (n) =>
      n === 1
        ? "Du hast gesagt, dass es zwei Personen sind. Dieses Gesicht ist am schwersten zuzuordnen."
        : `Du hast gesagt, dass es zwei Personen sind. Diese ${faces(n)} sind am schwersten zuzuordnen.`,
    side: (n) => `${faces(n)} · gleiches Jahr zuerst`,
    neither: "Weder noch",
    whole: "Ganzes Foto",
    ages: (a, b) => (a === b ? `${a} Jahre` : `${a} oder ${b} Jahre`),
    queue: "Die Gesichter, um die es geht",
    doneTitle: (a, b) => `${a} und ${b} sind auseinandergehalten`,
    doneText: "Keines ihrer Gesichter ist noch zweifelhaft, das du nicht gerade angesehen hast.",
    moreText: "Nach diesen Antworten gibt es vielleicht noch mehr.",
    more: "Nach weiteren sehen",
    back: "Zu den anderen Fragen",
    heading: "Zum Verwechseln ähnlich",
    was: (answer) => `Du hast gesagt: ${answer}`,
  },
  ask: {
    whole: "Ganzes Foto",
    where: (date, folder) => [date, folder].filter((part) => part !== "").join(" · "),
    onlyAbout: (name) => `Zu ${name}`,
    choosePerson: "Zu einer Person",
    noneLike: "Dazu gibt es nichts zu fragen",
    noneLikeText: "Vielleicht gibt es andere Fragen.",
    askEveryone: "Zu allen fragen",
  },
  window: {
    drop: "Loslassen, um den Ordner hinzuzufügen",
    dropText: "Familiar liest die Fotos darin. Nichts darin wird verändert.",
    dropBrowser: "Ein Browser verrät nicht, wo ein Ordner liegt. Wähle ihn stattdessen hier.",
    gone: "Familiars Herzstück antwortet nicht",
    goneText: "Nichts ist verloren. Es geht von selbst weiter, wenn es wieder da ist.",
    otherMonth: "Früherer, späterer Monat",
    addFolder: "Ordner hinzufügen",
    readAgain: "Nach neuen Fotos sehen",
    pause: "Lesen anhalten",
    resume: "Weiterlesen",
    light: "Hell",
    dark: "Dunkel",
    asSystem: "Hell oder dunkel wie das System",
    allKeys: "Alle Tasten",
    searchFor: (text) => `Nach ${text} suchen`,
    askAbout: (name) => `Fragen zu ${name}`,
    photosOf: (name) => `Fotos von ${name}`,
  },
};
