import type { PacksWords } from "./en-packs.ts";
import { counted, number, percent } from "./format.ts";

const photos = (n: number): string => counted(n, "Foto", "Fotos");
const pairs = (n: number): string => counted(n, "Paar", "Paaren");

/** German words about models. */
export const dePacks: PacksWords = {
  updates: {
    ask: "Nach neueren Versionen fragen, wenn ich will",
    askText:
      "Familiar fragt die Adresse unten, wenn du den Knopf drückst, und sonst nie. Es sagt nur Bescheid; einspielen musst du selbst.",
    feed: "Adresse der Versionsliste",
    feedText: "Der Ordner oder die Datei, die der Hersteller deiner Ausgabe nennt; sie beginnt mit https.",
    check: "Jetzt nachsehen",
    checking: "Sieht nach",
    newer: (version) => `Version ${version} ist zu haben.`,
    none: (version) => `Es gibt keine neuere Version als ${version}.`,
    from: (date) => `Vom ${date}`,
    address: "Hier liegt sie",
    copy: "Adresse kopieren",
    copied: "Kopiert.",
  },
  packs: {
    coming: "kommt",
    comingFar: (done, total) => `Liest Gesichter: ${number(done)} von ${photos(total)}`,
    comingWaits: "Wartet, bis das Lesen fertig ist.",
    comingPaused: "Angehalten. Es geht mit dem Lesen weiter.",
    comingStopped: "Auf halbem Weg angehalten. Was fertig ist, bleibt.",
    goOn: "Weiter",
    comingText: "Das andere Modell arbeitet, bis dieses alle Gesichter kennt. Namen und Entscheidungen bleiben.",
    stay: "Beim anderen bleiben",
    measure: "Hier messen",
    measuring: "Misst",
    measuredFirst: "wird vor dem Gebrauch an deinen Fotos geeicht",
    measureText: "Stoppt die Zeit und probiert das Modell an bis zu 400 Gesichtern, die du bestätigt hast.",
    speed: (milliseconds, provider) => `${milliseconds} ms je Gesicht hier (${provider})`,
    noSpeed: "hier noch nicht gemessen",
    providers: { cpu: "Prozessor", dml: "DirectML", cuda: "CUDA", coreml: "Core ML", webgpu: "WebGPU" },
    accuracy: (share, same, different) =>
      `Erkannte ${percent(share)} von ${pairs(same)} derselben Person, wobei 1 von 1.000 unter ${pairs(different)} verschiedener Personen verwechselt wird. Gesichter, die das Modell in Gebrauch selbst gefunden hat, sprechen für dieses.`,
    tooFew: (people, faces) =>
      `Noch zu wenige bestätigte Gesichter, um zu sagen, wie gut es hier ist (${counted(faces, "Gesicht", "Gesichter")} von ${counted(people, "benannter Person", "benannten Personen")}).`,
  },
};
