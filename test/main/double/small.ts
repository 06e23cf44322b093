import { fork, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { needNotReady, needReady } from "./app.ts";

/** Everything that was shown to a person, in order; the test reads it. */
export const shown: { readonly what: string; readonly detail: unknown }[] = [];
/** What the person will answer to the next folder dialogs. */
export const dialogAnswers: { readonly canceled: boolean; readonly filePaths: string[] }[] = [];

export const dialog = {
  showOpenDialog(_window: unknown, options: unknown): Promise<{ readonly canceled: boolean; readonly filePaths: string[] }> {
    shown.push({ what: "open-dialog", detail: options });
    const answer = dialogAnswers.shift();
    if (answer === undefined) throw new Error("A dialog was shown that nobody answers.");
    return Promise.resolve(answer);
  },
  showErrorBox: (title: string, content: string): void => void shown.push({ what: "error-box", detail: `${title}: ${content}` }),
};
export const shell = {
  showItemInFolder: (path: string): void => void shown.push({ what: "item-in-folder", detail: path }),
  /** What went wrong, or "". */
  openPath(path: string): Promise<string> {
    shown.push({ what: "opened", detail: path });
    return Promise.resolve("");
  },
};
class NativeTheme extends EventEmitter {
  #source: "system" | "light" | "dark" = "system";
  get shouldUseDarkColors(): boolean {
    return this.#source === "dark";
  }
  get themeSource(): "system" | "light" | "dark" {
    return this.#source;
  }
  set themeSource(to: "system" | "light" | "dark") {
    if (this.#source === to) return;
    this.#source = to;
    this.emit("updated");
  }
}
export const nativeTheme = new NativeTheme();
export const screen = {
  getAllDisplays: () => (needReady("screen"), [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]),
};

interface Item {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
  readonly enabled?: boolean;
}
let applicationMenu: readonly Item[] = [];
export const Menu = {
  buildFromTemplate: (template: readonly Item[]): readonly Item[] => template,
  setApplicationMenu: (menu: readonly Item[]): void => void (applicationMenu = menu),
};
/** Every item with a key: what it is called, and the key. */
export function menuItems(): readonly string[] {
  const items = applicationMenu.flatMap((menu) => menu.submenu ?? []);
  return items.flatMap(({ label, accelerator }) => (accelerator === undefined ? [] : [`${label}: ${accelerator}`]));
}
/** Ids of the items that can be chosen now. */
export function openItems(): readonly string[] {
  return applicationMenu
    .flatMap((menu) => menu.submenu ?? [])
    .flatMap(({ id, enabled }) => (id === undefined || enabled === false ? [] : [id]));
}
/** Clicks an item of the menu by its id. */
export function clickMenu(id: string): void {
  const item = applicationMenu.flatMap((menu) => menu.submenu ?? []).find((one) => one.id === id);
  if (item?.enabled === false) throw new Error(`The menu item ${id} cannot be chosen.`);
  if (item?.click === undefined) throw new Error(`There is no menu item ${id}.`);
  item.click();
}

type Handler = (event: unknown, ...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();
export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
};
/** Calls a handler as a page would; values are copied both ways as between processes. */
export async function invoke(channel: string, event: unknown, args: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return structuredClone(await handler(event, ...structuredClone(args)));
}

type SchemeHandler = (request: Request) => Response | Promise<Response>;
const schemes = new Map<string, SchemeHandler>();
const privileged = new Map<string, { readonly standard?: boolean; readonly secure?: boolean }>();
export const protocol = {
  registerSchemesAsPrivileged(
    list: readonly { readonly scheme: string; readonly privileges: { readonly standard?: boolean; readonly secure?: boolean } }[],
  ): void {
    needNotReady("protocol.registerSchemesAsPrivileged");
    for (const { scheme, privileges } of list) privileged.set(scheme, privileges);
  },
  handle(scheme: string, handler: SchemeHandler): void {
    needReady("protocol.handle");
    if (privileged.get(scheme)?.standard !== true) throw new Error(`${scheme} was not registered as a standard scheme.`);
    if (schemes.has(scheme)) throw new Error(`${scheme} has a handler already.`);
    schemes.set(scheme, handler);
  },
};
/** What the app itself answers for an address of its scheme. */
export async function answerScheme(address: string, method: string): Promise<Response> {
  const scheme = address.slice(0, address.indexOf(":"));
  const handler = schemes.get(scheme);
  return handler === undefined ? new Response(null, { status: 404 }) : handler(new Request(address, { method }));
}

type Refusal = (contents: unknown, permission: string, answer: (allowed: boolean) => void) => void;
type Before = (details: { readonly url: string }, answer: (what: { readonly cancel?: boolean }) => void) => void;
export const refusals: { permission?: Refusal; check?: () => boolean; device?: () => boolean; before?: Before } = {};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Refusal): void => void (refusals.permission = handler),
    setPermissionCheckHandler: (handler: () => boolean): void => void (refusals.check = handler),
    setDevicePermissionHandler: (handler: () => boolean): void => void (refusals.device = handler),
    webRequest: { onBeforeRequest: (handler: Before): void => void (refusals.before = handler) },
  },
};

/** A process of its own with Node and a parent port; real, as Electron's is. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  /** Not Electron's: the file it was started with. */
  readonly entry: string;
  constructor(entry: string, args: readonly string[]) {
    super();
    this.entry = entry;
    const port = new URL("./parent-port.mjs", import.meta.url).href;
    this.#child = fork(entry, [...args], { execArgv: ["--import", port], serialization: "advanced" });
    this.#child.on("message", (message) => this.emit("message", message));
    this.#child.on("exit", (code) => this.emit("exit", code ?? 1));
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }
  postMessage(message: unknown): void {
    structuredClone(message);
    if (this.#child.connected) this.#child.send(message as object);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}
const children: UtilityProcess[] = [];
/** The engines started so far, the running one last. */
export const engines = (): readonly UtilityProcess[] => children.filter(({ entry }) => entry.endsWith("process.js"));
export const utilityProcess = {
  fork(entry: string, args: readonly string[] = []): UtilityProcess {
    needReady("utilityProcess.fork");
    const child = new UtilityProcess(entry, args);
    children.push(child);
    return child;
  },
};
