import type { ImportResult } from "../../electron/contract/views.ts";
import { counted, number } from "./format.ts";

type Came = Pick<ImportResult, "people" | "changed" | "waiting" | "conflicts" | "decisionId">;

/** English words about names as a file. */
export const enPortable = {
  portable: {
    title: "Names as a file",
    text: "Every name and decision in one file that people and programs can read, without any photo. Take it to another computer, or keep it somewhere safe. It fits the same photos wherever they lie.",
    save: "Export names …",
    saved: (people: number, photos: number) =>
      `Exported what was said of ${counted(people, "person", "people")} in ${counted(photos, "photo", "photos")}.`,
    nothing: "Nothing has been decided yet, so there is nothing to export.",
    take: "Import names …",
    takeText: "What was said here always stands. The file only adds, and all of it can be taken back at once.",
    taking: (done: number, total: number) => `Looked at ${number(done)} of ${counted(total, "photo", "photos")} in the file.`,
    came: ({ people, changed, waiting, conflicts, decisionId }: Came) =>
      [
        decisionId === 0
          ? "Everything in this file is known here already."
          : `Imported ${counted(changed, "face", "faces")} and ${counted(people, "person", "people")}.`,
        ...(waiting > 0
          ? [
              `${counted(waiting, "face", "faces")} ${waiting === 1 ? "waits" : "wait"} for photos that have not been read here; they get their names when they are.`,
            ]
          : []),
        ...(conflicts > 0
          ? [
              `${counted(conflicts, "thing", "things")} in it ${conflicts === 1 ? "differs" : "differ"} from what was said here, which stands.`,
            ]
          : []),
      ].join(" "),

    notOne: "This is not a file that Familiar exported, or it is damaged. Nothing was changed.",
    tooLarge: "This file is larger than anything Familiar exports. Nothing was changed.",
    fileName: (day: string) => `Familiar names ${day}.json`,
  },
};
/** What every language has to say about it. */
export type PortableWords = typeof enPortable;
