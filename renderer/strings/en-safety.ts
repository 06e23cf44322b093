import type { ForgetPreview } from "../../electron/contract/safety-views.ts";
import { counted, number } from "./format.ts";

const people = (n: number): string => counted(n, "person", "people");
const decisions = (n: number): string => counted(n, "decision", "decisions");
const copies = (n: number): string => counted(n, "backup", "backups");

/** English words about backups, putting them back, and forgetting. */
export const enSafety = {
  safety: {
    backups: "Backups",
    backupsText:
      "Familiar copies its catalogue once a day and before every large change, and checks each backup after writing it. The catalogue holds every name and decision; your photos are not in it and need no backup here.",
    make: "Make a backup now",
    made: "Made a backup.",
    none: "No backups yet. The first is made with the first decision.",
    holds: (n: number, d: number) => `${people(n)} · ${decisions(d)}`,
    damaged: "Damaged, cannot be used",
    reasons: (reason: string): string => {
      if (reason === "daily") return "daily";
      if (reason === "by-hand") return "made by you";
      if (reason === "before-restore") return "before another was restored";
      if (reason === "before-update") return "before an update";
      return "before a large change";
    },
    restore: "Restore",
    look: "What would change?",
    title: (when: string) => `Restore the backup of ${when}`,
    now: "Now",
    then: "In the backup",
    people: "People with a name",
    decisions: "Decisions",
    confirmed: "Faces you confirmed",
    photos: "Photos",
    back: "Names that come back",
    gone: "Names that go",
    moreNames: (n: number) => `and ${number(n)} more`,
    nothingChanges: "The backup and what stands now are the same.",
    decisionsGone: (n: number) => `${decisions(n)} made since ${n === 1 ? "goes" : "go"}`,
    decisionsBack: (n: number) => `${decisions(n)} ${n === 1 ? "comes" : "come"} back`,
    readAgain: (n: number) => `${counted(n, "photo", "photos")} came since and ${n === 1 ? "is" : "are"} read again.`,
    unreadable: "What stands now cannot be read. It is set aside, not deleted.",
    firstCopied: "What stands now is backed up first, so this can be undone.",
    restored: (when: string) => `Restored the backup of ${when}.`,
    restoreCopy: (when: string) => `Restore the backup of ${when}`,
    closedTitle: "Familiar could not open its catalogue",
    closedGood: (when: string, n: number, d: number) =>
      `The backup of ${when} is complete: ${people(n)}, ${decisions(d)}. Your photos are not affected.`,
    closedNone: "There is no good backup of it. Your photos are not affected.",
    startEmpty: "Start with an empty catalogue",
    startEmptyTitle: "Start with an empty catalogue?",
    startEmptyText: [
      "The names, people and decisions in the damaged catalogue will not be there: Familiar begins as on its first day, and you add your folders again.",
      "The damaged catalogue is set aside in the library’s folder, not deleted. Somebody who knows databases may still get something out of it.",
      "If you once saved your names as a file, they come back from it as your photos are read.",
    ],
    startEmptyYes: "Start empty",
    startEmptyFile: "Start with names from a file",
    startedEmpty: "Started with an empty catalogue. The damaged one was set aside.",
    otherCopies: "Other backups",
    stillThere: "The damaged catalogue is set aside, not deleted.",
    forget: "Forget",
    forgetText:
      "Forgetting removes face data for good: it is the one thing in Familiar that cannot be undone. Photos are never touched. Files that you exported stay where you put them.",
    onePerson: "One person",
    onePersonText: "Everything Familiar knows about one person: their name, their faces, and every decision about them.",
    choose: "Choose a person",
    everything: "Everything",
    everythingText: "All names, faces and decisions. Familiar is then as on its first day: it reads no folder until you choose one again.",
    forgetAll: "Forget everything",
    forgetOneTitle: (name: string) => `Forget ${name}?`,
    forgetAllTitle: "Forget all faces and names?",
    forgotten: "Forgotten",
    removes: "This removes what Familiar knows:",
    removed: "This was removed:",
    account: (a: Omit<ForgetPreview, "backups" | "backupBytes">): readonly string[] => [
      a.personId === null ? counted(a.people, "name", "names") : a.people > 0 ? "The name" : "",
      a.faces > 0 ? `${counted(a.faces, "face", "faces")} in ${counted(a.photos, "photo", "photos")}` : "",
      a.vectors > 0 ? `${counted(a.vectors, "face", "faces")} as numbers, by which they are recognised` : "",
      a.pictures > 0 ? counted(a.pictures, "small picture", "small pictures") : "",
      a.decisions > 0 ? `${decisions(a.decisions)}${a.personId === null ? "" : " (what they say of others stays)"}` : "",
      a.albums > 0 ? counted(a.albums, "album", "albums") : "",
    ],
    alsoBackups: (n: number, size: string) => `Also the ${n === 1 ? "backup" : copies(n)} (${size})`,
    alsoBackupsText: (n: number): string =>
      n === 1
        ? "It holds all of this too, and restoring it would bring it back."
        : "They hold all of this too, and restoring one would bring it back.",
    backupsGone: (n: number) => copies(n),
    backupsLeft: (n: number) => `${copies(n)} still ${n === 1 ? "holds" : "hold"} what was forgotten.`,
    photosStay: "Your photos stay as they are.",
    photosStayed: "Your photos are as they were.",
    seenAgain: "If their photos are read again, Familiar finds the faces anew, without a name.",
    never: "This cannot be undone.",
    doForget: "Forget",
    keep: "Keep",
    done: "Done",
    unnamed: "this group",
  },
};
/** What every language has to say about them. */
export type SafetyWords = typeof enSafety;
