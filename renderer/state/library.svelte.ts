import type { AlbumView, ProgressView, SettingsView, StatusView } from "../../electron/contract/views.ts";
import type { ProblemView } from "../../electron/contract/problems.ts";
import { asProblemView, ask, dropKept, onConnection, onEvent } from "../bridge.ts";
import { renewPictures } from "./picture-versions.svelte.ts";
import { speak } from "../strings/words.svelte.ts";
import { toasts } from "./toasts.svelte.ts";

type Topic = "people" | "photos" | "history" | "folders" | "settings" | "packs";

/** What the shell and every screen share: totals, progress, settings, albums, and a counter for each topic that goes up when it is out of date. */
class Library {
  status = $state.raw<StatusView | null>(null);
  progress = $state.raw<ProgressView | null>(null);
  settings = $state.raw<SettingsView | null>(null);
  albums = $state.raw<readonly AlbumView[]>([]);
  /** The engine does not answer at the moment. */
  away = $state(false);
  /** Why the engine cannot be reached, if it cannot. */
  problem = $state.raw<ProblemView | null>(null);
  /** Read `library.changes.people` in an effect to load again when people changed. */
  changes = $state<Record<Topic, number>>({ people: 0, photos: 0, history: 0, folders: 0, settings: 0, packs: 0 });
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** Whether photos are being read or grouped right now. */
  get working(): boolean {
    const phase = this.progress?.phase;
    return phase === "looking" || phase === "reading" || phase === "grouping";
  }

  /** Listens to the engine and loads the first picture of it; returns how to stop. */
  start(): () => void {
    const stops = [
      onEvent("progress", (progress) => this.#heard(progress)),
      onEvent("changed", ({ what, pictures }) => {
        if (pictures !== undefined) {
          renewPictures(pictures);
          dropKept(pictures);
        }
        for (const topic of what) this.changes[topic] += 1;
        this.#refreshSoon();
        if (what.includes("settings")) void this.refreshSettings();
      }),
      onEvent("problem", (problem) => toasts.problem(problem)),
      onConnection((open) => this.#connected(open)),
    ];
    void this.refresh();
    void this.refreshSettings();
    return () => stops.forEach((stop) => stop());
  }

  async refresh(): Promise<void> {
    try {
      const [status, albums] = await Promise.all([ask("status", {}), ask("albums.list", {})]);
      this.status = status;
      this.progress = status.progress;
      this.albums = albums;
      this.problem = null;
    } catch (thrown) {
      this.problem = asProblemView(thrown);
    }
  }
  async refreshSettings(): Promise<void> {
    try {
      this.#use(await ask("settings.get", {}));
    } catch (thrown) {
      this.problem ??= asProblemView(thrown);
    }
  }
  async change(settings: Partial<SettingsView>): Promise<void> {
    const { pack: _pack, ...args } = settings;
    this.#use(await ask("settings.set", args));
  }

  #use(settings: SettingsView): void {
    this.settings = settings;
    speak(settings.language);
    const root = document.documentElement;
    if (settings.theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = settings.theme;
  }
  /** After a break everything on the screen may be out of date. */
  #connected(open: boolean): void {
    if (open && this.away) {
      for (const topic of Object.keys(this.changes) as Topic[]) this.changes[topic] += 1;
      void this.refresh();
    }
    this.away = !open;
  }
  #heard(progress: ProgressView): void {
    const ended = this.progress !== null && this.progress.phase !== progress.phase;
    this.progress = progress;
    if (ended) this.#refreshSoon();
  }
  /** Many changes arrive together while photos are read; the totals need not follow each. */
  #refreshSoon(): void {
    if (this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      void this.refresh();
    }, 250);
  }
}

/** The one library this window shows. */
export const library = new Library();
