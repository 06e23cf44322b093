import type { WhyView } from "../../electron/contract/views.ts";
import { firstName } from "./format.ts";
import { t } from "./words.svelte.ts";

/** Why a face stands where it does, in a sentence or two of the chosen language. */
export function whyWords({ rule, name }: Pick<WhyView, "rule" | "name">): string {
  const words = t().why;
  switch (rule) {
    case "drawn":
      return words.drawn;
    case "confirmed":
      return name === null ? words.saidGroup : words.said(firstName(name));
    case "linked":
      return name === null ? words.thinksGroup : words.thinks(firstName(name));
    case "attached":
      return `${name === null ? words.thinksGroup : words.thinks(firstName(name))} ${words.tooPoor}`;
    case "none":
      return words.unknown;
  }
}
