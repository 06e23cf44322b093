/** What lies over the whole window: one thing at a time. */
class Overlays {
  shown = $state<"keys" | "palette" | "folder" | null>(null);

  open(which: "keys" | "palette" | "folder"): void {
    this.shown = which;
  }
  close(): void {
    this.shown = null;
  }
}

/** The one overlay. */
export const overlays = new Overlays();
