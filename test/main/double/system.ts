import { EventEmitter } from "node:events";
import { needReady } from "./app.ts";
import { shown } from "./small.ts";

/** What a system has around an app: power, notifications, the icon beside the clock. Nothing is drawn; everything is written down. */
class PowerMonitor extends EventEmitter {
  /** Not Electron's: whether the computer runs on its battery. */
  battery = false;
  isOnBatteryPower(): boolean {
    needReady("powerMonitor");
    return this.battery;
  }
}
export const powerMonitor = new PowerMonitor();

export class Notification extends EventEmitter {
  /** Not Electron's: the last one shown, for a click on it. */
  static last: Notification | null = null;
  static isSupported(): boolean {
    return true;
  }
  readonly #options: { readonly title: string; readonly body: string };
  constructor(options: { readonly title: string; readonly body: string }) {
    super();
    needReady("Notification");
    this.#options = options;
  }
  show(): void {
    Notification.last = this;
    shown.push({ what: "notification", detail: `${this.#options.title}: ${this.#options.body}` });
  }
}

interface Picture {
  readonly path: string;
  resize(size: { readonly width: number; readonly height: number }): Picture;
  isEmpty(): boolean;
  toPNG(): Buffer;
}
export const nativeImage = {
  createFromPath: (path: string): Picture => ({
    path,
    resize: () => nativeImage.createFromPath(path),
    isEmpty: () => path === "",
    toPNG: () => Buffer.from(path),
  }),
  /** As Electron: what is no picture gives an empty one. Its address says what was copied. */
  createFromDataURL: (address: string): Picture =>
    nativeImage.createFromPath(/^data:image\/png;base64,iVBORw0KGgo/u.test(address) ? address.slice(0, 40) : ""),
};
export class ClipboardItem {
  readonly items: Readonly<Record<string, Blob>>;
  constructor(items: Readonly<Record<string, Blob>>) {
    this.items = items;
  }
}
export const clipboard = {
  writeText: async (text: string): Promise<void> => void shown.push({ what: "copied-text", detail: text }),
  async write(items: readonly ClipboardItem[]): Promise<void> {
    for (const { items: parts } of items)
      for (const part of Object.values(parts)) shown.push({ what: "copied-picture", detail: await part.text() });
  },
};

interface TrayItem {
  readonly id?: string;
  readonly label?: string;
  readonly click?: () => void;
}
export class Tray extends EventEmitter {
  /** Not Electron's: the one that is shown. */
  static shown: Tray | null = null;
  #menu: readonly TrayItem[] = [];
  constructor(image: Picture) {
    super();
    needReady("Tray");
    if (Tray.shown !== null) throw new Error("There is an icon already.");
    shown.push({ what: "tray", detail: image.path });
    Tray.shown = this;
  }
  setToolTip(text: string): void {
    shown.push({ what: "tray-tip", detail: text });
  }
  setContextMenu(menu: readonly TrayItem[]): void {
    this.#menu = menu;
  }
  destroy(): void {
    Tray.shown = null;
  }
  /** Not Electron's. */
  clickItem(id: string): void {
    const item = this.#menu.find((one) => one.id === id);
    if (item?.click === undefined) throw new Error(`The icon's menu has no ${id}.`);
    item.click();
  }
  labels(): readonly string[] {
    return this.#menu.flatMap(({ label }) => (label === undefined ? [] : [label]));
  }
}
