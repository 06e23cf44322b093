import type { FaceView } from "../../../electron/contract/views.ts";
import { copyPhotos, copyPicture, unlessWords } from "../../state/copying.ts";
import type { KeyMap } from "../../state/keys.svelte.ts";
import type { Selection } from "../../state/selection.svelte.ts";
import { setThisAside } from "./person-acts.ts";
import type { PersonItems } from "./person-items.svelte.ts";
import type { PersonState } from "./person-state.svelte.ts";

type Act = () => unknown;
/** What the keys of a person's screen lead to. */
export interface PersonKeys extends Readonly<
  Record<"yes" | "no" | "splitOff" | "keyFace" | "notAFace" | "stranger" | "rename" | "goToDate" | "why" | "folder", Act>
> {
  readonly shown: PersonState;
  readonly items: PersonItems;
  readonly selection: Selection;
  readonly targets: () => readonly FaceView[];
  readonly open: (what: "split" | "birthday") => unknown;
  readonly choose: (what: "move" | "merge") => unknown;
  /** False where the order is none of time. */
  readonly month: (by: -1 | 1) => unknown;
}

/** Keys of a person's screen; false leaves one to the next layer. */
export function personKeys(to: PersonKeys): KeyMap {
  const { shown, items, selection } = to;
  const named = (shown.person?.name ?? null) !== null;
  return {
    y: () => void to.yes(),
    n: () => void to.no(),
    o: () => to.choose("move"),
    t: () => void to.splitOff(),
    k: () => void to.keyFace(),
    x: () => void to.notAFace(),
    w: () => to.why(),
    e: () => void to.folder(),
    "Ctrl+C": () => {
      const ids = selection.any ? selection.list() : [];
      if (shown.view === "photos" && ids.length > 0) return unlessWords(() => copyPhotos(ids));
      const [face] = to.targets();
      return face === undefined ? false : unlessWords(() => copyPicture("face", face.id));
    },
    v: () => (selection.clear(), shown.look(shown.view === "faces" ? "photos" : "faces")),
    p: () => to.open("split"),
    g: () => (items.dated ? to.goToDate() : false),
    "[": () => to.month(-1),
    "]": () => to.month(1),
    b: () => (named ? to.open("birthday") : false),
    r: () => to.rename(),
    F2: () => to.rename(),
    m: () => to.choose("merge"),
    s: () => (selection.any ? void to.stranger() : named ? false : void setThisAside(shown, "stranger")),
    h: () => void setThisAside(shown, "hide"),
    "+": () => items.resize(1),
    "=": () => items.resize(1),
    "-": () => items.resize(-1),
    Escape: () => (selection.any ? selection.clear() : false),
  };
}
