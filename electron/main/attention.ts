import { app, Notification, type BrowserWindow } from "electron";
import type { ProgressView, ScanPhase } from "../contract/views.ts";

export interface AttentionHost {
  readonly window: () => BrowserWindow | null;
  /** Whether a notification is wanted, and its title. */
  readonly notify: () => string | null;
  /** Brings the window to the front. */
  readonly show: () => void;
  /** Questions that wait for an answer. */
  readonly questions: () => Promise<number>;
}
/** Milliseconds of work from which its end is worth a notification. */
const long = 60_000;

/** Shows on the dock or taskbar how far the work is, and tells of its end when nobody is looking. */
export class Attention {
  readonly #host: AttentionHost;
  readonly #now: () => number;
  #since: number | null = null;
  #badge = 0;

  constructor(host: AttentionHost, now: () => number = Date.now) {
    this.#host = host;
    this.#now = now;
  }

  /** Hears every progress the engine pushes. */
  heard(progress: ProgressView): void {
    const { phase, done, total } = progress;
    const window = this.#host.window();
    if (window !== null && !window.isDestroyed()) {
      // More than 1 is a bar that only moves; less than 0 is none.
      if (phase === "reading" || phase === "changing" || phase === "paused")
        window.setProgressBar(total > 0 ? done / total : 2, { mode: phase === "paused" ? "paused" : "normal" });
      else if (working(phase)) window.setProgressBar(2);
      else window.setProgressBar(-1, { mode: phase === "stopped" ? "error" : "none" });
    }
    if (working(phase)) this.#since ??= this.#now();
    else if (phase === "idle") {
      const began = this.#since;
      this.#since = null;
      if (began !== null && this.#now() - began >= long) void this.#ended(progress);
    }
  }

  /** Somebody looks at the window: what was to be told has been seen. */
  seen(): void {
    if (this.#badge > 0) app.setBadgeCount(0);
    this.#badge = 0;
  }

  async #ended(progress: ProgressView): Promise<void> {
    if (this.#host.window()?.isFocused() === true) return;
    this.#badge = await this.#host.questions().catch(() => 0);
    if (this.#badge > 0) app.setBadgeCount(this.#badge);
    const title = this.#host.notify();
    if (title === null || !Notification.isSupported()) return;
    const notification = new Notification({ title, body: progress.words, silent: true });
    notification.on("click", () => this.#host.show());
    notification.show();
  }
}

function working(phase: ScanPhase): boolean {
  return phase === "looking" || phase === "reading" || phase === "changing" || phase === "grouping";
}
