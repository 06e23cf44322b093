import type { Component } from "svelte";

/** Something the screen in view can do, for the palette. */
export interface ScreenAct {
  readonly key: string;
  readonly label: string;
  /** Key that does the same, or "". */
  readonly keys: string;
  readonly icon: Component<Record<string, unknown>>;
  readonly run: () => void;
}

let offered: (() => readonly ScreenAct[]) | null = null;

/** Offers what the screen can do for as long as it is in view; returns how to stop. Use it as `$effect(() => offerActs(() => [...]))`. */
export function offerActs(acts: () => readonly ScreenAct[]): () => void {
  offered = acts;
  return () => {
    if (offered === acts) offered = null;
  };
}

/** What the screen in view can do now. */
export function screenActs(): readonly ScreenAct[] {
  return offered?.() ?? [];
}
