import type { Component } from "svelte";

/** One thing that can be done with the selected. */
export interface BarAction {
  readonly label: string;
  readonly icon: Component<Record<string, unknown>>;
  readonly keys: string;
  readonly run: () => void;
}
