import { scrollPace } from "./scroll-pace.ts";

/** Whether a tile of a list can be looked at yet; see [Note: Calm pictures]. Made while a component is set up. Once it is, it stays so. */
export class Calm {
  now = $state(!scrollPace.fast);

  constructor() {
    // Most tiles are made while the list is slow: they need nothing that watches.
    if (!this.now) $effect(() => scrollPace.whenCalm(() => (this.now = true)));
  }
}
