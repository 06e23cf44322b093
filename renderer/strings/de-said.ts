import type { BlockedView, Said } from "../../electron/contract/said.ts";
import type { enSaid } from "./en-said.ts";
import { counted, longDate, number } from "./format.ts";

const faces = (n: number): string => counted(n, "Gesicht", "Gesichter");

/** What a decision said, in German. */
function told(said: Said): string {
  switch (said.did) {
    case "merged":
      return said.name === null ? `${faces(said.faces)} in einer Gruppe vereint.` : `${faces(said.faces)} mit ${said.name} vereint.`;
    case "moved":
      return `${faces(said.faces)} zu ${said.name ?? "einer anderen Gruppe"} verschoben${said.fresh ? ", jemand Neues" : ""}.`;
    case "split":
      return `${faces(said.faces)}${said.off === null ? "" : ` von ${said.off}`} abgetrennt${said.into === null ? "" : ` zu ${said.into}`}.`;
    case "confirmed":
      return `${faces(said.faces)}${said.name === null ? "" : ` von ${said.name}`} bestätigt.`;
    case "rejected":
      if (said.name === null) return `${faces(said.faces)} aus einer Gruppe genommen.`;
      return said.faces === 1
        ? `Nicht ${said.name}. Familiar schlägt es nicht wieder vor.`
        : `Nicht ${said.name}: ${faces(said.faces)}. Familiar schlägt sie nicht wieder vor.`;
    case "named":
      return `${said.name} benannt.`;
    case "renamed":
      return `${said.was} in ${said.name} umbenannt.`;
    case "stranger":
      return said.name === null ? "1 Gruppe als Fremde beiseitegelegt." : `${said.name} als fremd beiseitegelegt.`;
    case "hidden":
      return `${said.name ?? "Eine Gruppe"} ausgeblendet.`;
    case "brought-back":
      return `${said.name ?? "Eine Gruppe"} zurückgeholt.`;
    case "key-face":
      return `Gesicht gewählt, das für ${said.name ?? "eine Gruppe"} steht.`;
    case "drew":
      return said.name === null ? "Ein Gesicht eingezeichnet." : `Ein Gesicht von ${said.name} eingezeichnet.`;
    case "adjusted":
      return said.name === null ? "Rahmen eines Gesichts verschoben." : `Rahmen eines Gesichts von ${said.name} verschoben.`;
    case "not-faces":
      return said.faces === 1
        ? "1 entfernt, das kein Gesicht ist. Es kommt nicht wieder."
        : `${number(said.faces)} entfernt, die keine Gesichter sind. Sie kommen nicht wieder.`;
    case "two-people":
      return said.names === null ? "Gemerkt: Das sind zwei Personen." : `Gemerkt: ${said.names.join(" und ")} sind zwei Personen.`;
    case "birthday": {
      const whose = said.name === null ? "einer Gruppe" : `von ${said.name}`;
      return said.date === null ? `Geburtstag ${whose} entfernt.` : `Geburtstag ${whose} auf den ${longDate(said.date)} gesetzt.`;
    }
    case "turned":
      return `Ein Foto ${{ 1: "nach rechts", 2: "auf den Kopf", 3: "nach links" }[said.quarter]} gedreht.`;
    case "album-saved":
      return `Album ${said.name} gespeichert.`;
    case "album-removed":
      return `Album ${said.name} entfernt.`;
    case "imported":
      return [
        said.nothing
          ? "Alles in dieser Datei ist hier schon bekannt."
          : `${faces(said.faces)} und ${counted(said.people, "Person", "Personen")} übernommen.`,
        ...(said.waiting > 0
          ? [`${faces(said.waiting)} ${said.waiting === 1 ? "wartet" : "warten"} auf Fotos, die noch nicht in dieser Bibliothek sind.`]
          : []),
        ...(said.conflicts > 0
          ? [
              `${counted(said.conflicts, "Angabe", "Angaben")} darin ${said.conflicts === 1 ? "weicht" : "weichen"} von dem ab, was hier gesagt wurde; was hier gesagt wurde, gilt.`,
            ]
          : []),
      ].join(" ");
    case "shared":
      return `Seitdem gelesene Fotos haben ihren Teil einer früheren Datei bekommen: ${faces(said.faces)}, ${counted(said.people, "Person", "Personen")}.`;
    case "carried":
      return said.faces === 0
        ? "Die Drehung auf ein bearbeitetes Foto übertragen."
        : `${faces(said.faces)} auf ein bearbeitetes Foto übertragen.`;
    case "taken-back":
      return `Zurückgenommen: ${told(said.what)}`;
    case "done-again":
      return `Wieder getan: ${told(said.what)}`;
  }
}

const done: Readonly<Record<string, string>> = {
  name: "benannt",
  rename: "benannt",
  merge: "wieder vereint",
  split: "abgetrennt",
  move: "verschoben",
  confirm: "bestätigt",
  reject: "abgelehnt",
  stranger: "beiseitegelegt",
  hide: "ausgeblendet",
  restore: "zurückgeholt",
  "not-a-face": "entfernt",
  draw: "eingezeichnet",
  adjust: "wieder verschoben",
  undo: "durch das Zurücknehmen von etwas anderem geändert",
  redo: "wieder geändert",
};

/** German sentences about decisions, made from what the engine says as data. */
export const deSaid: typeof enSaid = {
  said: {
    told,
    found: (n, toCheck) =>
      n === 0
        ? ""
        : ` ${counted(n, "weiteres Gesicht", "weitere Gesichter")} gefunden${toCheck > 0 ? `, ${number(toCheck)} zu prüfen` : ""}.`,
    blocked: ({ kind, faces: n, more }: BlockedView, sentence: string, day: string, time: string, again = false) => {
      const named = `„${sentence.replace(/\.$/u, "")}“`;
      const when = day === "" ? `heute um ${time}` : `am ${day} um ${time}`;
      const what =
        n === 0
          ? `${named} kam ${when} dazu und ${again ? "steht im Weg" : "baut darauf auf"}`
          : `${number(n)} seiner Gesichter ${n === 1 ? "wurde" : "wurden"} ${when} ${done[kind] ?? "geändert"} (${named})`;
      const others = more === 0 ? "" : `, und ${number(more)} weitere ${more === 1 ? "Entscheidung kam" : "Entscheidungen kamen"} später`;
      return `Das lässt sich nicht allein ${again ? "wieder tun" : "zurücknehmen"}: ${what}${others}.`;
    },
    takeBackBoth: "Beides zurücknehmen",
    takeBackLater: "Mit dem Späteren zurücknehmen",
    putBack: "Wieder tun",
    andLater: (n) => (n === 0 ? "" : ` Und ${n === 1 ? "eine spätere" : `${number(n)} spätere`}.`),
  },
};
