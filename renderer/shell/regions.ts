const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';

/** Moves the focus to the first thing in the next part of the window (rail, toolbar, content, panel, selection bar, status line), round and round. */
export function nextRegion(step: 1 | -1): void {
  const regions = [
    ...document.querySelectorAll<HTMLElement>(
      "nav[data-region], [role=toolbar], main [data-region], [role=grid], aside, footer[data-region]",
    ),
  ].filter((region) => region.offsetParent !== null && (region.matches('[tabindex="0"]') || region.querySelector(focusable) !== null));
  const here = regions.findLastIndex((region) => region.contains(document.activeElement));
  const to = regions[(here + step + regions.length) % Math.max(1, regions.length)] ?? regions[0];
  if (to === undefined) return;
  const first = to.matches('[tabindex="0"]') ? to : to.querySelector<HTMLElement>(`[aria-current], ${focusable}`);
  first?.focus();
}
