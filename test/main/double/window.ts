import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page, Route } from "playwright-core";
import { launchChromium } from "../../helpers/chromium.ts";
import { app, needReady, openWindows, preventable } from "./app.ts";
import { pageScript, preloadScript } from "./page-scripts.ts";
import { answerScheme, invoke, refusals } from "./small.ts";

const standIn = /^https:\/\/(\w+)--(\w+)\.double\.test/u;
/** Chromium cannot open an address of a scheme it does not know, so the page gets a stand-in; everybody else sees the real one. */
const toPage = (address: string): string => address.replace(/^(\w+):\/\/(\w+)/u, "https://$2--$1.double.test");
const fromPage = (address: string): string => address.replace(standIn, "$2://$1");

let browser: Promise<Browser> | null = null;
/** Addresses that the page asked for and did not get, because they are not the app's. */
export const outside: string[] = [];

class WebContents extends EventEmitter {
  #page: Page | null = null;
  #cdp: CDPSession | null = null;
  #preloadContext = "";
  readonly mainFrame: { url: string } = { url: "" };
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null;

  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    void this.#toPreload({ channel, args: structuredClone(args) });
  }
  reload(): void {
    void this.page.reload().catch(() => undefined);
  }
  /** Not Electron's: the page, for the test. */
  get page(): Page {
    if (this.#page === null) throw new Error("Nothing is loaded yet.");
    return this.#page;
  }
  async load(address: string, preload: string): Promise<void> {
    browser ??= launchChromium();
    const context = await (await browser).newContext({ viewport: { width: 1280, height: 820 } });
    await context.route("**/*", (route) => this.#answer(route));
    const page = await context.newPage();
    this.#page = page;
    const cdp = await context.newCDPSession(page);
    this.#cdp = cdp;
    cdp.on("Runtime.executionContextCreated", ({ context: made }) => {
      if (made.name === "preload") this.#preloadContext = made.uniqueId;
    });
    cdp.on("Runtime.bindingCalled", ({ payload }) => void this.#called(JSON.parse(payload) as never));
    await cdp.send("Runtime.enable");
    await cdp.send("Page.enable");
    await cdp.send("Runtime.addBinding", { name: "__toMain", executionContextName: "preload" });
    const source = preloadScript(readFileSync(preload, "utf8"), process.platform);
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source, worldName: "preload" });
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: pageScript });
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.mainFrame.url = fromPage(frame.url());
    });
    page.on("crash", () => this.emit("render-process-gone", {}, { reason: "crashed" }));
    await page.goto(toPage(address));
  }
  async #answer(route: Route): Promise<void> {
    const asked = route.request();
    const address = fromPage(asked.url());
    const leaves = asked.isNavigationRequest() && this.mainFrame.url !== "" && address !== this.mainFrame.url;
    if (leaves && this.#stopped(address)) {
      outside.push(address);
      // Told so, Chromium stays where it is.
      return route.abort("aborted");
    }
    const cancelled = await new Promise<boolean>((done) => {
      if (refusals.before === undefined) throw new Error("Nothing decides what may be loaded.");
      refusals.before({ url: address }, ({ cancel }) => done(cancel === true));
    });
    if (cancelled || /^https?:/u.test(address)) {
      outside.push(address);
      return route.abort();
    }
    const response = await answerScheme(address, asked.method());
    const body = Buffer.from(await response.arrayBuffer());
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }
  #stopped(url: string): boolean {
    let stopped = false;
    this.emit("will-navigate", { url, preventDefault: () => void (stopped = true) });
    return stopped;
  }
  async #called({
    id,
    channel,
    args,
  }: {
    readonly id: number;
    readonly channel: string;
    readonly args: readonly unknown[];
  }): Promise<void> {
    try {
      await this.#toPreload({ reply: id, value: await invoke(channel, { sender: this, senderFrame: this.mainFrame }, args) });
    } catch (thrown) {
      await this.#toPreload({ reply: id, error: `Error invoking remote method '${channel}': ${String(thrown)}` });
    }
  }
  async #toPreload(message: object): Promise<void> {
    if (this.#preloadContext === "" || this.#cdp === null) return;
    const expression = `__fromMain(${JSON.stringify(message)})`;
    // The page may be gone by the time something is told to it, as in Electron.
    await this.#cdp.send("Runtime.evaluate", { expression, uniqueContextId: this.#preloadContext }).catch(() => undefined);
  }
}

interface Options {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly titleBarOverlay?: object;
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string };
}
const wanted: Readonly<Record<string, boolean>> = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true };

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly #options: Options;
  #maximized = false;
  #destroyed = false;
  #visible = false;
  #minimized = false;
  #focused = false;

  constructor(options: Options) {
    super();
    needReady("BrowserWindow");
    for (const [name, value] of Object.entries(wanted))
      if (options.webPreferences[name] !== value) throw new Error(`${name} must be ${value}.`);
    this.#options = options;
    openWindows.add(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(address: string): Promise<void> {
    await this.webContents.load(address, this.#options.webPreferences.preload);
    this.emit("ready-to-show");
  }
  show(): void {
    this.#visible = true;
    this.#focused = true;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  focus(): void {
    this.#focused = true;
    this.emit("focus");
  }
  restore(): void {
    this.#minimized = false;
    this.emit("restore");
  }
  maximize(): void {
    this.#maximized = true;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  /** Not Electron's: a person does. */
  minimize(): void {
    this.#minimized = true;
    this.#focused = false;
  }
  isFocused(): boolean {
    return this.#focused;
  }
  /** Not Electron's: another program comes to the front. */
  leave(): void {
    this.#focused = false;
    this.emit("blur");
  }
  /** Not Electron's: colours given to the window's own strip, one after the other. */
  readonly colours: string[] = [];
  setBackgroundColor(colour: string): void {
    this.colours.push(colour);
  }
  setTitleBarOverlay({ symbolColor }: { readonly symbolColor: string }): void {
    if (this.#options.titleBarOverlay === undefined) throw new Error("Titlebar overlay is not enabled");
    this.colours.push(symbolColor);
  }
  setProgressBar(progress: number, options: { readonly mode: string } = { mode: "normal" }): void {
    const last = this.bars.at(-1);
    const bar = `${progress < 0 ? "none" : progress > 1 ? "moving" : "part"} ${options.mode}`;
    if (last !== bar) this.bars.push(bar);
  }
  /** Not Electron's: what the taskbar showed, one after the other. */
  readonly bars: string[] = [];
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getNormalBounds(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
    const { x = 10, y = 20, width, height } = this.#options;
    return { x, y, width, height };
  }
  close(): void {
    const event = preventable();
    this.emit("close", event);
    if (event.defaultPrevented) return;
    this.#destroyed = true;
    openWindows.delete(this);
    this.emit("closed");
    app.windowGone();
  }
}
/** Ends the browser behind the windows. */
export async function endBrowser(): Promise<void> {
  await (await browser)?.close();
}
