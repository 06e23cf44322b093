import { providerWords, reasonWords, type ProviderReason } from "../../electron/contract/provider-reason.ts";
import { counted, number, percent } from "./format.ts";

/** English words about models: how they are changed, and how they do here. */
export const enPacks = {
  updates: {
    ask: "Ask for newer versions when I want",
    askText: "Familiar asks the address below when you press the button, and at no other time. It only tells; installing is yours.",
    feed: "Address of the list of versions",
    feedText: "The folder or file that the maker of your copy gives, beginning with https.",
    check: "Check now",
    checking: "Checking",
    newer: (version: string) => `Version ${version} can be had.`,
    none: (version: string) => `There is no newer version than ${version}.`,
    from: (date: string) => `From ${date}`,
    address: "Where it is",
    copy: "Copy the address",
    copied: "Copied.",
  },
  packs: {
    coming: "coming",
    comingFar: (done: number, total: number) => `Reading faces: ${number(done)} of ${counted(total, "photo", "photos")}`,
    comingWaits: "Waits until reading is done.",
    comingPaused: "Paused. It goes on with reading.",
    comingStopped: "Stopped half-way. What is done is kept.",
    goOn: "Go on",
    comingText: "The other model serves until this one knows every face. Names and decisions stay.",
    stay: "Keep the other",
    measure: "Measure here",
    measuring: "Measuring",
    measuredFirst: "is measured on your photos before it is used",
    measureText: "Times the model and tries it on up to 400 faces that you confirmed.",
    speed: (milliseconds: string, provider: string) => `${milliseconds} ms a face here (${provider})`,
    noSpeed: "not timed here yet",
    providers: { cpu: "processor", dml: "DirectML", cuda: "CUDA", coreml: "Core ML", webgpu: "WebGPU" } as Readonly<Record<string, string>>,
    runsOn: (provider: string, reasons: readonly ProviderReason[]) =>
      `Now: ${providerWords(provider)}. ${reasons.map(reasonWords).join(" ")}`.trim(),
    accuracy: (share: number, same: number, different: number) =>
      `Told ${percent(share)} of ${counted(same, "pair", "pairs")} of one person from ${counted(different, "pair", "pairs")} of two, with 1 in 1,000 of those taken for one. Faces that the model in use has found itself speak for it.`,
    tooFew: (people: number, faces: number) =>
      `Not enough confirmed faces yet to say how well it does here (${counted(faces, "face", "faces")} of ${counted(people, "named person", "named people")}).`,
    /** What a model is called and where it comes from, by its name, where its own English does not do. */
    titles: {} as Readonly<Record<string, string>>,
    credits: {} as Readonly<Record<string, string>>,
  },
};
export type PacksWords = typeof enPacks;
