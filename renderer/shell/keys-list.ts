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
/** What one key does to what is selected or has the focus; `free`: to the screen as a whole. */
export interface KeyAct {
  readonly keys: string;
  readonly words: string;
  readonly free: boolean;
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
          line(said.findHere, "/", "Ctrl+F"),
          line(said.undo, "Ctrl+Z"),
          line(said.redo, "Ctrl+Shift+Z"),
          line(said.close, "Escape"),
          line(t.app.back, "Alt+ArrowLeft"),
          line(said.rail, "Ctrl+1 … 6"),
          line(t.app.settings, "Ctrl+,"),
          line(said.regions, "F6"),
          line(t.shell.zoom, "Ctrl++", "-", "0"),
          line(t.window.allKeys, "?"),
        ],
      },
      {
        title: said.inAList,
        lines: [
          line(said.move, "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"),
          line(t.shell.ends, "Home", "End"),
          line(t.shell.pages, "PageUp", "PageDown"),
          line(said.select, "Space"),
          line(said.selectMore, "Shift+ArrowRight"),
          line(said.all, "Ctrl+A"),
          line(said.open, "Enter"),
          line(said.size, "+", "-"),
          line(said.view, "v"),
          line(t.shell.copy, "Ctrl+C"),
        ],
      },
    ],
    [
      {
        title: said.faces,
        lines: [
          line(said.name, "r", "F2"),
          line(said.merge, "m"),
          line(said.moveTo, "o"),
          line(said.splitOff, "t"),
          line(said.parts, "p"),
          line(t.shell.howMany, "2 3 4"),
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
      {
        title: t.app.review,
        lines: [line(t.ask.whole, "Enter"), line(t.review.someoneElse, "o"), line(t.review.lastBack, "Backspace")],
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
          line(t.shell.zoomPhoto, "+", "-"),
          line(t.photo.lookAgain, "l"),
          line(t.photo.showInFolder, "e"),
        ],
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

/** The single keys of screens, in words, for what has no button in view. */
export function keyActs(words: AllWords): readonly KeyAct[] {
  const said = words.keys;
  const about = (keys: string, text: string): KeyAct => ({ keys, words: text, free: false });
  const free = (keys: string, text: string): KeyAct => ({ keys, words: text, free: true });
  return [
    about("r", said.name),
    about("m", said.merge),
    about("o", said.moveTo),
    about("t", said.splitOff),
    about("k", said.keyFace),
    about("y", said.yes),
    about("n", said.no),
    about("s", said.stranger),
    about("h", said.hide),
    about("x", said.notAFace),
    about("w", said.why),
    about("a", words.turning.adjust),
    about("e", words.photo.showInFolder),
    about("Ctrl+C", words.shell.copy),
    about("Ctrl+A", said.all),
    free("/", said.findHere),
    free("p", said.parts),
    free("b", said.birthday),
    free("v", said.view),
    free("g", words.photos.goTo),
    free("[", words.shell.earlier),
    free("]", words.shell.later),
    free("+", words.shell.larger),
    free("-", words.shell.smaller),
    free("z", said.fit),
    free("Backspace", words.review.lastBack),
    free("Ctrl+S", words.find.save),
  ];
}
