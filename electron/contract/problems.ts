import type { BlockedView } from "./said.ts";

/**
 * The closed list of things that can go wrong, in words a person can act on.
 * `transient`: trying again later may work by itself. `permanent`: it stays so until the person changes something.
 */
export type ProblemKind = "transient" | "permanent";

interface ProblemText {
  readonly kind: ProblemKind;
  /** What happened, one plain sentence. */
  readonly sentence: string;
  /** What can be done about it, one plain sentence, or "" where nothing needs doing. */
  readonly act: string;
}

/** Every problem Familiar can report. Codes are stable: scripts and tests rely on them. */
export const problems = {
  // One file
  "file-vanished": t(
    "transient",
    "The file was there a moment ago and is gone now.",
    "If it was moved, it is found again with the next reading.",
  ),
  "file-unreadable": t("transient", "This account may not open the file.", "Give yourself permission to read it, then try again."),
  "file-busy": t("transient", "The disk did not answer while the file was being read.", "Check the drive, then try again."),
  "file-changing": t("transient", "The file was still being written while it was read.", "It is read again when it has come to rest."),
  "file-empty": t("permanent", "The file is empty.", "If you have another copy, put it in its place."),
  "file-cut-short": t(
    "permanent",
    "The file ends too early: part of the picture is missing.",
    "If you have another copy, put it in its place.",
  ),
  "file-damaged": t(
    "permanent",
    "The picture in this file is damaged and cannot be shown.",
    "If you have another copy, put it in its place.",
  ),
  "file-not-a-picture": t(
    "permanent",
    "The file is named like a picture, but there is no picture in it.",
    "You can leave it as it is, or rename it.",
  ),
  "file-kind-unknown": t(
    "permanent",
    "Familiar cannot read this kind of picture yet.",
    "A JPEG beside it is used instead when there is one.",
  ),
  "file-too-large": t("permanent", "The picture is larger than Familiar can open.", "Save a smaller copy beside it."),
  "file-too-slow": t("transient", "Reading this picture took far too long and was stopped.", "Try again when the computer is less busy."),
  "file-name-odd": t("permanent", "The file's name holds bytes that are not text.", "Rename it, then it can be read."),
  // Folders and drives
  "folder-gone": t(
    "transient",
    "The folder is not there.",
    "Connect its drive, or remove the folder from Familiar. Names and small pictures are kept.",
  ),
  "folder-unreadable": t("transient", "This account may not look into the folder.", "Give yourself permission to read it, then try again."),
  "folder-not-a-folder": t("permanent", "That is a file, not a folder.", "Choose the folder that holds it."),
  "folder-unwritable": t("transient", "This account may not write into the folder.", "Choose another folder, or give yourself permission."),
  "folder-watched": t(
    "permanent",
    "Familiar looks for photos in this folder, so it writes nothing there.",
    "Choose a folder outside of those it reads.",
  ),
  "links-refused": t("permanent", "Links cannot be made in this folder.", "Choose copies instead, or another folder."),
  // The library
  "disk-full": t("transient", "The disk is full.", "Make room on it and read again: it goes on where it stopped. Nothing was lost."),
  "library-locked": t("transient", "This library is open in another copy of Familiar.", "Close the other copy, or choose another library."),
  "library-newer": t("permanent", "This library was made by a newer Familiar.", "Use that version, or a newer one. Nothing was changed."),
  "library-damaged": t("permanent", "Familiar could not open its catalogue.", "Use an earlier copy of it. Your photos are not affected."),
  "library-unwritable": t(
    "transient",
    "Familiar may not write into its library folder.",
    "Give yourself permission to write there, or choose another place.",
  ),
  // Models and accelerators
  "model-missing": t("permanent", "A model file is missing or was changed.", "Run the set-up again: it makes the models anew."),
  "model-fetch": t(
    "transient",
    "The model could not be downloaded.",
    "Check the connection and try again, or choose a file you have. The built-in one serves meanwhile.",
  ),
  "model-mismatch": t("permanent", "The file is not the model it should be, so it was not used.", "Get the file again from its source."),
  "pack-uncalibrated": t("permanent", "This pack has no calibration, so it cannot group faces.", "Choose another pack."),
  "accelerator-failed": t(
    "transient",
    "The graphics card did not answer. Familiar goes on without it, more slowly.",
    "Update its driver, then choose it again in Settings.",
  ),
  // Newer versions
  "updates-off": t(
    "permanent",
    "Familiar does not ask for newer versions.",
    "Switch it on in Settings, under About, and give the address of the list of versions.",
  ),
  "update-feed": t(
    "transient",
    "The list of versions could not be read.",
    "Check the connection, and the address in Settings, under About. Nothing was changed.",
  ),
  // Requests and decisions
  "bad-request": t("permanent", "Familiar did not understand that request.", "Look at its spelling and try again."),
  "person-not-found": t("permanent", "That person is no longer there.", "Look in History: it may have been merged."),
  "face-not-found": t("permanent", "That face is no longer there.", "Go back and look again."),
  "photo-not-found": t("permanent", "That photo is no longer there.", "Go back and look again."),
  "not-found": t("permanent", "That is no longer there.", "Go back and look again."),
  "no-face": t("permanent", "No face was found in that photo.", "Choose a photo with a face that can be seen."),
  "never-merge": t("permanent", "You said that these are two people.", "Take that back first, or merge them all the same."),
  "name-empty": t("permanent", "A name needs at least one letter.", "Type a name."),
  "undo-blocked": t(
    "permanent",
    "This one cannot be taken back on its own: something later builds on it.",
    "Take back the later one first.",
  ),
  "redo-blocked": t(
    "permanent",
    "This one cannot be done again on its own: something later stands in its way.",
    "Take back the later one first.",
  ),
  "nothing-to-undo": t("permanent", "There is nothing to take back.", ""),
  "nothing-to-redo": t("permanent", "There is nothing to do again.", ""),
  cancelled: t("transient", "Stopped, as you asked.", ""),
  "engine-gone": t("transient", "The part of Familiar that reads photos stopped.", "It is started again by itself. Nothing was lost."),
  internal: t(
    "transient",
    "Something went wrong inside Familiar. Nothing you did was lost.",
    "Try again. If it happens again, restart Familiar.",
  ),
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof problems;

/** A problem as it crosses the contract: never a stack trace. */
export interface ProblemView {
  readonly code: ProblemCode;
  readonly kind: ProblemKind;
  readonly sentence: string;
  readonly act: string;
  /** What it is about (a path, a name) or what was found, for people who want to know more. */
  readonly detail: string;
  /** Of `undo-blocked` and `redo-blocked`: what stands in the way, for the screen's own words. */
  readonly blocked?: BlockedView | undefined;
}

/** Builds the view of a problem from its code. */
export function problemView(code: ProblemCode, detail = "", sentence?: string, blocked?: BlockedView): ProblemView {
  const text: ProblemText = problems[code];
  return { code, kind: text.kind, sentence: sentence ?? text.sentence, act: text.act, detail, ...(blocked !== undefined && { blocked }) };
}

function t(kind: ProblemKind, sentence: string, act: string): ProblemText {
  return { kind, sentence, act };
}
