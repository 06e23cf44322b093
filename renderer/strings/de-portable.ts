import type { PortableWords } from "./en-portable.ts";
import { counted, number } from "./format.ts";

const faces = (n: number): string => counted(n, "Gesicht", "Gesichter");

/** German words about names as a file. */
export const dePortable: PortableWords = {
  portable: {
    title: "Namen als Datei",
    text: "Alle Namen und Entscheidungen in einer Datei, die Menschen und Programme lesen können, ohne ein einziges Foto. Nimm sie auf einen anderen Computer mit oder verwahre sie. Sie passt zu denselben Fotos, wo immer sie liegen.",
    save: "Namen exportieren …",
    saved: (people, photos) =>
      `Exportiert, was über ${counted(people, "Person", "Personen")} auf ${counted(photos, "Foto", "Fotos")} gesagt wurde.`,
    nothing: "Noch wurde nichts entschieden, also gibt es nichts zu exportieren.",
    take: "Namen importieren …",
    takeText: "Was hier gesagt wurde, gilt immer. Die Datei fügt nur hinzu, und alles lässt sich auf einmal zurücknehmen.",
    taking: (done, total) => `${number(done)} von ${counted(total, "Foto", "Fotos")} aus der Datei angesehen.`,
    came: ({ people, changed, waiting, conflicts, decisionId }) =>
      [
        decisionId === 0
          ? "Alles in dieser Datei ist hier schon bekannt."
          : `${faces(changed)} und ${counted(people, "Person", "Personen")} importiert.`,
        ...(waiting > 0
          ? [
              `${faces(waiting)} ${waiting === 1 ? "wartet" : "warten"} auf Fotos, die hier noch nicht gelesen wurden; dann kommen die Namen dazu.`,
            ]
          : []),
        ...(conflicts > 0
          ? [
              `${counted(conflicts, "Angabe", "Angaben")} darin ${conflicts === 1 ? "widerspricht" : "widersprechen"} dem, was hier gesagt wurde; das Hiesige gilt.`,
            ]
          : []),
      ].join(" "),

    notOne: "Das ist keine Datei, die Familiar exportiert hat, oder sie ist beschädigt. Nichts wurde verändert.",
    tooLarge: "Diese Datei ist größer als alles, was Familiar exportiert. Nichts wurde verändert.",
    fileName: (day) => `Familiar Namen ${day}.json`,
  },
};
