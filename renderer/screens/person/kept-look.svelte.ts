import { untrack } from "svelte";
import type { Memory } from "../../state/memory.ts";
import { router } from "../../state/router.svelte.ts";
import type { FilterChoice } from "./person-filter.svelte.ts";

export type Show = "everything" | "confirmed" | "proposed" | "to-check" | "twice" | "before-birth";
export type Sort = "newest" | "oldest" | "age" | "sureness" | "quality";

/** How somebody's faces are looked at: in which order, which of them. */
export interface Look extends FilterChoice {
  readonly sort: Sort;
  readonly show: Show;
}

const looks = new WeakMap<Memory, Look>();

/** How they were looked at when this visit was left for a photo, to be found again on the way back. */
export function keptLook(): Look | undefined {
  return looks.get(router.visit.memory);
}
/** Keeps it with this visit as it changes. For where a component begins. */
export function keepLook(look: () => Look): void {
  $effect(() => {
    const now = look();
    untrack(() => looks.set(router.visit.memory, now));
  });
}
