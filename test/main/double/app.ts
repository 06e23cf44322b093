import { EventEmitter } from "node:events";
import { resolve } from "node:path";

/** An event that a listener may stop. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault(): void;
}
export function preventable(): Preventable {
  const event: Preventable = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  return event;
}

/** What must be closed before the app may end; windows put themselves here. */
export const openWindows = new Set<{ close(): void }>();
let isReady = false;
const ready = new Promise<void>((done) => setImmediate(() => ((isReady = true), done())));

/** Throws where Electron would: before the app is ready. */
export function needReady(what: string): void {
  if (!isReady) throw new Error(`${what} was used before the app was ready.`);
}
export function needNotReady(what: string): void {
  if (isReady) throw new Error(`${what} was used after the app was ready.`);
}

class App extends EventEmitter {
  readonly isPackaged = false;
  whenReady(): Promise<void> {
    return ready;
  }
  getPath(name: string): string {
    const folder = process.env["DOUBLE_HOME"];
    if (folder === undefined || (name !== "userData" && name !== "home")) throw new Error(`The double knows no path called ${name}.`);
    return resolve(folder, name);
  }
  getAppPath(): string {
    return process.cwd();
  }
  setBadgeCount(count: number): boolean {
    needReady("app.setBadgeCount");
    this.told.push(`badge ${count}`);
    return true;
  }
  setLoginItemSettings(settings: { readonly openAtLogin: boolean }): void {
    this.told.push(`login ${settings.openAtLogin}`);
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.told.push(`client ${scheme}`);
    return true;
  }
  /** Not Electron's: what the system was told. */
  readonly told: string[] = [];
  requestSingleInstanceLock(): boolean {
    return process.env["DOUBLE_SECOND"] !== "1";
  }
  quit(): void {
    const event = preventable();
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    for (const window of openWindows) window.close();
    this.emit("will-quit", preventable());
    this.emit("quit", {}, 0);
    process.exit(0);
  }
  exit(code = 0): void {
    process.exit(code);
  }
  /** Not Electron's: a window has gone. */
  windowGone(): void {
    if (openWindows.size > 0) return;
    if (this.listenerCount("window-all-closed") === 0) this.quit();
    else this.emit("window-all-closed");
  }
}
export const app = new App();
