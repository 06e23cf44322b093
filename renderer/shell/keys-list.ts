import type { AllWords } from "../strings/words.svelte.ts";

/** One line of the map of keys; each inner list is one key. */
export interface KeyLine {
  readonly words: string;
  readonly keys: readonly string[];
}
export interface KeySection {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

/** Every key of the app, in the three columns in which they are shown. */
export function keyColumns(words: AllWords): readonly (readonly KeySection[])[] {
  const said = words.keys;
  const t = words;
  const line = (text: string, ...keys: string[]): KeyLine => ({ words: text, keys });
  return [
    [
      {
        title: said.anywhere,
        lines: [
          line(said.goTo, "Ctrl+K"),
          line(said.findHere, "/"),
          line(said.undo, "Ctrl+Z"),
          line(said.redo, "Ctrl+Shift+Z"),
          line(said.close, "Escape"),
          line(said.rail, "Ctrl+1 … 6"),
          line(said.regions, "F6"),
        ],
      },
      {
        title: said.inAList,
        lines: [
          line(said.move, "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"),
          line(said.select, "Space"),
          line(said.selectMore, "Shift+ArrowRight"),
          line(said.all, "Ctrl+A"),
          line(said.open, "Enter"),
          line(said.size, "+", "-"),
          line(said.view, "v"),
        ],
      },
    ],
    [
      {
        title: said.faces,
        lines: [
          line(said.name, "r"),
          line(said.merge, "m"),
          line(said.moveTo, "o"),
          line(said.splitOff, "t"),
          line(said.parts, "p"),
          line(said.keyFace, "k"),
          line(said.birthday, "b"),
        ],
      },
      {
        title: said.answers,
        lines: [
          line(said.yes, "y"),
          line(said.no, "n"),
          line(said.notSure, "Space"),
          line(said.numbered, "1 … 9"),
          line(said.stranger, "s"),
          line(said.hide, "h"),
          line(said.notAFace, "x"),
          line(said.why, "w"),
        ],
      },
    ],
    [
      {
        title: said.onePhoto,
        lines: [
          line(said.nextPhoto, "ArrowLeft", "ArrowRight"),
          line(said.nextFace, "Tab"),
          line(said.showFaces, "f"),
          line(said.draw, "d"),
          line(t.turning.adjust, "a"),
          line(`${t.turning.left} · ${t.turning.right}`, ",", "."),
          line(said.information, "i"),
          line(said.fit, "z"),
          line(t.photo.lookAgain, "l"),
          line(t.photo.showInFolder, "e"),
        ],
      },
      {
        title: t.app.review,
        lines: [line(t.ask.whole, "Enter"), line(t.review.someoneElse, "o"), line(t.review.lastBack, "Backspace")],
      },
      {
        title: t.app.photos,
        lines: [line(t.photos.goTo, "g"), line(t.window.otherMonth, "[", "]")],
      },
      {
        title: t.app.search,
        lines: [line(t.find.save, "Ctrl+S")],
      },
    ],
  ];
}
