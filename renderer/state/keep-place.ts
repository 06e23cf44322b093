import type { Route } from "./router.svelte.ts";

const key = "familiar place";

/** Remembers where one is for as long as the window is open: a page that crashed or was loaded anew finds it again. */
export function keepPlace(route: Route): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(route));
  } catch {
    // It only starts at the beginning then.
  }
}

/** Where this window was before the page was drawn anew; null at its first start. */
export function placeBefore(): Route | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    // Written by the line above, in this window, by this version or the one before it.
    return typeof kept === "object" && kept !== null && "screen" in kept && typeof kept.screen === "string" ? (kept as Route) : null;
  } catch {
    return null;
  }
}
