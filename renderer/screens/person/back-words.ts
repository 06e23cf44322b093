import type { Route } from "../../state/router.svelte.ts";
import { t } from "../../strings/words.svelte.ts";

/** What stands beside the arrow back: the place it leads to. */
export function backWords(to: Route | null): string {
  const words = t().app;
  switch (to?.screen) {
    case "review":
    case "photos":
    case "search":
    case "history":
    case "activity":
    case "settings":
      return words[to.screen];
    case "photo":
      return t().person.backToPhoto;
    default:
      return words.people;
  }
}
