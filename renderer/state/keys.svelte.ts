import { isMac } from "../bridge.ts";
import { t } from "../strings/words.svelte.ts";
import { library } from "./library.svelte.ts";

/** A key by name to what it does: `y`, `?`, `Enter`, `Space`, `Shift+ArrowLeft`, `Ctrl+K`, `Ctrl+Shift+Z`. Returning false lets the next layer have it. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

interface Layer {
  readonly keys: () => KeyMap;
  /** Nothing below hears a key while this layer is there, as under a dialog. */
  readonly alone: boolean;
  /** The window's own, everywhere the same. */
  readonly base: boolean;
}

const layers: Layer[] = [];

/** Adds keys on top of those already there; returns how to remove them. Use it as `$effect(() => bindKeys(() => ({...})))`. */
export function bindKeys(keys: () => KeyMap, options: { readonly alone?: boolean; readonly base?: boolean } = {}): () => void {
  const layer: Layer = { keys, alone: options.alone ?? false, base: options.base ?? false };
  // The window's own effects run after those of the screen inside it; its keys still come last.
  if (options.base) layers.unshift(layer);
  else layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** The name of a pressed key as the maps write it. Letters are found by their place on the board where the layout has no Latin letters. */
export function keyName(event: KeyboardEvent): string {
  const letter = /^[^\x20-\x7e]$/u.test(event.key) ? event.code.replace(/^Key/u, "").toLowerCase() : event.key;
  const control = isMac ? event.metaKey : event.ctrlKey;
  let key = letter === " " ? "Space" : letter;
  const printable = key.length === 1;
  if (printable) key = control || event.altKey ? key.toUpperCase() : key.toLowerCase();
  const shift = event.shiftKey && (!printable || control);
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** Whether the key is on its way into a text. */
export function inText(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "range", "button"].includes(target.type);
}

/** Hands a pressed key to the topmost layer that wants it. The app's window listener calls this, nobody else. */
export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  const single = name.length === 1 && /[a-z0-9?/[\],.]/u.test(name);
  const typing = inText(event);
  // A text field keeps its own letters, arrows and undo; only keys with Ctrl, Escape, and function keys pass.
  if (typing && !/^(?:Escape|F\d+|Shift\+F\d+|Ctrl\+(?!Z$|Shift\+Z$|Y$|A$|C$|V$|X$|Arrow|Backspace|Delete).+|Alt\+Arrow.+)$/u.test(name))
    return;
  if (single && name !== "?" && name !== "/" && library.settings?.singleKeys === false) return;
  // A button that has the focus answers Enter and Space itself.
  const onButton = event.target instanceof HTMLElement && event.target.closest("button, a, [role^=menuitem], [role=radio]") !== null;
  if (onButton && (name === "Enter" || name === "Space")) return;
  if (handed(name, event)) event.preventDefault();
}

/** Whether a key does something of the screen in view, below nothing that keeps the keys to itself. */
export function isBound(name: string): boolean {
  for (const layer of [...layers].reverse()) {
    if (!layer.base && layer.keys()[name] !== undefined) return true;
    if (layer.alone) return false;
  }
  return false;
}
/** Does what a key does, without its being pressed. */
export function handKey(name: string): void {
  handed(name, new KeyboardEvent("keydown"));
}

function handed(name: string, event: KeyboardEvent): boolean {
  for (const layer of [...layers].reverse()) {
    const run = layer.keys()[name];
    if (run !== undefined && run(event) !== false) return true;
    if (layer.alone) return false;
  }
  return false;
}

/** How a key is written for people: `Ctrl Z`, or `⌘Z` on a Mac. */
export function keyWords(name: string): readonly string[] {
  const shown: Readonly<Record<string, string>> = {
    ...t().keys.caps,
    ...(isMac && { Ctrl: "⌘", Alt: "⌥" }),
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Enter: "↵",
    Escape: "Esc",
    Backspace: "⌫",
  };
  // The plus itself is a key too.
  const parts = name.endsWith("+") ? [...name.slice(0, -1).split("+").filter(Boolean), "+"] : name.split("+");
  return parts.map((part) => shown[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
