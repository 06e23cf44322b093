import { keyActs } from "./keys-list.ts";
import { handKey, isBound } from "../state/keys.svelte.ts";
import { router } from "../state/router.svelte.ts";
import { screenActs, type ScreenAct } from "../state/screen-acts.svelte.ts";
import { t } from "../strings/words.svelte.ts";

/** An act with the sign of the button it stands for. */
export interface ActInView extends ScreenAct {
  readonly sign?: SVGElement | null;
}

/** What can be pressed. What stands in a list is about one line of it, and the rail is offered as places. */
const pressable = "button, a[href], input[type=checkbox]";
const elsewhere = "[role=grid], [role=listbox], [role=menu], li, nav, [inert], [hidden]";

/**
 * Everything the screen in view can do: what it offers itself, what its menus hold, what its buttons do, and what its keys do to what is
 * selected or has the focus. Read from the screen as it stands, so that no list can forget one. `before`: what had the focus.
 */
export function actsInView(before: Element | null): readonly ActInView[] {
  const acts: ActInView[] = [...screenActs(), ...buttonsInView()];
  const known = new Set(acts.map((act) => act.keys).filter((keys) => keys !== ""));
  const all = [...acts, ...byKey(before).filter((act) => !known.has(act.keys))];
  return all.filter((act, at) => all.findIndex((other) => other.label === act.label && other.hint === act.hint) === at);
}

function buttonsInView(): readonly ActInView[] {
  return [...document.querySelectorAll<HTMLElement>("main button, main a[href], main input[type=checkbox]")]
    .filter((each) => each.closest(elsewhere) === null && can(each))
    .map((each, at): ActInView => {
      const label = nameOf(each);
      const hint =
        each.role === "radio"
          ? each.closest("[role=radiogroup]")?.getAttribute("aria-label")
          : each.closest("fieldset, [role=group]")?.getAttribute("aria-label");
      return {
        key: `button ${at}`,
        label,
        ...(hint && { hint }),
        keys: each.dataset["keys"] ?? "",
        icon: null,
        sign: each.querySelector("svg"),
        run: () => again(each, label)?.click(),
      };
    })
    .filter(({ label }) => label !== "");
}

function can(each: HTMLElement): boolean {
  if (each.matches("[aria-haspopup=menu], [aria-disabled=true], :disabled, [aria-checked=true][role=radio]")) return false;
  return each.getClientRects().length > 0;
}
/** What a screen reader would call it, without the keys written on it. */
function nameOf(each: HTMLElement): string {
  const said = each.getAttribute("aria-label");
  if (said !== null) return said;
  const whole = (each instanceof HTMLInputElement ? each.closest("label")?.querySelector(".label") : each) ?? each;
  const copy = whole.cloneNode(true) as HTMLElement;
  for (const key of copy.querySelectorAll("kbd, .numbers, svg")) key.remove();
  for (const said of copy.querySelectorAll(".unseen")) said.prepend(" ");
  return (copy.textContent ?? "").replace(/\s+/gu, " ").trim();
}
/** The same button, also where it was drawn anew meanwhile. */
function again(each: HTMLElement, label: string): HTMLElement | undefined {
  if (each.isConnected) return each;
  return [...document.querySelectorAll<HTMLElement>(`main :is(${pressable})`)].find((other) => nameOf(other) === label);
}

function byKey(before: Element | null): readonly ActInView[] {
  const about = router.current.screen === "review" || document.querySelector("main [data-bar]") !== null || inContent(before);
  return keyActs(t())
    .filter((act) => act.free || about)
    .flatMap(({ keys, words, free: _free }): ActInView[] => {
      return isBound(keys) ? [{ key: `key ${keys}`, label: words, keys, icon: null, run: () => handKey(keys) }] : [];
    });
}
/** Keys are about what is selected or has the focus: nothing is done to a face nobody looked at. */
function inContent(before: Element | null): boolean {
  return (before?.closest("main [role=grid], main [aria-haspopup=dialog]") ?? null) !== null;
}
