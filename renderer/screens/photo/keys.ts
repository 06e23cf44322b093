import type { KeyMap } from "../../state/keys.svelte.ts";
import { unlessWords } from "../../state/copying.ts";
import type { Answer } from "./answers.ts";

interface Acts {
  /** An arrow: moves the drawn box, moves a zoomed picture, or goes to a neighbour. False: not used. */
  readonly arrow: (dx: number, dy: number, shift: boolean) => boolean;
  readonly escape: () => void;
  readonly enter: () => boolean;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly faces: () => void;
  readonly draw: () => void;
  readonly panel: () => void;
  readonly look: () => void;
  readonly show: () => void;
  readonly copy: () => unknown;
  readonly turn: (quarter: 1 | 3) => void;
  /** Moves the box of the face in focus. False: there is none. */
  readonly adjust: () => boolean;
  /** Opens the name field of the face in focus. False: there is none. */
  readonly name: () => boolean;
  /** Shows why the face in focus is held for somebody. False: there is none. */
  readonly why: () => boolean;
  /** Answers about the face in focus. False: there is none. */
  readonly say: (answer: Answer) => boolean;
}

/** One step of the keys that zoom. */
const step = 1.25;

/** The keys of one photo (VISUAL: section 5). */
export function photoKeys(acts: Acts): KeyMap {
  return {
    ArrowLeft: () => acts.arrow(-1, 0, false),
    ArrowRight: () => acts.arrow(1, 0, false),
    ArrowUp: () => acts.arrow(0, -1, false),
    ArrowDown: () => acts.arrow(0, 1, false),
    "Shift+ArrowLeft": () => acts.arrow(-1, 0, true),
    "Shift+ArrowRight": () => acts.arrow(1, 0, true),
    "Shift+ArrowUp": () => acts.arrow(0, -1, true),
    "Shift+ArrowDown": () => acts.arrow(0, 1, true),
    Escape: () => acts.escape(),
    Enter: () => acts.enter(),
    "+": () => acts.zoom(step),
    "=": () => acts.zoom(step),
    "-": () => acts.zoom(1 / step),
    z: () => acts.fit(),
    f: () => acts.faces(),
    d: () => acts.draw(),
    i: () => acts.panel(),
    l: () => acts.look(),
    e: () => acts.show(),
    "Ctrl+C": () => unlessWords(acts.copy),
    ",": () => acts.turn(3),
    ".": () => acts.turn(1),
    a: () => acts.adjust(),
    r: () => acts.name(),
    F2: () => acts.name(),
    o: () => acts.name(),
    w: () => acts.why(),
    y: () => acts.say({ kind: "yes" }),
    n: () => acts.say({ kind: "no" }),
    s: () => acts.say({ kind: "stranger" }),
    x: () => acts.say({ kind: "not-a-face" }),
  };
}
