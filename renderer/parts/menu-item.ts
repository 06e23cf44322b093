import type { Component } from "svelte";

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  /** Said after the label, quieter. */
  readonly hint?: string;
  readonly icon?: Component<Record<string, unknown>>;
  readonly keys?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Words above it and those that follow; the first of a group says them. */
  readonly heading?: string;
  /** A face before the words. */
  readonly faceId?: number | null;
  /** A line stands above it. */
  readonly apart?: boolean;
  readonly run: () => void;
}
