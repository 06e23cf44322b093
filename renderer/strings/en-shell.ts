import { number } from "./format.ts";

/** English words of the window as a whole: what the palette does, keys, and copying. */
export const enShell = {
  shell: {
    settingsPlaces: {
      folders: "Folders",
      sureness: "Sureness",
      recognition: "Recognition",
      looks: "Looks",
      backups: "Backups and names as a file",
      forget: "Forget face data",
      about: "About and newer versions",
    },
    stopReading: "Stop reading",
    retryFailed: "Try again what could not be read",
    lettersOn: "Use single letters as keys",
    lettersOff: "No single letters as keys",
    zoom: "All larger, smaller",
    zoomPhoto: "Zoom in, out",
    ends: "First, last",
    pages: "A page up, down",
    howMany: "How many parts",
    copy: "Copy the picture",
    copyPlaces: "Copy where they are",
    copied: "Copied the picture.",
    copiedPlaces: (n: number) => `Copied where ${number(n)} files are.`,
    notCopiedText: "It could not be copied. The browser may not allow it here.",
    notCopied: "The picture could not be copied. The browser may not allow it here.",
    earlier: "Earlier month",
    later: "Later month",
    larger: "Larger pictures",
    smaller: "Smaller pictures",
  },
};
