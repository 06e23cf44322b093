import type { PhotoSource } from "../../state/router.svelte.ts";

let seen: { readonly source: PhotoSource; readonly index: number } | null = null;

/** Keeps which photo of a list was looked at last, so that Back leads to it and not to where the list was left. */
export function rememberSeen(source: PhotoSource | undefined, index: number): void {
  seen = source === undefined ? null : { source, index };
}
/** Takes what was looked at last in this list, once. */
export function takeSeen(source: PhotoSource): number | null {
  const found = seen !== null && JSON.stringify(seen.source) === JSON.stringify(source) ? seen.index : null;
  if (found !== null) seen = null;
  return found;
}
