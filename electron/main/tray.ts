import { Menu, nativeImage, Tray } from "electron";
import type { HostWords } from "./words.ts";

export interface TrayActions {
  readonly open: () => void;
  readonly addFolder: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock, for those who want one: with it the app stays when its window is closed. */
export class TrayIcon {
  readonly #actions: TrayActions;
  readonly #icon: string;
  #tray: Tray | null = null;

  constructor(icon: string, actions: TrayActions) {
    this.#icon = icon;
    this.#actions = actions;
  }

  get shown(): boolean {
    return this.#tray !== null;
  }

  /** Shows it or takes it away, in the language of the app. */
  set(wanted: boolean, words: HostWords): void {
    if (!wanted) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    if (this.#tray === null) {
      this.#tray = new Tray(nativeImage.createFromPath(this.#icon).resize({ width: 20, height: 20 }));
      this.#tray.setToolTip("Familiar");
      this.#tray.on("click", () => this.#actions.open());
    }
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { id: "tray-open", label: words.open, click: this.#actions.open },
        { id: "tray-add-folder", label: words.addFolder, click: this.#actions.addFolder },
        { type: "separator" },
        { id: "tray-quit", label: words.quit, click: this.#actions.quit },
      ]),
    );
  }
}
