import type { Component } from "svelte";

/** Something the screen in view can do, for the palette. */
export interface ScreenAct {
  readonly key: string;
  readonly label: string;
  /** Said after the label, quieter: of what kind it is. */
  readonly hint?: string;
  /** Key that does the same, or "". */
  readonly keys: string;
  readonly icon: Component<Record<string, unknown>> | null;
  /** A face instead of the icon. */
  readonly faceId?: number | null;
  readonly run: () => void;
}

const offered = new Set<() => readonly ScreenAct[]>();

/** Offers what the screen, or a part of it, can do for as long as it is in view; returns how to stop. Use it as `$effect(() => offerActs(() => [...]))`. */
export function offerActs(acts: () => readonly ScreenAct[]): () => void {
  offered.add(acts);
  return () => offered.delete(acts);
}

/** What the screen in view can do now, as far as it or its parts say. */
export function screenActs(): readonly ScreenAct[] {
  return [...offered].flatMap((acts) => acts());
}
