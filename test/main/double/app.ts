import { EventEmitter } from "node:events";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

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

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

class App extends EventEmitter {
  readonly isPackaged = false;
  whenReady(): Promise<void> {
    return ready;
  }
  getPath(name: string): string {
    const folder = process.env["DOUBLE_HOME"];
    if (folder === undefined || (name !== "userData" && name !== "home")) throw new Error(`The double knows no path called ${name}.`);
    return this.#paths.get(name) ?? resolve(folder, name);
  }
  setPath(name: string, path: string): void {
    needNotReady("app.setPath");
    if (!existsSync(path)) throw new Error(`${path} is not there.`);
    this.#paths.set(name, path);
  }
  readonly #paths = new Map<string, string>();
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
  /** By the folder of the app's data, as Electron does: a file there names who has it, and another copy leaves its words beside it. */
  requestSingleInstanceLock(given: unknown = null): boolean {
    const folder = this.getPath("userData");
    const lock = join(folder, "SingletonLock");
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch {
      if (lives(Number(readFileSync(lock, "utf8")))) {
        const words = { argv: process.argv.slice(1), folder: process.cwd(), given };
        writeFileSync(join(folder, `second-${process.pid}.new`), JSON.stringify(words));
        renameSync(join(folder, `second-${process.pid}.new`), join(folder, `second-${process.pid}.json`));
        return false;
      }
      writeFileSync(lock, String(process.pid));
    }
    process.on("exit", () => rmSync(lock, { force: true }));
    setInterval(() => {
      for (const name of readdirSync(folder).filter((one) => /^second-\d+\.json$/u.test(one))) {
        const { argv, folder: from, given: words } = JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>;
        rmSync(join(folder, name));
        this.emit("second-instance", {}, argv, from, words);
      }
    }, 50).unref();
    return true;
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
